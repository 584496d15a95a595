//! One follow-up, with what was decided and why.

use std::fmt;

use rihla_core::follow_up::FollowUpKey;
use rihla_core::instant::Instant;
use rihla_core::ledger::{LedgerEntry, Outcome, State};
use serde::Serialize;

use super::customer::Person;
use crate::desk::{Record, Stored};

/// One follow-up, as the ledger has it.
#[derive(Clone, Debug, Serialize)]
pub struct Decided {
    /// Its key.
    pub key: FollowUpKey,
    /// The journey.
    pub journey: String,
    /// The version of the journey's file that decided it.
    pub version: u32,
    /// When it was due by the journey's rule.
    pub due_at: Instant,
    /// When it was decided.
    pub decided_at: Instant,
    /// What was decided.
    pub state: State,
    /// The guards that were asked, in order.
    pub guards: Vec<Seen>,
    /// What the mail provider reported, by time.
    pub reported: Vec<(Outcome, Instant)>,
    /// When what it is about is looked at next.
    pub next_look: Option<Instant>,
}

/// What one guard saw.
#[derive(Clone, Debug, Serialize)]
pub struct Seen {
    /// The guard.
    pub guard: String,
    /// What it saw.
    pub because: String,
    /// Whether it was the one that refused or put off.
    pub decides: bool,
}

impl Decided {
    /// All of a person's, by the time at which they were decided.
    pub(super) fn all(items: &[Stored], person: &Person) -> Vec<Self> {
        let theirs = items.iter().filter(|item| person.contains(&item.customer));
        let mut all: Vec<Self> = theirs
            .filter_map(|item| match &item.record {
                Record::Entry(_, key, entry) => Some(Self::of(key, entry)),
                _ => None,
            })
            .collect();
        all.sort_by_key(|one| (one.decided_at, one.key.clone()));
        all
    }

    fn of(key: &FollowUpKey, entry: &LedgerEntry) -> Self {
        let deciding = match &entry.state {
            State::Deferred { guard, .. } | State::Refused { guard } => Some(guard),
            State::InDoubt | State::Sent { .. } => None,
        };
        let seen = entry.trace.iter().map(|finding| Seen {
            guard: finding.guard.clone(),
            because: finding.because.clone(),
            decides: Some(&finding.guard) == deciding,
        });
        let mut reported: Vec<_> = entry.outcomes.iter().map(|(outcome, at)| (*outcome, at.0)).collect();
        reported.sort_by_key(|(outcome, at)| (*at, *outcome));
        Self {
            key: key.clone(),
            journey: key.journey().to_owned(),
            version: entry.version,
            due_at: entry.due_at,
            decided_at: entry.decided_at,
            state: entry.state.clone(),
            guards: seen.collect(),
            reported,
            next_look: entry.next_look,
        }
    }
}

impl fmt::Display for Decided {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}: {}", self.key, self.in_words())?;
        writeln!(f, "    due {}, by version {} of {}", self.due_at, self.version, self.journey)?;
        for Seen { guard, because, decides } in &self.guards {
            writeln!(f, "  {} {guard:<16} {because}", if *decides { "*" } else { " " })?;
        }
        for (outcome, at) in &self.reported {
            writeln!(f, "    {} {at}", outcome.as_str())?;
        }
        Ok(())
    }
}

impl Decided {
    fn in_words(&self) -> String {
        let at = self.decided_at;
        match &self.state {
            State::Sent { .. } => format!("sent {at}"),
            State::Refused { guard } => format!("refused by {guard}, {at}"),
            State::Deferred { until, guard } => format!("put off by {guard} until {until}"),
            State::InDoubt => format!("nobody knows whether it was sent, {at}"),
        }
    }
}
