//! The count of every call: what a bill and a permission check are made from. It grows with the number of
//! different calls, not with their number.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

use super::call::{Call, Permission, Service};
use super::usage::{Totals, Usage};

/// What became of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Carried out, and answered so.
    Answered,
    /// Refused by the service, by its rules or by a fault.
    Refused,
    /// Timed out, or its answer lost.
    Lost,
    /// The caller died over it.
    Died,
}

/// Which calls a row counts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Key {
    /// The calling function.
    pub function: String,
    /// The service.
    pub service: Service,
    /// The API action.
    pub action: String,
    /// The resource's name.
    pub resource: String,
}

/// The calls of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// All attempts.
    pub calls: u64,
    /// Those that were refused.
    pub refused: u64,
    /// Those whose answer did not arrive.
    pub lost: u64,
    /// What they used.
    pub usage: Usage,
}

/// A call together with what became of it.
#[derive(Clone, Debug)]
pub struct Traced {
    /// The call.
    pub call: Call,
    /// What it used.
    pub usage: Usage,
    /// What became of it.
    pub outcome: Outcome,
}

#[derive(Debug, Default)]
struct Counts {
    rows: BTreeMap<Key, Row>,
    permissions: BTreeMap<String, BTreeSet<Permission>>,
    invocations: BTreeMap<String, u64>,
    trace: Option<Vec<Traced>>,
}

/// What is kept of a ledger from one start of the process to the next.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The rows.
    pub rows: Vec<(Key, Row)>,
    /// Invocations by function.
    pub invocations: BTreeMap<String, u64>,
}

/// Counts the calls of all functions.
#[derive(Debug, Default)]
pub struct Ledger {
    counts: Mutex<Counts>,
    sequence: AtomicU64,
    invocations: AtomicU64,
}

impl Ledger {
    pub(super) fn next_sequence(&self) -> u64 {
        self.sequence.fetch_add(1, Ordering::Relaxed) + 1
    }

    pub(super) fn record(&self, call: Call, usage: Usage, outcome: Outcome) {
        let mut counts = self.counts();
        let row = counts.rows.entry(Key::of(&call)).or_default();
        row.calls += 1;
        row.refused += u64::from(outcome == Outcome::Refused);
        row.lost += u64::from(outcome == Outcome::Lost);
        row.usage.add(usage);
        counts.note_permissions(&call);
        if let Some(trace) = &mut counts.trace {
            trace.push(Traced { call, usage, outcome });
        }
    }

    pub(super) fn invoked(&self, function: &str) {
        self.invocations.fetch_add(1, Ordering::Relaxed);
        let mut counts = self.counts();
        match counts.invocations.get_mut(function) {
            Some(count) => *count += 1,
            None => drop(counts.invocations.insert(function.into(), 1)),
        }
    }

    /// How many invocations began so far, in this process: the number of the last one.
    pub fn invocations(&self) -> u64 {
        self.invocations.load(Ordering::Relaxed)
    }

    /// How many calls were made so far: the number of the last one.
    pub fn calls(&self) -> u64 {
        self.sequence.load(Ordering::Relaxed)
    }

    /// Every kind of call with its counts.
    pub fn rows(&self) -> Vec<(Key, Row)> {
        self.counts().rows.iter().map(|(key, row)| (key.clone(), *row)).collect()
    }

    /// What each function, by name, was seen to need.
    pub fn permissions(&self) -> BTreeMap<String, BTreeSet<Permission>> {
        self.counts().permissions.clone()
    }

    /// The sums over all calls.
    pub fn totals(&self) -> Totals {
        self.totals_of(|_| true)
    }

    /// The sums over the calls of the functions that are `wanted`.
    pub fn totals_of(&self, wanted: impl Fn(&str) -> bool) -> Totals {
        let counts = self.counts();
        let invocations = counts.invocations.iter().filter(|(function, _)| wanted(function));
        let invocations = invocations.map(|(function, count)| (function.clone(), *count)).collect();
        let mut totals = Totals { invocations, ..Totals::default() };
        for (key, row) in counts.rows.iter().filter(|(key, _)| wanted(&key.function)) {
            totals.add(key.service, row.calls, row.usage);
        }
        totals
    }

    /// Keeps every call from now on, for a test to look at.
    pub fn start_trace(&self) {
        self.counts().trace = Some(Vec::new());
    }

    /// The calls kept since [`Self::start_trace`] or the last taking.
    pub fn take_trace(&self) -> Vec<Traced> {
        self.counts().trace.as_mut().map(std::mem::take).unwrap_or_default()
    }

    /// What must be kept for [`Self::restore`].
    pub fn snapshot(&self) -> Snapshot {
        Snapshot { rows: self.rows(), invocations: self.counts().invocations.clone() }
    }

    /// Goes on from `snapshot` instead of from nothing.
    pub fn restore(&self, snapshot: Snapshot) {
        let mut counts = self.counts();
        counts.rows = snapshot.rows.into_iter().collect();
        counts.invocations = snapshot.invocations;
    }

    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Counts {
    fn note_permissions(&mut self, call: &Call) {
        if !self.permissions.contains_key(&*call.function) {
            self.permissions.insert(call.function.to_string(), BTreeSet::new());
        }
        let Some(known) = self.permissions.get_mut(&*call.function) else { return };
        for permission in &call.permissions {
            if !known.contains(permission) {
                known.insert(permission.clone());
            }
        }
    }
}

impl Key {
    fn of(call: &Call) -> Self {
        Self {
            function: call.function.to_string(),
            service: call.service,
            action: call.action.clone(),
            resource: call.resource.clone(),
        }
    }
}
