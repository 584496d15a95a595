//! Requests under privacy law, as sources tell of them.

use serde::{Deserialize, Serialize};

use super::Person;

/// What a person may ask for by law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum PrivacyRequest {
    /// To see what is known.
    Export,
    /// To be forgotten.
    Erase,
    /// A shop left: all its customers are to be forgotten.
    EraseShop,
}

/// A request under privacy law.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PrivacyRequested {
    /// What is asked for.
    pub request: PrivacyRequest,
    /// Who asks; absent when a shop left.
    #[serde(default)]
    pub person: Person,
    /// The request's own id at the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The orders it is about, by their ids at the source.
    #[serde(default)]
    pub orders: Vec<String>,
}
