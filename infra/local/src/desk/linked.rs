//! One person: all customers that turned out to be the same.

use rihla_core::identifier::CustomerId;
use rihla_core::identity::Circle;
use rihla_core::profile::Profile;

use super::{Record, Stored};
use crate::aws::Aws;

/// The customers that are one person, the oldest first.
#[derive(Debug)]
pub(super) struct Linked(pub(super) Vec<(CustomerId, Profile)>);

impl Linked {
    /// Those that are one with the customer `id`; none where there is no such customer.
    pub(super) fn with(aws: &Aws, id: &CustomerId) -> Self {
        let Some(own) = profile(aws, id) else { return Self(Vec::new()) };
        let mut circle = Circle::default();
        circle.add(id.clone(), own);
        while let Some(missing) = circle.missing() {
            let found = profile(aws, &missing).unwrap_or_default();
            circle.add(missing, found);
        }
        Self(circle.person(id))
    }

    /// The person as one.
    pub(super) fn united(&self) -> Option<Profile> {
        let mut profiles = self.0.iter().map(|(_, profile)| profile.clone());
        Some(profiles.next()?.united(profiles))
    }

    /// The customers.
    pub(super) fn customers(&self) -> impl Iterator<Item = &CustomerId> {
        self.0.iter().map(|(customer, _)| customer)
    }
}

fn profile(aws: &Aws, customer: &CustomerId) -> Option<Profile> {
    match Stored::at(aws, customer, "PROFILE")? {
        Record::Profile(profile) => Some(*profile),
        _ => None,
    }
}
