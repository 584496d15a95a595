//! How many came to which end, by journey and by guard.

use std::collections::BTreeMap;

use serde::Serialize;

use super::follow_up::{End, FollowUp, FollowUps};

/// What became of the follow-ups of one step of a journey. Planned is the sum of sent, refused, expired, let go and open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct JourneyCounts {
    /// The journey.
    pub journey: String,
    /// The step.
    pub step: String,
    /// The version of its file.
    pub version: u32,
    /// How many were planned.
    pub planned: usize,
    /// Sent.
    pub sent: usize,
    /// Refused.
    pub refused: usize,
    /// Their time was over.
    pub expired: usize,
    /// What they were planned for is no longer so.
    pub let_go: usize,
    /// They wait at the end.
    pub open: usize,
    /// How often they were put off.
    pub deferrals: usize,
    /// Why refused, or too late, by guard.
    pub stopped_by: BTreeMap<String, usize>,
    /// Why put off, by guard.
    pub deferred_by: BTreeMap<String, usize>,
}

/// How often one guard stood in the way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct GuardCounts {
    /// It refused.
    pub refused: usize,
    /// It put off, or would have, until it was too late.
    pub expired: usize,
    /// It put off.
    pub deferred: usize,
}

impl JourneyCounts {
    pub(super) fn of(follow_ups: &FollowUps) -> Vec<Self> {
        let mut counts: BTreeMap<(String, String), Self> = BTreeMap::new();
        for follow_up in follow_ups.values() {
            let (journey, _, step) = follow_up.names();
            let names = (journey.to_owned(), step.to_owned());
            counts.entry(names).or_insert_with(|| Self::none_of(journey, step)).add(follow_up);
        }
        counts.into_values().collect()
    }

    pub(super) fn none_of(journey: &str, step: &str) -> Self {
        Self { journey: journey.to_owned(), step: step.to_owned(), ..Self::default() }
    }

    fn add(&mut self, follow_up: &FollowUp) {
        self.version = follow_up.planned.version;
        self.planned += 1;
        self.deferrals += follow_up.deferrals.len();
        for deferral in &follow_up.deferrals {
            *self.deferred_by.entry(deferral.guard.clone()).or_default() += 1;
        }
        let (count, guard) = match &follow_up.end {
            End::Sent { .. } => (&mut self.sent, None),
            End::Refused { guard, .. } => (&mut self.refused, Some(guard)),
            End::Expired { guard, .. } => (&mut self.expired, Some(guard)),
            End::LetGo => (&mut self.let_go, None),
            End::Open => (&mut self.open, None),
        };
        *count += 1;
        if let Some(guard) = guard {
            *self.stopped_by.entry(guard.clone()).or_default() += 1;
        }
    }
}

impl GuardCounts {
    pub(super) fn of(follow_ups: &FollowUps) -> BTreeMap<String, Self> {
        let mut counts: BTreeMap<String, Self> = BTreeMap::new();
        for follow_up in follow_ups.values() {
            for deferral in &follow_up.deferrals {
                counts.entry(deferral.guard.clone()).or_default().deferred += 1;
            }
            match &follow_up.end {
                End::Refused { guard, .. } => counts.entry(guard.clone()).or_default().refused += 1,
                End::Expired { guard, .. } => counts.entry(guard.clone()).or_default().expired += 1,
                End::Sent { .. } | End::LetGo | End::Open => {}
            }
        }
        counts
    }
}
