//! The ledger: what became of each planned follow-up, and why.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::instant::Instant;
use crate::lattice::{Earliest, Join};

/// What became of one follow-up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerEntry {
    /// The version of the journey's file by which it was decided.
    pub version: u32,
    /// When it was due by the journey's rule, before any deferral.
    pub due_at: Instant,
    /// When it was decided.
    pub decided_at: Instant,
    /// What was decided.
    pub state: State,
    /// Every guard that was asked, in order, with what it saw.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub trace: Vec<Finding>,
    /// The next look at the order that was put on the calendar with this decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_look: Option<Instant>,
    /// What the mail provider reported of the message, each with its first time.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub outcomes: BTreeMap<Outcome, Earliest>,
}

/// What was decided. A follow-up ends as sent, refused or in doubt; deferred is on its way to one of them.
/// The order is that of certainty: a later entry in it overrules an earlier one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum State {
    /// To be looked at again.
    Deferred {
        /// When.
        until: Instant,
        /// The guard that asked for it.
        guard: String,
    },
    /// Not sent, for good.
    Refused {
        /// The guard that refused.
        guard: String,
    },
    /// Claimed for sending, and nobody knows whether it was accepted. Never sent again by itself.
    InDoubt,
    /// Accepted by the mail provider.
    Sent {
        /// The provider's id of the message.
        message: String,
    },
}

/// What the mail provider reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Accepted for sending.
    Accepted,
    /// Refused before it left, such as for a virus.
    Rejected,
    /// Could not be made from its template by the provider.
    Failed,
    /// Later than usual.
    Delayed,
    /// Taken by the recipient's mail server.
    Delivered,
    /// Refused by the recipient's mail server.
    Bounced,
    /// Called unwanted by the recipient.
    Complained,
    /// Opened; machines open mails, too.
    Opened,
    /// A link of it was followed; machines follow links, too.
    Clicked,
}

/// What one guard saw, and what it concluded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The guard's name.
    pub guard: String,
    /// What it saw, for a person to read.
    pub because: String,
}

impl Finding {
    /// What `guard` saw.
    pub fn new(guard: &str, because: impl Into<String>) -> Self {
        Self { guard: guard.to_owned(), because: because.into() }
    }
}

impl LedgerEntry {
    /// Whether nothing more will come of it by itself.
    pub fn is_final(&self) -> bool {
        !matches!(self.state, State::Deferred { .. })
    }

    /// Whether it holds nothing but what the provider reported: who decided it, and why, is still to be written down.
    pub fn is_report_only(&self) -> bool {
        self.version == 0
    }

    /// An entry of which nothing but what was decided matters.
    pub(crate) fn decided(state: State, at: Instant) -> Self {
        let (trace, outcomes) = (Vec::new(), BTreeMap::new());
        Self { version: 1, due_at: at, decided_at: at, state, trace, next_look: None, outcomes }
    }

    /// An entry for a message of which only the provider's report is known so far.
    pub fn reported(message: String, outcome: Outcome, at: Instant) -> Self {
        Self {
            version: 0,
            due_at: at,
            decided_at: at,
            state: State::Sent { message },
            trace: Vec::new(),
            next_look: None,
            outcomes: [(outcome, Earliest(at))].into(),
        }
    }
}

impl Join for LedgerEntry {
    /// The more certain state stands; what was reported of the message is kept from both.
    fn join(&mut self, other: Self) {
        let mut outcomes = std::mem::take(&mut self.outcomes);
        outcomes.join(other.outcomes.clone());
        let told_more = |entry: &Self| (entry.version > 0, entry.decided_at);
        let state = self.state.clone().max(other.state.clone());
        if told_more(&other) > told_more(self) {
            *self = other;
        }
        (self.state, self.outcomes) = (state, outcomes);
    }
}

impl Outcome {
    /// In a word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Failed => "failed",
            Self::Delayed => "delayed",
            Self::Delivered => "delivered",
            Self::Bounced => "bounced",
            Self::Complained => "complained",
            Self::Opened => "opened",
            Self::Clicked => "clicked",
        }
    }
}
