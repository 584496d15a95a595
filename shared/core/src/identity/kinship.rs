//! What is known of whether two customers are one person.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::identifier::CustomerId;
use crate::instant::Instant;
use crate::lattice::{Join, Latest};
use crate::merge::Merged;

/// Two customers, the lesser first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    one: CustomerId,
    other: CustomerId,
}

impl Pair {
    /// Of two different customers, in whichever order.
    pub fn of(one: CustomerId, other: CustomerId) -> Option<Self> {
        match one.cmp(&other) {
            std::cmp::Ordering::Less => Some(Self { one, other }),
            std::cmp::Ordering::Equal => None,
            std::cmp::Ordering::Greater => Some(Self { one: other, other: one }),
        }
    }

    /// Both.
    pub fn customers(&self) -> [&CustomerId; 2] {
        [&self.one, &self.other]
    }
}

/// What a person who works for the shop says of two customers. Of two words of one moment the stricter counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Said {
    /// They are one.
    One,
    /// They are not one, whatever events attest.
    Apart,
}

/// A person's word on two customers, with who said it and why. The reason stands on both records, so it should name nobody.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Word {
    /// What was said.
    pub said: Said,
    /// Who said it.
    pub by: String,
    /// Why.
    pub because: String,
}

/// What is known of whether two customers are one person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kinship {
    /// The first event that carried identifiers of both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attested: Option<Merged>,
    /// What a person last said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<Latest<Word>>,
}

/// What is known of pairs of customers.
pub type Kinships = BTreeMap<Pair, Kinship>;

impl Kinship {
    /// As an event attested it.
    pub fn attested(by: Merged) -> Self {
        Self { attested: Some(by), said: None }
    }

    /// As a person says it.
    pub fn said(word: Word, at: Instant) -> Self {
        Self { attested: None, said: Some(Latest::new(word, at)) }
    }

    /// Whether a person said that they are apart, and nobody that they are one since. No later event changes that.
    pub fn is_apart(&self) -> bool {
        self.said.as_ref().is_some_and(|said| said.value.said == Said::Apart)
    }

    /// Why they are one, or a person says that they are not, for a person to read.
    pub fn reason(&self) -> String {
        match (&self.said, &self.attested) {
            (Some(Latest { value, at }), _) => value.reason(*at),
            (None, Some(attested)) => attested.reason(),
            (None, None) => String::new(),
        }
    }

    /// Since when that is so, for a person to read.
    pub fn since(&self) -> Option<Instant> {
        let said = self.said.as_ref().map(|said| said.at);
        said.or_else(|| Some(self.attested.as_ref()?.at.0))
    }

    /// Drops what persons wrote up to that moment. What they said stays.
    pub(crate) fn forget(&mut self, until: Instant) {
        if let Some(said) = self.said.as_mut().filter(|said| said.at <= until) {
            said.value = Word { said: said.value.said, by: String::new(), because: String::new() };
        }
    }
}

impl Word {
    fn reason(&self, at: Instant) -> String {
        let Self { said, by, because } = self;
        let said = if *said == Said::One { "one" } else { "not one" };
        format!("{by} said that both are {said} ({because}), {at}")
    }
}

impl Join for Kinship {
    fn join(&mut self, other: Self) {
        self.attested.join(other.attested);
        self.said.join(other.said);
    }
}
