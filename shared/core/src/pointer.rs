//! Pointers: what an identifier points at.

use serde::{Deserialize, Serialize};

use crate::identifier::{CustomerId, Print};
use crate::identity::Crowd;
use crate::instant::Instant;
use crate::lattice::{Earliest, Join};
use crate::order::{Order, OrderKey};
use crate::suppression::Suppression;

/// What one identifier points at: a customer, and for order and tracking numbers the order. As long as nobody knows
/// whose it is, what was told of it waits here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pointer {
    /// The customer. At a phone number it is the record of what was told by the number alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<CustomerId>,
    /// Whose phone number it is taken to be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given_by: Option<GivenBy>,
    /// The order, where a tracking number stands for a parcel of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<OrderKey>,
    /// The parcel's id in that order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parcel: Option<String>,
    /// What was told before anybody knew whose it is. It stays: an order that is written for the first time takes it
    /// in, and a crash in between must not lose it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting: Option<Order>,
    /// Of an e-mail address of somebody who was forgotten: that no mail may go to it, should they come back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suppressed: Option<Suppression>,
    /// Of an e-mail address: whom it was given for.
    #[serde(default, skip_serializing_if = "Crowd::is_empty")]
    pub crowd: Crowd,
    /// When the order that it points at was forgotten: nothing more is taken in of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erased: Option<Earliest>,
}

/// Who gave a phone number together with something that is theirs alone. Families share a number: it is taken for that of
/// whoever gave it first, by the events' own times.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct GivenBy {
    /// When.
    pub at: Earliest,
    /// The surest identifier that was given with it: of two of one moment, the lesser counts.
    pub with: Print,
    /// The customer.
    pub customer: CustomerId,
}

impl Join for GivenBy {
    fn join(&mut self, other: Self) {
        if (other.at, other.with) < (self.at, self.with) {
            *self = other;
        }
    }
}

impl Pointer {
    /// A pointer at a customer.
    pub fn at(customer: CustomerId) -> Self {
        Self { customer: Some(customer), ..Self::default() }
    }

    /// The same, of an order or parcel that was forgotten at `at`.
    #[must_use]
    pub fn forgotten(self, at: Instant) -> Self {
        Self { order: None, parcel: None, waiting: None, erased: Some(Earliest(at)), ..self }
    }

    /// The customer whom it leads to: at a phone number by which nothing was told alone, whoever gave it.
    pub fn owner(self) -> Option<CustomerId> {
        self.customer.or(self.given_by.map(|given| given.customer))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

    #[test]
    fn what_is_forgotten_leads_to_nothing_but_the_customer() {
        let customer = CustomerId::from_text("c1");
        let order = Some(OrderKey { source: SourceId::from_static("shop"), order: "1".to_owned() });
        let known = Pointer {
            order,
            parcel: Some("p".to_owned()),
            waiting: Some(Order::default()),
            ..Pointer::at(customer.clone())
        };
        let forgotten = known.forgotten(Instant::from_seconds(7));
        let erased = Some(Earliest(Instant::from_seconds(7)));
        assert_eq!(forgotten, Pointer { erased, ..Pointer::at(customer) });
    }
}
