//! What the totals of a profile count for single orders, for as long as the two may be out of step.
//!
//! An order is written first, with what it owes to the totals, and the profile after it. Where the second write never
//! happened, the delivery comes again, or a later one finds what is owed; where it did, the profile says so.

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

/// What an order that was written first owes: the totals may still count what they counted before that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owed {
    /// What they counted for it.
    pub counted: Totals,
    /// When the order was written.
    pub since: Earliest,
}

/// In which order a profile and an order are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Writes {
    /// The totals are in step: the profile, if it changed, and then the order.
    ProfileFirst,
    /// The order, which owes this, and then the profile.
    OrderFirst(Owed),
    /// Both or none.
    Together,
}

/// How long a delivery may take to come again: a message lives for 14 days in a dead-letter queue.
const KEPT: Wait = Wait::days(15);

/// Of how many orders it is kept: a profile of more than 1 KB costs twice, and the record that a till keeps for all its
/// nameless buyers would grow without end.
const ORDERS_AT_MOST: usize = 4;

impl Counted {
    /// What the totals count for the order, of which they counted `before` as far as it says itself.
    pub fn of(&self, order: &OrderKey, owed: Option<&Owed>, before: &Totals, now: Instant) -> Totals {
        let noted = self.0.get(&order.to_string()).map(|(counted, _)| counted);
        let owed = owed.filter(|owed| owed.is_open(now)).map(|owed| &owed.counted);
        noted.or(owed).unwrap_or(before).clone()
    }

    /// Notes that from `now` on the totals count this for the order. Gives whether there was room for it.
    pub fn note(&mut self, order: &OrderKey, counted: Totals, now: Instant) -> bool {
        self.0.retain(|_, (_, since)| now < since.0.after(KEPT));
        let key = order.to_string();
        let has_room = self.0.len() < ORDERS_AT_MOST || self.0.contains_key(&key);
        if has_room {
            self.0.insert(key, (counted, Earliest(now)));
        }
        has_room
    }

    /// Whether nothing is noted.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Owed {
    /// Whether it may still be owed: after that, no delivery comes again that could not have paid it.
    pub fn is_open(&self, now: Instant) -> bool {
        now < self.since.0.after(KEPT)
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
    fn what_is_noted_outweighs_what_is_owed_and_that_what_the_order_says() {
        let start = Instant::from_seconds(1_000_000);
        let owed = Owed { counted: totals(3), since: Earliest(start) };
        let mut counted = Counted::default();
        assert_eq!(counted.of(&order(1), None, &totals(5), start), totals(5));
        assert_eq!(counted.of(&order(1), Some(&owed), &totals(5), start), totals(3));
        assert!(counted.note(&order(1), totals(5), start));
        assert_eq!(counted.of(&order(1), Some(&owed), &totals(7), start), totals(5));
        let later = start.after(KEPT);
        assert_eq!(Counted::default().of(&order(1), Some(&owed), &totals(5), later), totals(5));
    }

    #[test]
    fn a_record_with_very_many_orders_does_not_grow() {
        let start = Instant::from_seconds(1_000_000);
        let mut counted = Counted::default();
        assert!((0..ORDERS_AT_MOST).all(|number| counted.note(&order(number), totals(5), start)));
        assert!(!counted.note(&order(99), totals(5), start));
        assert!(counted.note(&order(3), totals(6), start), "it is noted already");
        assert!(counted.note(&order(99), totals(5), start.after(KEPT)), "the others are old");
    }
}
