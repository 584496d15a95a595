//! One follow-up, from when it was first looked at to its end.

use std::collections::BTreeMap;

use rihla_core::follow_up::FollowUpKey;
use rihla_core::identifier::CustomerId;
use rihla_core::instant::Instant;
use rihla_core::ledger::State;
use serde::Serialize;

use crate::journeys::simulation::{Decided, Planned, Simulated};

/// All follow-ups. One key can lie beside two customers: a cart that both were told to have.
pub type FollowUps = BTreeMap<(CustomerId, FollowUpKey), FollowUp>;

/// What became of one follow-up.
#[derive(Clone, Debug)]
pub struct FollowUp {
    /// Which.
    pub planned: Planned,
    /// How often it was put off, and by whom.
    pub deferrals: Vec<Deferral>,
    /// How it ended.
    pub end: End,
}

/// One time that it was put off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Deferral {
    /// When.
    pub at: Instant,
    /// Until when.
    pub until: Instant,
    /// By which guard.
    pub guard: String,
}

/// How a follow-up ended: in one of these, and in no two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum End {
    /// Sent.
    Sent {
        /// When.
        at: Instant,
    },
    /// Refused.
    Refused {
        /// When.
        at: Instant,
        /// By which guard.
        guard: String,
    },
    /// Its time was over, or would have been at the moment to which a guard put it off.
    Expired {
        /// When that was seen.
        at: Instant,
        /// By which guard.
        guard: String,
    },
    /// What it was planned for is no longer so.
    LetGo,
    /// It waits at the end.
    Open,
}

/// What became of each follow-up.
pub fn follow_ups(simulated: &Simulated) -> FollowUps {
    let mut found = FollowUps::new();
    let place = |planned: &Planned| (planned.customer.clone(), planned.key.clone());
    for decided in &simulated.decided {
        found.entry(place(&decided.planned)).or_insert_with(|| begun(&decided.planned)).take(decided);
    }
    for planned in &simulated.open {
        let follow_up = found.entry(place(planned)).or_insert_with(|| begun(planned));
        if follow_up.end == End::LetGo {
            follow_up.end = End::Open;
        }
    }
    found
}

fn begun(planned: &Planned) -> FollowUp {
    FollowUp { planned: planned.clone(), deferrals: Vec::new(), end: End::LetGo }
}

impl FollowUp {
    fn take(&mut self, decided: &Decided) {
        let at = decided.at;
        match &decided.state {
            State::Deferred { until, guard } => {
                self.deferrals.push(Deferral { at, until: *until, guard: guard.clone() });
            }
            State::Refused { guard } if decided.is_expired() => {
                self.end = End::Expired { at, guard: guard.clone() };
            }
            State::Refused { guard } => self.end = End::Refused { at, guard: guard.clone() },
            State::Sent { .. } => self.end = End::Sent { at },
            // Nobody else is at work here, so that nothing can be in doubt.
            State::InDoubt => {}
        }
    }

    /// When it was sent.
    pub fn sent_at(&self) -> Option<Instant> {
        match self.end {
            End::Sent { at } => Some(at),
            _ => None,
        }
    }

    /// When it was sent, by the clock of the recipient.
    pub fn sent_at_local(&self) -> Option<jiff::Zoned> {
        Some(self.sent_at()?.in_zone(&self.planned.zone))
    }

    /// The journey, what it is about, and the step.
    pub fn names(&self) -> (&str, &str, &str) {
        let text = self.planned.key.as_str();
        let (journey, rest) = text.split_once('#').unwrap_or((text, ""));
        let (subject, step) = rest.rsplit_once('#').unwrap_or((rest, ""));
        (journey, subject, step)
    }
}
