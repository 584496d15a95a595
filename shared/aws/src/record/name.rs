//! Recording by which first letters of a name a customer is found: before the profile or the order that tells the name, so
//! that a delivery that was cut short writes them when it comes again.
//!
//! A name that changes leaves its old letters behind, which name nobody: who searches compares with the profile.

use rihla_core::identifier::CustomerId;
use rihla_core::instant::Instant;
use rihla_core::lattice::Join;
use rihla_core::profile::Profile;
use rihla_core::subject::ToldPerson;
use rihla_core::totals::Totals;

use super::Recorder;
use crate::table::{Expect, Key, TableError, Write};

impl Recorder {
    /// What is to be written where the person's name is new to this customer, of whom that is known.
    pub(super) fn unwritten_names(
        &self,
        customer: &CustomerId,
        known: Profile,
        told: &ToldPerson,
    ) -> Vec<Write> {
        if told.profile.first_name.is_none() && told.profile.last_name.is_none() {
            return Vec::new();
        }
        let known_by = known.name_starts();
        let mut named = known;
        named.join(told.profile.clone());
        let news = named.name_starts().into_iter().filter(|start| !known_by.contains(start));
        news.map(|start| Write::new(self.name_key(&start, customer), &(), Expect::Anything)).collect()
    }

    /// Has no name that was told up to `at` lead to a customer. It is done while the profile tells by which letters it is found.
    pub(super) async fn forget_names(
        &self,
        customer: &CustomerId,
        profile: &Profile,
        at: Instant,
    ) -> Result<(), TableError> {
        let left = profile.clone().forgotten(at, Totals::default()).name_starts();
        let gone = profile.name_starts().into_iter().filter(|start| !left.contains(start));
        let gone: Vec<Key> = gone.map(|start| self.name_key(&start, customer)).collect();
        self.table.delete_each(&gone).await
    }

    fn name_key(&self, start: &str, customer: &CustomerId) -> Key {
        Key::named(&self.identity_key.name_start(start), customer)
    }
}
