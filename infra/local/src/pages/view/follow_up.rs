//! A follow-up, and why it is as it is.

use rihla_core::instant::Instant;
use rihla_core::ledger::{Outcome, State};
use serde::Serialize;

/// One follow-up, and why it is as it is.
#[derive(Clone, Debug, Serialize)]
pub struct FollowUpView {
    /// The journey.
    pub journey: String,
    /// The number of the order that it is about.
    pub order: Option<String>,
    /// When it was due by the journey's rule.
    pub due_at: Instant,
    /// When it was decided.
    pub decided_at: Instant,
    /// What was decided.
    pub state: State,
    /// The version of the journey's file that decided it.
    pub version: u32,
    /// The guards that were asked, in order, each with what it saw.
    pub guards: Vec<GuardView>,
    /// What the provider reported, each with its first time, by time.
    pub outcomes: Vec<(Outcome, Instant)>,
    /// The mail, where it is in the mailbox.
    pub mail: Option<String>,
}

/// What one guard saw.
#[derive(Clone, Debug, Serialize)]
pub struct GuardView {
    /// The guard's name.
    pub guard: String,
    /// What it saw.
    pub because: String,
    /// Whether it was the one that refused or deferred.
    pub decides: bool,
}
