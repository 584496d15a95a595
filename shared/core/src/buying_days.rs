//! On which days somebody bought, in a bounded space.
//!
//! The totals of a profile are sums: what an order adds can be taken away again, whatever came in between. The first and
//! the last day are no sums, so some days at either end are kept one by one and those between them are only counted.

use serde::{Deserialize, Serialize};

use crate::instant::Instant;

/// The days of somebody's orders, by UTC. The first four and the last eight are known, the others are a number.
///
/// Up to twelve orders it is the same whatever order they are added and taken away in. Of more it knows the first day
/// and the last unless four of the first, or eight of the last, were called off one after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BuyingDays {
    /// Days since 1970, ascending, one for each order.
    #[serde(rename = "days")]
    known: Vec<i32>,
    /// Orders between the first days and the last that are not among them.
    #[serde(default, skip_serializing_if = "is_zero")]
    between: i64,
}

const FIRST: usize = 4;
const LAST: usize = 8;

impl BuyingDays {
    /// The day of one order.
    pub fn of(at: Instant) -> Self {
        let day = at.seconds().div_euclid(86_400);
        let day = i32::try_from(day).expect("the calendar's 10,000 years have four million days");
        Self { known: vec![day], between: 0 }
    }

    /// Both together.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        let mut known = [self.known.as_slice(), &other.known].concat();
        known.sort_unstable();
        let mut between = self.between.saturating_add(other.between);
        while known.len() > FIRST + LAST {
            known.remove(FIRST);
            between = between.saturating_add(1);
        }
        Self { known, between }
    }

    /// These without the others.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        let mut left = self.clone();
        left.between = left.between.saturating_sub(other.between);
        for day in &other.known {
            match left.known.binary_search(day) {
                Ok(index) => drop(left.known.remove(index)),
                Err(_) => left.between = left.between.saturating_sub(1),
            }
        }
        left
    }

    /// How many days they are: several orders of a day are one occasion, but for those that are only counted.
    pub fn occasions(&self) -> u32 {
        let mut days = self.known.clone();
        days.dedup();
        let days = i64::try_from(days.len()).unwrap_or(i64::MAX).saturating_add(self.between.max(0));
        u32::try_from(days).unwrap_or(u32::MAX)
    }

    /// The beginning of the first day.
    pub fn first(&self) -> Option<Instant> {
        self.known.first().map(|day| beginning(*day))
    }

    /// The beginning of the last day.
    pub fn last(&self) -> Option<Instant> {
        self.known.last().map(|day| beginning(*day))
    }

    /// Each of the known days with the number of occasions up to it. Of more than a dozen orders those between the first
    /// ones and the last are only counted, and stand before the first of the last.
    pub fn known(&self) -> Vec<(Instant, u32)> {
        let mut days = self.known.clone();
        days.dedup();
        let first_of_last = self.known.get(FIRST).filter(|_| self.between > 0);
        let before =
            |day: &i32| if first_of_last.is_some_and(|first| day >= first) { self.between } else { 0 };
        let up_to = |index: usize, day: &i32| {
            let occasions = i64::try_from(index + 1).unwrap_or(i64::MAX).saturating_add(before(day));
            u32::try_from(occasions).unwrap_or(u32::MAX)
        };
        days.iter().enumerate().map(|(index, day)| (beginning(*day), up_to(index, day))).collect()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty() && self.between == 0
    }
}

fn beginning(day: i32) -> Instant {
    Instant::from_seconds(i64::from(day) * 86_400)
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_zero(count: &i64) -> bool {
    *count == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn on(day: i32) -> BuyingDays {
        BuyingDays::of(beginning(day).after(crate::instant::Wait::hours(23)))
    }

    fn all(days: &[i32]) -> BuyingDays {
        days.iter().fold(BuyingDays::default(), |sum, day| sum.plus(&on(*day)))
    }

    proptest! {
        #[test]
        fn a_dozen_orders_are_known_whatever_is_added_and_taken_away_first(
            (kept, added) in prop::collection::vec((0..40_i32, any::<bool>()), 0..12)
                .prop_flat_map(|days| (Just(days.clone()), Just(days).prop_shuffle())),
        ) {
            let everything = all(&added.iter().map(|(day, _)| *day).collect::<Vec<_>>());
            let gone = added.iter().filter(|(_, stays)| !stays);
            let left = gone.fold(everything, |left, (day, _)| left.minus(&on(*day)));
            let mut kept: Vec<i32> = kept.iter().filter(|(_, stays)| *stays).map(|(day, _)| *day).collect();
            kept.sort_unstable();
            prop_assert_eq!(left.first(), kept.first().map(|day| beginning(*day)));
            prop_assert_eq!(left.last(), kept.last().map(|day| beginning(*day)));
            prop_assert_eq!(left, all(&kept));
        }

        #[test]
        fn of_hundreds_of_orders_the_first_the_last_and_the_number_are_known(
            days in prop::collection::vec(0..100_000_i32, 13..200),
        ) {
            let known = all(&days);
            prop_assert_eq!(known.first(), days.iter().min().map(|day| beginning(*day)));
            prop_assert_eq!(known.last(), days.iter().max().map(|day| beginning(*day)));
            prop_assert_eq!(known.known.len(), FIRST + LAST);
            prop_assert_eq!(known.between, i64::try_from(days.len() - FIRST - LAST).unwrap());
            let nothing = days.iter().fold(known, |left, day| left.minus(&on(*day)));
            prop_assert!(nothing.is_empty());
        }
    }

    #[test]
    fn two_orders_of_a_day_are_one_occasion() {
        assert_eq!(all(&[7, 7, 9]).occasions(), 2);
        assert_eq!(all(&[7, 7, 9]).minus(&on(7)).occasions(), 2);
        assert_eq!(all(&[]).occasions(), 0);
        assert_eq!(all(&(0..30).collect::<Vec<_>>()).occasions(), 30);
    }
}
