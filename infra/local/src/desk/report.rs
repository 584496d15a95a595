//! What a run came to, counted from the table and the mailbox.

use std::collections::BTreeMap;

use rihla_core::ledger::State;

use super::{Record, Stored};

/// What became of the follow-ups of one journey, or of all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Sent.
    pub sent: u64,
    /// Waiting for a better moment.
    pub deferred: u64,
    /// Refused.
    pub refused: u64,
    /// Nobody knows.
    pub in_doubt: u64,
    /// Why refused, by guard.
    pub refused_by: BTreeMap<String, u64>,
    /// Why waiting, by guard.
    pub deferred_by: BTreeMap<String, u64>,
}

/// Customers, orders and follow-ups as they are on record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// People: profiles that are not linked to another.
    pub customers: u64,
    /// Profiles linked to another.
    pub merged: u64,
    /// Orders.
    pub orders: u64,
    /// Answers.
    pub answers: u64,
    /// By journey.
    pub journeys: BTreeMap<String, Counted>,
    /// What the mail provider reported, by kind.
    pub outcomes: BTreeMap<&'static str, u64>,
}

impl Report {
    /// Counts items.
    pub fn of(items: &[Stored]) -> Self {
        let mut report = Self::default();
        let forest = Stored::forest(items);
        for item in items {
            match &item.record {
                Record::Profile(_) if *forest.root(&item.customer) != item.customer => report.merged += 1,
                Record::Profile(_) => report.customers += 1,
                Record::Order(..) => report.orders += 1,
                Record::Answer(..) => report.answers += 1,
                Record::Entry(_, key, entry) => {
                    report.journeys.entry(key.journey().to_owned()).or_default().add(&entry.state);
                    for outcome in entry.outcomes.keys() {
                        *report.outcomes.entry(outcome.as_str()).or_default() += 1;
                    }
                }
                Record::Conversation(..) | Record::Message(..) | Record::Checkout(..) => {}
            }
        }
        report
    }

    /// All journeys together.
    pub fn all(&self) -> Counted {
        let mut all = Counted::default();
        for counted in self.journeys.values() {
            all.sent += counted.sent;
            all.deferred += counted.deferred;
            all.refused += counted.refused;
            all.in_doubt += counted.in_doubt;
        }
        all
    }
}

impl Counted {
    fn add(&mut self, state: &State) {
        match state {
            State::Sent { .. } => self.sent += 1,
            State::InDoubt => self.in_doubt += 1,
            State::Refused { guard } => {
                self.refused += 1;
                *self.refused_by.entry(guard.clone()).or_default() += 1;
            }
            State::Deferred { guard, .. } => {
                self.deferred += 1;
                *self.deferred_by.entry(guard.clone()).or_default() += 1;
            }
        }
    }

    /// How many were planned.
    pub fn planned(&self) -> u64 {
        self.sent + self.deferred + self.refused + self.in_doubt
    }
}
