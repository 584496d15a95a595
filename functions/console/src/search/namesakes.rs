//! Whose name begins so. The first three letters of one word lead to all who may be meant (`rihla_core::identity::start_of`);
//! their profiles tell who is.

use rihla_aws::table::{Freshness, Key, Versioned};
use rihla_core::identifier::CustomerId;
use rihla_core::identity::{folded_words, start_of};
use rihla_core::profile::Profile;

use crate::{Console, Failure};

/// So many may be meant by one page: their profiles are read in one request.
const MOST_READ: i32 = 50;

impl Console {
    /// Those whose names have all the words of the text as beginnings of words, of the next customers behind `page`, and where
    /// the page after it begins.
    pub(super) async fn namesakes(
        &self,
        text: &str,
        page: Option<&str>,
    ) -> Result<(Vec<CustomerId>, Option<String>), Failure> {
        let sought = folded_words(text);
        // The longest word: few others begin like it, and its start is whole.
        let Some(longest) = sought.iter().max_by_key(|word| word.chars().count()) else {
            return Ok((Vec::new(), None));
        };
        let partition = Key::namesakes(&self.identity_key.name_start(start_of(longest)));
        // Neither mark is part of a customer's id: one comes before all letters, the other behind.
        let from = format!("{}!", page.unwrap_or_default());
        let keys = self.table.keys_between(&partition, (&from, "~"), MOST_READ).await?;
        let next = keys.keys.last().filter(|_| keys.has_more).cloned();
        let customers: Vec<CustomerId> = keys.keys.into_iter().map(CustomerId::from_text).collect();
        let profiles: Vec<Key> = customers.iter().map(Key::profile).collect();
        let mut found = self.table.get_many(&profiles, Freshness::MayBeStale).await?;
        let mut namesakes = Vec::new();
        for (customer, key) in customers.into_iter().zip(&profiles) {
            let profile: Option<Versioned<Profile>> = found.take(key)?;
            if profile.is_some_and(|profile| is_named(&profile.document, &sought)) {
                namesakes.push(customer);
            }
        }
        Ok((namesakes, next))
    }
}

fn is_named(profile: &Profile, sought: &[String]) -> bool {
    let words = profile.name_words();
    sought.iter().all(|sought| words.iter().any(|word| word.starts_with(sought)))
}
