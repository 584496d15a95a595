//! A written week of Sidra, a small house-goods shop in Bristol whose customers read English or Arabic. It starts on a
//! Monday; parcels arrive into the week after. Everything that goes wrong in a real week goes wrong in it once.

mod carrier;
mod goods;
mod people;
#[cfg(test)]
mod tests;
mod till;
mod visits;
mod web;

pub(super) use goods::Product;
pub(super) use people::Customer;
pub use visits::sample_visits;

use rihla_core::instant::{Instant, Wait};

use super::Posted;

/// Monday, 2 November 2026, midnight in Bristol, where it is UTC in winter.
pub const STARTS_AT: &str = "2026-11-02T00:00:00Z";

/// All deliveries of the week, in the order in which they arrive.
pub fn sample_week() -> Vec<Posted> {
    let mut posted: Vec<Posted> = [web::deliveries(), carrier::deliveries(), till::deliveries()].concat();
    posted.sort_by_key(|delivery| delivery.at);
    posted
}

/// A day of the week; those of the week after follow on.
#[derive(Clone, Copy, Debug)]
struct Day(i64);

const MON: Day = Day(0);
const TUE: Day = Day(1);
const WED: Day = Day(2);
const THU: Day = Day(3);
const FRI: Day = Day(4);
const SAT: Day = Day(5);
const SUN: Day = Day(6);

impl Day {
    /// The same day of the week after.
    const fn next_week(self) -> Self {
        Self(self.0 + 7)
    }

    /// A time of the day by the clock in Bristol.
    fn at(self, hour: i64, minute: i64) -> Instant {
        let start: Instant = STARTS_AT.parse().expect("written as a moment");
        start.after(Wait::days(self.0)).after(Wait::seconds((hour * 60 + minute) * 60))
    }
}
