//! What the totals of a profile count for single orders, for as long as the two may be out of step.
//!
//! The profile is written first and the order after it. Where the second write never happened, the delivery comes again
//! and finds here what was counted for the order already.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::instant::{Instant, Wait};
use crate::lattice::Earliest;
use crate::order::OrderKey;
use crate::totals::Totals;

/// What is counted for which order, and since when.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Counted(BTreeMap<String, (Totals, Earliest)>);

/// How long a delivery may take to come again: a message lives for 14 days in a dead-letter queue.
const KEPT: Wait = Wait::days(15);

/// Of how many orders it is kept: a profile of more than 1 KB costs twice, and the record that a till keeps for all its
/// nameless buyers would grow without end.
const ORDERS_AT_MOST: usize = 4;

impl Counted {
    /// Notes that the totals count `now_counted` for the order from `now` on. Gives what they counted before: `before` is
    /// what the order as it was written last adds up to. `None` where no more can be noted: then the profile and the
    /// order have to be written together.
    pub fn note(
        &mut self,
        order: &OrderKey,
        before: Totals,
        now_counted: Totals,
        now: Instant,
    ) -> Option<Totals> {
        self.0.retain(|_, (_, since)| now < since.0.after(KEPT));
        let key = order.to_string();
        if self.0.len() >= ORDERS_AT_MOST && !self.0.contains_key(&key) {
            return None;
        }
        let known = self.0.insert(key, (now_counted, Earliest(now)));
        Some(known.map_or(before, |(counted, _)| counted))
    }

    /// Whether nothing is noted.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(number: usize) -> OrderKey {
        format!("shop#{number}").parse().unwrap()
    }

    fn totals(minor: i64) -> Totals {
        serde_json::from_value(serde_json::json!({ "GBP": { "orders": 1, "net_minor": minor } })).unwrap()
    }

    #[test]
    fn what_was_counted_is_known_until_no_delivery_can_come_again() {
        let start = Instant::from_seconds(1_000_000);
        let mut counted = Counted::default();
        assert_eq!(counted.note(&order(1), totals(0), totals(5), start), Some(totals(0)));
        let later = start.after(Wait::days(14));
        assert_eq!(counted.clone().note(&order(1), totals(0), totals(7), later), Some(totals(5)));
        let much_later = start.after(Wait::days(15));
        assert_eq!(counted.note(&order(1), totals(6), totals(7), much_later), Some(totals(6)));
    }

    #[test]
    fn a_record_with_very_many_orders_does_not_grow() {
        let start = Instant::from_seconds(1_000_000);
        let mut counted = Counted::default();
        for number in 0..ORDERS_AT_MOST {
            assert!(counted.note(&order(number), totals(0), totals(5), start).is_some());
        }
        assert_eq!(counted.note(&order(99), totals(0), totals(5), start), None);
        assert_eq!(counted.note(&order(3), totals(0), totals(6), start), Some(totals(5)));
        assert!(counted.note(&order(99), totals(0), totals(5), start.after(KEPT)).is_some());
    }
}
