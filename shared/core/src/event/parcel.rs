//! Parcels, as sources tell of them.

use serde::{Deserialize, Serialize};

use crate::parcel::ParcelState;

/// A parcel reached a state. It names its order, or its tracking number, or both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ParcelMoved {
    /// The order's id at the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
    /// The parcel's own id at the source; without one the tracking number stands for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parcel: Option<String>,
    /// The carrier's tracking number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tracking: Option<String>,
    /// The carrier's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carrier: Option<String>,
    /// The state it reached.
    pub state: ParcelState,
}
