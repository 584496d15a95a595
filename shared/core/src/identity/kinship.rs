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

/// What is known of whether two customers are one person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kinship {
    /// The first event that carried identifiers of both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attested: Option<Merged>,
    /// What a person last said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<Latest<Said>>,
}

/// What is known of pairs of customers.
pub type Kinships = BTreeMap<Pair, Kinship>;

impl Kinship {
    /// As an event attested it.
    pub fn attested(by: Merged) -> Self {
        Self { attested: Some(by), said: None }
    }

    /// As a person says it.
    pub fn said(word: Said, at: Instant) -> Self {
        Self { attested: None, said: Some(Latest::new(word, at)) }
    }

    /// Whether a person said that they are apart, and nobody that they are one since. No later event changes that.
    pub fn is_apart(&self) -> bool {
        self.said.as_ref().is_some_and(|said| said.value == Said::Apart)
    }

    /// Why they are one, for a person to read.
    pub fn reason(&self) -> Option<String> {
        match &self.said {
            Some(Latest { value: Said::Apart, .. }) => None,
            Some(Latest { value: Said::One, at }) => Some(format!("a person said that both are one, {at}")),
            None => self.attested.as_ref().map(Merged::reason),
        }
    }
}

impl Join for Kinship {
    fn join(&mut self, other: Self) {
        self.attested.join(other.attested);
        self.said.join(other.said);
    }
}
