//! Whom somebody means.

use std::collections::BTreeSet;

use rihla_core::identifier::{CustomerId, Email, Identifier};
use rihla_core::identity::Circle;
use rihla_core::profile::Profile;

use crate::desk::{Record, Stored};

/// The customers who are one person.
pub(super) type Person = BTreeSet<CustomerId>;

/// The person with this e-mail address, order or customer id.
pub(super) fn person(items: &[Stored], text: &str) -> Option<Person> {
    let meant = meant(items, text)?;
    let mut circle = Circle::default();
    for (customer, profile) in items.iter().filter_map(profile) {
        circle.add(customer.clone(), profile.clone());
    }
    Some(circle.person(&meant).into_iter().map(|(customer, _)| customer).collect())
}

fn profile(item: &Stored) -> Option<(&CustomerId, &Profile)> {
    match &item.record {
        Record::Profile(profile) => Some((&item.customer, profile)),
        _ => None,
    }
}

fn meant(items: &[Stored], text: &str) -> Option<CustomerId> {
    let email: Option<Identifier> = text.parse::<Email>().ok().map(Identifier::Email);
    let is_meant = |item: &&Stored| match &item.record {
        Record::Profile(profile) => {
            let known = profile.email.as_ref().map(|known| Identifier::Email(known.value.clone()));
            let by_email = known.zip(email.as_ref()).is_some_and(|(known, email)| known.is_same(email));
            by_email || item.customer.as_str() == text
        }
        Record::Order(key, order) => {
            let number = order.number.as_ref().map(|number| number.value.as_str());
            key.to_string() == text || key.order == text || number == Some(text)
        }
        _ => false,
    };
    items.iter().find(is_meant).map(|item| item.customer.clone())
}
