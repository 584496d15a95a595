//! The profiles that are tied to one another by what is known of them, and who of them is one person.

use std::collections::BTreeMap;

use super::forest::Forest;
use super::kinship::{Kinship, Kinships, Pair};
use crate::identifier::CustomerId;
use crate::lattice::Join;
use crate::profile::Profile;

/// Profiles of which some may be one person.
#[derive(Clone, Debug, Default)]
pub struct Circle(BTreeMap<CustomerId, Profile>);

impl Circle {
    /// Adds a customer.
    pub fn add(&mut self, customer: CustomerId, profile: Profile) {
        self.0.insert(customer, profile);
    }

    /// Adds those of another circle.
    pub fn join(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// A customer who is tied to one that is here, and is not here. The circle is whole when there is none.
    pub fn missing(&self) -> Option<CustomerId> {
        let tied = self.0.values().flat_map(|profile| {
            let kin = profile.kin.iter().filter(|(_, kinship)| !kinship.is_apart()).map(|(other, _)| other);
            kin.chain(profile.linked_by_phone()).chain(profile.numbers.keys())
        });
        tied.into_iter().find(|customer| !self.0.contains_key(customer)).cloned()
    }

    /// What is known of those who are here.
    pub fn kinships(&self) -> Kinships {
        let mut known = Kinships::new();
        let mut note = |one: &CustomerId, other: &CustomerId, kinship: Kinship| {
            if let Some(pair) = Pair::of(one.clone(), other.clone()).filter(|_| self.0.contains_key(other)) {
                known.entry(pair).or_default().join(kinship);
            }
        };
        for (customer, profile) in &self.0 {
            for (other, kinship) in &profile.kin {
                note(customer, other, kinship.clone());
            }
            for (number, because) in &profile.numbers {
                let is_linked = |record: &Profile| record.linked_by_phone() == Some(customer);
                if self.0.get(number).is_some_and(is_linked) {
                    note(customer, number, Kinship::attested(because.clone()));
                }
            }
        }
        known
    }

    /// Who is one with whom.
    pub fn forest(&self) -> Forest {
        Forest::of(&self.kinships(), |customer| self.0.get(customer)?.since)
    }

    /// All the records of the person who has this one: the oldest first, then by their ids.
    pub fn person(mut self, customer: &CustomerId) -> Vec<(CustomerId, Profile)> {
        let forest = self.forest();
        let root = forest.root(customer).clone();
        self.0.retain(|other, _| *forest.root(other) == root);
        let first = self.0.remove_entry(&root);
        first.into_iter().chain(self.0).collect()
    }
}
