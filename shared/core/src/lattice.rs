//! Joins: how facts that arrive late, doubled and shuffled come to the same state.
//!
//! A join is commutative, associative and idempotent, so the state depends on the set of facts alone.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::instant::Instant;

/// A state into which another state of the same thing can be joined.
pub trait Join {
    /// Takes in what `other` knows.
    fn join(&mut self, other: Self);
}

impl<T: Join> Join for Option<T> {
    fn join(&mut self, other: Self) {
        match (self.as_mut(), other) {
            (Some(known), Some(told)) => known.join(told),
            (None, told) => *self = told,
            (Some(_), None) => {}
        }
    }
}

impl<K: Ord, V: Join> Join for BTreeMap<K, V> {
    fn join(&mut self, other: Self) {
        for (key, told) in other {
            match self.get_mut(&key) {
                Some(known) => known.join(told),
                None => drop(self.insert(key, told)),
            }
        }
    }
}

/// The value with the latest time; of two with one time, the greater value. Stored as `[value, milliseconds]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Latest<T> {
    /// What was said.
    pub value: T,
    /// When it was said, by its source.
    pub at: Instant,
}

impl<T> Latest<T> {
    /// `value`, as said at `at`.
    pub const fn new(value: T, at: Instant) -> Self {
        Self { value, at }
    }
}

impl<T: Ord> Join for Latest<T> {
    fn join(&mut self, other: Self) {
        if (other.at, &other.value) > (self.at, &self.value) {
            *self = other;
        }
    }
}

impl<T: Serialize> Serialize for Latest<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (&self.value, self.at.milliseconds()).serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Latest<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (value, milliseconds) = <(T, i64)>::deserialize(deserializer)?;
        Ok(Self { value, at: Instant::from_milliseconds(milliseconds) })
    }
}

/// The first time something happened. Stored as milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Earliest(pub Instant);

impl Join for Earliest {
    fn join(&mut self, other: Self) {
        *self = (*self).min(other);
    }
}

impl Serialize for Earliest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.milliseconds().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Earliest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        i64::deserialize(deserializer).map(|milliseconds| Self(Instant::from_milliseconds(milliseconds)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn latest() -> impl Strategy<Value = Latest<u8>> {
        (0..4_u8, 0..4_i64).prop_map(|(value, second)| Latest::new(value, Instant::from_seconds(second)))
    }

    fn joined<T: Join>(mut one: T, other: T) -> T {
        one.join(other);
        one
    }

    proptest! {
        #[test]
        fn latest_is_a_join(a in latest(), b in latest(), c in latest()) {
            prop_assert_eq!(joined(a.clone(), b.clone()), joined(b.clone(), a.clone()));
            prop_assert_eq!(joined(joined(a.clone(), b.clone()), c.clone()), joined(a.clone(), joined(b, c)));
            prop_assert_eq!(joined(a.clone(), a.clone()), a);
        }

        #[test]
        fn maps_join_by_key(
            a in prop::collection::btree_map(0..3_u8, latest(), 0..4),
            b in prop::collection::btree_map(0..3_u8, latest(), 0..4),
        ) {
            prop_assert_eq!(joined(a.clone(), b.clone()), joined(b, a));
        }
    }
}
