//! What became of follow-ups.

use jiff::tz::TimeZone;
use rihla_core::event::Purpose;
use rihla_core::follow_up::FollowUpKey;
use rihla_core::identifier::CustomerId;
use rihla_core::instant::Instant;
use rihla_core::ledger::{Finding, State};

/// A follow-up that a journey plans for somebody.
#[derive(Clone, Debug)]
pub struct Planned {
    /// The person.
    pub person: CustomerId,
    /// The customer beside whose profile it lies: one of those that are this person.
    pub customer: CustomerId,
    /// Its key.
    pub key: FollowUpKey,
    /// The version of the journey's file.
    pub version: u32,
    /// What it is for.
    pub purpose: Purpose,
    /// When it was due by the journey's rule; unknown while it waits.
    pub due_at: Option<Instant>,
    /// The zone of the person.
    pub zone: TimeZone,
}

/// One decision on a follow-up. Of a follow-up that was deferred there are several.
#[derive(Clone, Debug)]
pub struct Decided {
    /// Which.
    pub planned: Planned,
    /// When.
    pub at: Instant,
    /// What.
    pub state: State,
    /// What the guards saw.
    pub trace: Vec<Finding>,
}

impl Decided {
    /// Whether it was refused because its time was over, or would have been.
    pub fn is_expired(&self) -> bool {
        let by_time = self.trace.last().is_some_and(|finding| finding.guard == "expiry");
        by_time && matches!(self.state, State::Refused { .. })
    }

    /// By the clock of the person.
    pub fn local_time(&self) -> jiff::Zoned {
        self.at.in_zone(&self.planned.zone)
    }
}
