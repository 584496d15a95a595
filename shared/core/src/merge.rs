//! Two customers who turn out to be one person: a link, never a move.

use serde::{Deserialize, Serialize};

use crate::instant::Instant;
use crate::lattice::{Earliest, Join};
use crate::source::SourceId;

/// Why a customer was linked to another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Merged {
    /// When.
    pub at: Earliest,
    /// The source whose event carried the identifiers of both.
    pub source: SourceId,
    /// The kinds of the identifiers that it carried, such as `email, customer`.
    pub identifiers: String,
}

impl Join for Merged {
    fn join(&mut self, other: Self) {
        if other < *self {
            *self = other;
        }
    }
}

impl Merged {
    /// The reason in a sentence.
    pub fn reason(&self) -> String {
        let at: Instant = self.at.0;
        format!("one event of {} carried identifiers of both ({}), {at}", self.source, self.identifiers)
    }
}
