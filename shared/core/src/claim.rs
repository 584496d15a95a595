//! Claims: no message is sent without one.

use serde::{Deserialize, Serialize};

use crate::event::Purpose;
use crate::follow_up::FollowUpKey;
use crate::instant::{Instant, Wait};
use crate::lattice::{Earliest, Join};

/// A follow-up that somebody is sending, or has sent: written on the profile, under a condition, before the send.
/// Stored as a list, because a profile of more than 1 KB costs twice.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "Stored", into = "Stored")]
pub struct Claim {
    /// When it was claimed.
    pub at: Instant,
    /// Which attempt claimed it: only this one may send.
    pub by: String,
    /// What the message is for, for the distance between messages.
    pub purpose: Purpose,
    /// Until when it must be kept: after that the follow-up has expired and is not sent in any case.
    pub keep_until: Instant,
    /// The ledger's key, where the claim stands under another: what a person gets once is claimed for all orders.
    pub follow_up: Option<FollowUpKey>,
}

type Stored = (Earliest, String, Purpose, Earliest, Option<FollowUpKey>);

impl From<Stored> for Claim {
    fn from((at, by, purpose, keep_until, follow_up): Stored) -> Self {
        Self { at: at.0, by, purpose, keep_until: keep_until.0, follow_up }
    }
}

impl From<Claim> for Stored {
    fn from(claim: Claim) -> Self {
        (Earliest(claim.at), claim.by, claim.purpose, Earliest(claim.keep_until), claim.follow_up)
    }
}

impl Join for Claim {
    fn join(&mut self, other: Self) {
        if other < *self {
            *self = other;
        }
    }
}

/// How long a claim is taken for one that is being worked on. The function that sends is stopped after 30 seconds.
pub const LEASE: Wait = Wait::seconds(60);

impl Claim {
    /// Whether the attempt that made it may still be sending.
    pub fn is_fresh(&self, now: Instant) -> bool {
        now < self.at.after(LEASE)
    }

    /// Whether nothing depends on it any more.
    pub fn is_stale(&self, now: Instant) -> bool {
        now > self.keep_until
    }

    /// Whether it was made for this entry of the ledger, and not for another order's.
    pub fn is_for(&self, key: &FollowUpKey) -> bool {
        self.follow_up.as_ref().is_none_or(|claimed| claimed == key)
    }
}
