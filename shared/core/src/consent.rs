//! What a person agreed to and withdrew.
//!
//! A word counts for the identifiers under which it was said, and a later word under one of them takes its place. So what
//! stands follows from what was said, and not from when it became known that two identifiers are one person.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::event::ConsentState;
use crate::identifier::{Identifier, Print};
use crate::instant::Instant;
use crate::lattice::{Earliest, Join};
use crate::matter::Matter;

/// All that was said and still matters, by purpose and channel.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Consents(BTreeMap<Matter, Said>);

/// What was said on one matter: the words that are the last one under any identifier.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
struct Said(BTreeSet<Word>);

/// One word on one matter. Stored as a list, because a profile of more than 1 KB costs twice.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "Stored", into = "Stored")]
pub struct Word {
    /// When it was said.
    pub at: Instant,
    /// What was said. Of two words of one moment the stricter is the later one.
    pub state: ConsentState,
    /// For which identifiers.
    about: BTreeSet<Print>,
}

type Stored = (ConsentState, Earliest, BTreeSet<Print>);

impl From<Stored> for Word {
    fn from((state, at, about): Stored) -> Self {
        Self { at: at.0, state, about }
    }
}

impl From<Word> for Stored {
    fn from(word: Word) -> Self {
        (word.state, Earliest(word.at), word.about)
    }
}

impl Join for Consents {
    fn join(&mut self, other: Self) {
        self.0.join(other.0);
    }
}

impl Join for Said {
    fn join(&mut self, other: Self) {
        self.0.extend(other.0);
        let last: BTreeMap<Print, Word> = self.last().map(|(print, word)| (print, word.clone())).collect();
        self.0.retain(|word| word.about.iter().any(|print| last.get(print) == Some(word)));
    }
}

impl Said {
    /// The last word under each identifier. The words are sorted by their time.
    fn last(&self) -> impl Iterator<Item = (Print, &Word)> {
        let said = self.0.iter().flat_map(|word| word.about.iter().map(move |print| (*print, word)));
        said.collect::<BTreeMap<Print, &Word>>().into_iter()
    }

    /// The strictest of the words whose place no later one has taken.
    fn stands(&self) -> Option<&Word> {
        let last: BTreeMap<Print, &Word> = self.last().collect();
        let standing = self.0.iter().filter(|word| word.about.iter().all(|print| last[print] == *word));
        standing.max_by_key(|word| (word.state, word.at))
    }
}

impl Consents {
    /// One word on one matter, said at `at` of somebody who goes by these identifiers.
    pub fn of<'a>(
        matter: impl Into<Matter>,
        state: ConsentState,
        at: Instant,
        about: impl IntoIterator<Item = &'a Identifier>,
    ) -> Self {
        let about = about.into_iter().map(Identifier::print).collect();
        Self([(matter.into(), Said([Word { at, state, about }].into()))].into())
    }

    /// What a person says at `at` of themself: by all identifiers under which anything was said before, and by these.
    #[must_use]
    pub fn said_by_person(
        &self,
        matter: impl Into<Matter>,
        state: ConsentState,
        at: Instant,
        also: impl IntoIterator<Item = Print>,
    ) -> Self {
        let matter = matter.into();
        let known = self.0.get(&matter).into_iter().flat_map(|said| &said.0).flat_map(|word| &word.about);
        let about = known.copied().chain(also).collect();
        Self([(matter, Said([Word { at, state, about }].into()))].into())
    }

    /// The word that stands on a matter, a purpose alone being one by e-mail, if anything was ever said. Where a person goes
    /// by several identifiers and nothing was said of them together, it is the strictest.
    pub fn on(&self, matter: impl Into<Matter>) -> Option<&Word> {
        self.0.get(&matter.into())?.stands()
    }

    /// Every matter with the word that stands.
    pub fn iter(&self) -> impl Iterator<Item = (Matter, &Word)> {
        self.0.iter().filter_map(|(matter, said)| Some((*matter, said.stands()?)))
    }

    /// Drops what was said up to that moment.
    pub fn forget(&mut self, until: Instant) {
        for said in self.0.values_mut() {
            said.0.retain(|word| word.at > until);
        }
        self.0.retain(|_, said| !said.0.is_empty());
    }

    /// Whether nothing was ever said.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Purpose;
    use ConsentState::{Granted, Withdrawn};
    use proptest::prelude::*;

    fn word(state: ConsentState, second: i64, about: &[&str]) -> Consents {
        let about: Vec<Identifier> = about.iter().map(|id| Identifier::Tracking((*id).to_owned())).collect();
        Consents::of(Purpose::Marketing, state, Instant::from_seconds(second), &about)
    }

    fn joined(words: impl IntoIterator<Item = Consents>) -> Consents {
        words.into_iter().fold(Consents::default(), |mut all, one| {
            all.join(one);
            all
        })
    }

    #[test]
    fn the_last_word_under_an_identifier_stands_and_under_several_the_strictest() {
        let table = [
            (vec![word(Granted, 1, &["a"]), word(Withdrawn, 2, &["a"])], Withdrawn, 2),
            (vec![word(Withdrawn, 1, &["a"]), word(Granted, 2, &["a"])], Granted, 2),
            (vec![word(Granted, 1, &["a"]), word(Withdrawn, 1, &["a"])], Withdrawn, 1),
            // Said under different names, neither takes the other's place.
            (vec![word(Withdrawn, 1, &["a"]), word(Granted, 2, &["b"])], Withdrawn, 1),
            // Said under both names, it takes the place of what was said under either.
            (
                vec![word(Withdrawn, 1, &["a"]), word(Granted, 2, &["b"]), word(Granted, 3, &["a", "b"])],
                Granted,
                3,
            ),
            // What was said under both names is over once something else was said under one of them.
            (vec![word(Withdrawn, 1, &["a", "b"]), word(Granted, 2, &["b"])], Granted, 2),
            // A word counts as it was said, even where what took its place is over itself.
            (
                vec![word(Withdrawn, 1, &["a"]), word(Granted, 2, &["a", "b"]), word(Granted, 3, &["b"])],
                Granted,
                3,
            ),
        ];
        for (words, state, second) in table {
            let expected = (state, Instant::from_seconds(second));
            for words in [words.clone(), words.into_iter().rev().collect()] {
                let all = joined(words);
                let stands = all.on(Purpose::Marketing).unwrap();
                assert_eq!((stands.state, stands.at), expected, "{all:?}");
            }
        }
    }

    #[test]
    fn a_persons_own_word_is_about_all_that_was_said_before() {
        let mut all = joined([word(Withdrawn, 1, &["a"]), word(Granted, 2, &["b"])]);
        let address = Identifier::Tracking("c".to_owned()).print();
        let own = all.said_by_person(Purpose::Marketing, Granted, Instant::from_seconds(3), [address]);
        all.join(own);
        assert_eq!(all.on(Purpose::Marketing).unwrap().state, Granted);
        all.join(word(Withdrawn, 4, &["c"]));
        assert_eq!(all.on(Purpose::Marketing).unwrap().state, Withdrawn);
    }

    fn any_word() -> impl Strategy<Value = Consents> {
        let about = prop::sample::subsequence(vec!["a", "b", "c"], 1..=3);
        (any::<bool>(), 0..5_i64, about)
            .prop_map(|(yes, second, about)| word(if yes { Granted } else { Withdrawn }, second, &about))
    }

    proptest! {
        #[test]
        fn what_stands_does_not_depend_on_what_was_heard_first_or_twice(
            (words, shuffled) in prop::collection::vec(any_word(), 1..8)
                .prop_flat_map(|words| (Just(words.clone()), Just(words).prop_shuffle())),
            split in 0..8_usize,
        ) {
            let all = joined(words.clone());
            let (mut one, other) = {
                let split = split.min(shuffled.len());
                (joined(shuffled[..split].to_vec()), joined(shuffled[split..].to_vec()))
            };
            one.join(other);
            prop_assert_eq!(&one, &all);
            one.join(all.clone());
            prop_assert_eq!(one, all);
        }

        #[test]
        fn one_name_has_the_last_word(words in prop::collection::vec((any::<bool>(), 0..5_i64), 1..8)) {
            let said = words.iter().map(|(yes, second)| (*second, if *yes { Granted } else { Withdrawn }));
            let last = said.clone().max().unwrap();
            let all = joined(said.map(|(second, state)| word(state, second, &["a"])));
            let stands = all.on(Purpose::Marketing).unwrap();
            prop_assert_eq!((stands.at, stands.state), (Instant::from_seconds(last.0), last.1));
        }
    }
}
