//! Addresses that no mail may go to.

use serde::{Deserialize, Serialize};

use crate::lattice::{Earliest, Join};

/// Why and since when an address is closed. It stays closed: no later mail opens it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Suppression {
    /// Since when.
    pub since: Earliest,
    /// Why.
    pub reason: SuppressionReason,
}

/// Why an address is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SuppressionReason {
    /// The mailbox does not exist, or refuses for good.
    Bounced,
    /// Its owner called a mail unwanted.
    Complained,
}

impl Join for Suppression {
    fn join(&mut self, other: Self) {
        *self = (*self).min(other);
    }
}

impl SuppressionReason {
    /// In a word, as ledgers and pages show it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Bounced => "bounced",
            Self::Complained => "complained",
        }
    }
}
