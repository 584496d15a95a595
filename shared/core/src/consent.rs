//! What a person agreed to and withdrew.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::event::{ConsentState, Purpose};
use crate::instant::Instant;
use crate::lattice::{Join, Latest};

/// The person's last word on each purpose.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Consents(BTreeMap<Purpose, Latest<ConsentState>>);

impl Join for Consents {
    fn join(&mut self, other: Self) {
        self.0.join(other.0);
    }
}

impl Consents {
    /// One word on one purpose.
    pub fn of(purpose: Purpose, state: ConsentState, at: Instant) -> Self {
        Self([(purpose, Latest::new(state, at))].into())
    }

    /// The last word on a purpose, if there ever was one.
    pub fn on(&self, purpose: Purpose) -> Option<&Latest<ConsentState>> {
        self.0.get(&purpose)
    }

    /// Every purpose with its last word.
    pub fn iter(&self) -> impl Iterator<Item = (Purpose, &Latest<ConsentState>)> {
        self.0.iter().map(|(purpose, word)| (*purpose, word))
    }

    /// Whether nothing was ever said.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// For two profiles of one person: what either withdrew is withdrawn, whatever came later.
    #[must_use]
    pub fn most_restrictive(&self, other: &Self) -> Self {
        let mut both = self.clone();
        for (purpose, word) in &other.0 {
            let stricter =
                both.0.get(purpose).is_none_or(|known| (word.value, word.at) > (known.value, known.at));
            if stricter {
                both.0.insert(*purpose, word.clone());
            }
        }
        both
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ConsentState::{Granted, Withdrawn};

    fn word(state: ConsentState, second: i64) -> Consents {
        Consents::of(Purpose::Marketing, state, Instant::from_seconds(second))
    }

    #[test]
    fn the_last_word_of_one_person_wins_and_of_one_moment_the_stricter() {
        for (one, other, stands) in [
            (word(Granted, 1), word(Withdrawn, 2), Withdrawn),
            (word(Withdrawn, 1), word(Granted, 2), Granted),
            (word(Granted, 1), word(Withdrawn, 1), Withdrawn),
        ] {
            for (mut first, second) in [(one.clone(), other.clone()), (other, one)] {
                first.join(second);
                assert_eq!(first.on(Purpose::Marketing).unwrap().value, stands);
            }
        }
    }

    #[test]
    fn two_profiles_of_one_person_take_the_stricter_even_when_it_is_older() {
        let both = word(Withdrawn, 1).most_restrictive(&word(Granted, 2));
        assert_eq!(both, word(Withdrawn, 1));
        assert_eq!(word(Granted, 2).most_restrictive(&word(Withdrawn, 1)), word(Withdrawn, 1));
        assert_eq!(Consents::default().most_restrictive(&word(Granted, 2)), word(Granted, 2));
    }
}
