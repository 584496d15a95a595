//! Parcels and the one scale of states that all carriers are read to.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::instant::Instant;
use crate::lattice::{Earliest, Join, Latest};

/// What a parcel can have reached, from the label to the door. Later in the list is further on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum ParcelState {
    /// A value that the provider did not have when this was written.
    Unknown,
    /// A label was made.
    Label,
    /// The carrier has it.
    HandedOver,
    /// On its way.
    InTransit,
    /// Later than was said.
    Delayed,
    /// With the driver.
    OutForDelivery,
    /// Nobody was there.
    Attempted,
    /// At a shop or locker.
    ReadyForPickup,
    /// Something went wrong: lost, damaged, held.
    Exception,
    /// With the customer.
    Delivered,
    /// Back at the shop.
    Returned,
    /// Never sent: the label was thrown away.
    Voided,
}

/// A parcel: every state that it reached, with the first time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parcel {
    /// The carrier's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carrier: Option<Latest<String>>,
    /// The carrier's tracking number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tracking: Option<Latest<String>>,
    /// The states that it reached.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub reached: BTreeMap<ParcelState, Earliest>,
}

impl Join for Parcel {
    fn join(&mut self, other: Self) {
        self.carrier.join(other.carrier);
        self.tracking.join(other.tracking);
        self.reached.join(other.reached);
    }
}

impl Parcel {
    /// When it first reached a state.
    pub fn reached_at(&self, state: ParcelState) -> Option<Instant> {
        self.reached.get(&state).map(|at| at.0)
    }

    /// The state that it reached last; of two of one moment, the further one.
    pub fn state(&self) -> ParcelState {
        let last = self.reached.iter().max_by_key(|(state, at)| (**at, **state));
        last.map_or(ParcelState::Unknown, |(state, _)| *state)
    }

    /// Whether it is, or was, on its way to the customer: a voided label is not.
    pub fn counts(&self) -> bool {
        !self.reached.contains_key(&ParcelState::Voided)
    }

    /// When the carrier had it for certain: the first state beyond the label.
    pub fn shipped_at(&self) -> Option<Instant> {
        let beyond = ParcelState::HandedOver..ParcelState::Voided;
        self.reached.range(beyond).map(|(_, at)| at.0).min()
    }

    /// When the customer had it.
    pub fn delivered_at(&self) -> Option<Instant> {
        self.reached_at(ParcelState::Delivered)
    }

    /// Whether it came back.
    pub fn is_returned(&self) -> bool {
        self.reached.contains_key(&ParcelState::Returned)
    }
}
