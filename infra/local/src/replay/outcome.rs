//! What should have come of a replay, worked out from the input and the mailbox alone.
//!
//! Nothing here uses the code that records, decides or sends: a fault there shows here as a number above 0.

mod facts;
mod follow_ups;
#[cfg(test)]
mod tests;
mod twice;

pub use facts::{OrderFacts, order_facts};
pub use follow_ups::{Ended, EndedAs, OwedJourney, orders_owed_a_follow_up};
pub use twice::{SentMail, messages_twice};

use std::collections::BTreeMap;

/// What got lost: each with a line for a person to read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lost {
    /// Orders of the input that are not on record, or not with the facts that the input tells.
    pub orders: Vec<String>,
    /// Follow-ups that should have come to an end and did not.
    pub follow_ups: Vec<String>,
    /// Mails that the ledger calls sent and that the mailbox does not have.
    pub mails: Vec<String>,
}

impl Lost {
    /// How many things got lost.
    pub fn count(&self) -> usize {
        self.orders.len() + self.follow_ups.len() + self.mails.len()
    }
}

/// Compares what the input tells ([`order_facts`]) and what is owed for it ([`orders_owed_a_follow_up`], for each of
/// the `journeys` that follow every delivered order) with what is on record at the end.
pub fn lost(
    told: &BTreeMap<String, OrderFacts>,
    on_record: &BTreeMap<String, OrderFacts>,
    owed: &BTreeMap<String, String>,
    journeys: &[OwedJourney],
    ended: &[Ended],
    mails: &[SentMail],
) -> Lost {
    Lost {
        orders: facts::missing(told, on_record),
        follow_ups: follow_ups::missing(owed, journeys, ended),
        mails: follow_ups::without_mail(ended, mails),
    }
}
