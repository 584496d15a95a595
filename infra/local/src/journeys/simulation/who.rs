//! Whom somebody means by an address, an order or an id.

use std::collections::BTreeMap;

use rihla_core::identifier::{CustomerId, Email, Identifier};
use rihla_core::order::OrderKey;

use super::people::People;

/// Everybody at the end, to be asked for.
#[derive(Debug)]
pub struct Who {
    pub(super) people: People,
    pub(super) owners: BTreeMap<OrderKey, CustomerId>,
}

impl Who {
    /// The person with this e-mail address, this order (`source#order`) or this customer id.
    pub fn find(&self, text: &str) -> Option<CustomerId> {
        let by_email = || {
            let email: Email = text.parse().ok()?;
            self.people.pointed_at_by(&Identifier::Email(email))
        };
        let by_order = || self.owners.get(&text.parse::<OrderKey>().ok()?).cloned();
        let by_id = || Some(CustomerId::from_text(text)).filter(|id| self.people.knows(id));
        let customer = by_email().or_else(by_order).or_else(by_id)?;
        Some(self.people.person(&customer))
    }
}
