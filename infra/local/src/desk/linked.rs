//! One person: all customers that turned out to be the same.

use rihla_core::identifier::CustomerId;
use rihla_core::profile::Profile;

use super::{Record, Stored};
use crate::aws::Aws;

/// The customers that are one person, the root first.
#[derive(Debug)]
pub(super) struct Linked(pub(super) Vec<(CustomerId, Profile)>);

impl Linked {
    /// Those that are one with the customer `id`; none where there is no such customer.
    pub(super) fn with(aws: &Aws, id: &CustomerId) -> Self {
        let Some((root, first)) = root(aws, id.clone()) else { return Self(Vec::new()) };
        let mut waiting = below(&root, &first);
        let mut all = vec![(root, first)];
        while let Some((parent, id)) = waiting.pop() {
            let Some(found) = profile(aws, &id) else { continue };
            if found.linked_to() == Some(&parent) {
                waiting.extend(below(&id, &found));
                all.push((id, found));
            }
        }
        Self(all)
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

fn root(aws: &Aws, id: CustomerId) -> Option<(CustomerId, Profile)> {
    let mut known = profile(aws, &id)?;
    let mut root = id;
    while let Some(next) = known.linked_to().cloned() {
        let Some(found) = profile(aws, &next) else { break };
        (root, known) = (next, found);
    }
    Some((root, known))
}

/// The customers that were linked to this one, each with it.
fn below(parent: &CustomerId, profile: &Profile) -> Vec<(CustomerId, CustomerId)> {
    profile.merged.keys().map(|child| (parent.clone(), child.clone())).collect()
}

fn profile(aws: &Aws, customer: &CustomerId) -> Option<Profile> {
    match Stored::at(aws, customer, "PROFILE")? {
        Record::Profile(profile) => Some(*profile),
        _ => None,
    }
}
