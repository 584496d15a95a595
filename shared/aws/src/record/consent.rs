//! Recording words on consent as they were said, each an item beside what stands on the profile: before the profile or the
//! order that says that they are known, so that a delivery that was cut short writes them when it comes again.

use rihla_core::consent_entry::ConsentEntry;
use rihla_core::identifier::CustomerId;
use rihla_core::profile::Profile;
use rihla_core::subject::ToldPerson;
use serde::de::IgnoredAny;

use super::{Attempt, Recorder};
use crate::table::{Expect, Key, TableError, Versioned, Write};

impl Recorder {
    /// What is to be written of the words that are told: those that are not there yet and that were not said before the
    /// person was forgotten. Of a person of whom no word is told nothing is read.
    pub(super) async fn unwritten_words(
        &self,
        attempt: Attempt,
        customer: &CustomerId,
        told: &ToldPerson,
    ) -> Result<Vec<Write>, TableError> {
        if told.words.is_empty() {
            return Ok(Vec::new());
        }
        let profile = Key::profile(customer);
        let words: Vec<(Key, &ConsentEntry)> =
            told.words.iter().map(|word| (Key::word(customer, word), word)).collect();
        let keys: Vec<Key> = words.iter().map(|(key, _)| key).chain([&profile]).cloned().collect();
        let mut found = self.table.get_many(&keys, attempt.freshness).await?;
        let profile: Option<Versioned<Profile>> = found.take(&profile)?;
        let is_forgotten =
            |word: &ConsentEntry| profile.as_ref().is_some_and(|known| known.document.has_forgotten(word.at));
        let mut writes = Vec::new();
        for (key, word) in words {
            if found.take::<IgnoredAny>(&key)?.is_none() && !is_forgotten(word) {
                writes.push(Write::new(key, word, Expect::Anything));
            }
        }
        Ok(writes)
    }
}
