//! Which hours of the calendar may hold looks: so that a clock that jumps need not ask for every idle hour.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

/// What the key of a look begins with in a request.
const LOOK: &str = "{\"S\":\"D#";
/// The length of an hour such as `2026-11-23T05`.
const HOUR_BYTES: usize = 13;

/// The hours that were written to since the process began.
#[derive(Debug, Default)]
pub(super) struct CalendarHours(Mutex<BTreeSet<String>>);

impl CalendarHours {
    /// Notes the hours into which a request writes looks.
    pub(super) fn note(&self, action: &str, body: &[u8]) {
        let writes = ["PutItem", "TransactWriteItems", "BatchExecuteStatement", "BatchWriteItem"];
        if !writes.contains(&action) {
            return;
        }
        let body = std::str::from_utf8(body).unwrap_or_default();
        for (place, _) in body.match_indices(LOOK) {
            if let Some(hour) = body.get(place + LOOK.len()..place + LOOK.len() + HOUR_BYTES) {
                self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(hour.to_owned());
            }
        }
    }

    /// Whether anything was written into `hour`.
    pub(super) fn contain(&self, hour: &str) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).contains(hour)
    }
}
