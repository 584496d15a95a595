//! The public keys of providers that sign with a private one, kept between invocations.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rihla_channels::{Keys, Lookup};
use rihla_core::instant::{Instant, Wait};
use rihla_core::source::{Source, SourceId};

/// Keys as they were fetched.
#[derive(Debug, Default)]
pub struct KeptKeys(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    /// By the source that they are for: what one provider's key is called may be the name of another's.
    keys: BTreeMap<(SourceId, String), Key>,
    asked_at: Vec<Instant>,
}

#[derive(Debug)]
struct Key {
    lookup: Lookup,
    answer: Vec<u8>,
    fetched_at: Instant,
}

/// How long a key is used (eBay's own libraries keep it for an hour).
pub(crate) const KEPT_FOR: Wait = Wait::hours(1);

/// How long a key is not fetched again although nothing fits it.
pub(crate) const FETCHED_AGAIN_AFTER: Wait = Wait::seconds(60);

/// How many keys are asked for in a minute at most: forged deliveries name keys that do not exist.
const ASKED_A_MINUTE: usize = 20;

impl KeptKeys {
    /// The keys of a source that were fetched less than `age` ago.
    pub(crate) fn younger_than(&self, age: Wait, source: &Source, now: Instant) -> Keys {
        let mut keys = Keys::default();
        for ((owner, _), key) in &self.known().keys {
            if *owner == source.name && now < key.fetched_at.after(age) {
                keys.keep(&key.lookup, key.answer.clone());
            }
        }
        keys
    }

    /// Keeps what was fetched, and forgets what is too old.
    pub(crate) fn keep(&self, source: &Source, lookup: Lookup, answer: Vec<u8>, now: Instant) {
        let mut known = self.known();
        known.keys.retain(|_, key| now < key.fetched_at.after(KEPT_FOR));
        let name = (source.name.clone(), lookup.address.text().to_owned());
        known.keys.insert(name, Key { lookup, answer, fetched_at: now });
    }

    /// Whether one more may be asked for now; then it counts as asked for.
    pub(crate) fn may_ask(&self, now: Instant) -> bool {
        let mut known = self.known();
        known.asked_at.retain(|at| now < at.after(Wait::seconds(60)));
        let may_ask = known.asked_at.len() < ASKED_A_MINUTE;
        if may_ask {
            known.asked_at.push(now);
        }
        may_ask
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
