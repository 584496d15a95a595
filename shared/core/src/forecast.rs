//! What somebody is likely to buy from now on, by parameters that were fitted to the whole shop.
//!
//! Purchases by BG/NBD (Fader, Hardie and Lee, "Counting your customers" the easy way, *Marketing Science* 24(2), 2005),
//! money by gamma-gamma (Fader and Hardie, *The gamma-gamma model of monetary value*, 2013). `rihla-forecast` fits them.

mod hypergeometric;
mod range;

use serde::{Deserialize, Serialize};

use crate::history::{History, days_between};
use crate::instant::Instant;
use hypergeometric::hypergeometric;

/// Days of a week: the models' unit of time is the week, as in the papers.
const WEEK_DAYS: f64 = 7.0;

/// The weeks of the next twelve months.
pub const YEAR_WEEKS: f64 = 365.0 / WEEK_DAYS;

/// The parameters of BG/NBD. While somebody is a customer they buy at a rate of their own, and after each purchase they
/// may be gone for good.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Purchasing {
    /// Shape of the rates' gamma distribution.
    pub r: f64,
    /// Its scale, in weeks.
    pub alpha: f64,
    /// First shape of the beta distribution of the chance to be gone after a purchase.
    pub a: f64,
    /// Its second shape.
    pub b: f64,
}

/// The parameters of gamma-gamma: what a purchase costs varies about a mean of the buyer's own.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spending {
    /// Shape of a buyer's purchases.
    pub p: f64,
    /// Shape of the buyers' rates.
    pub q: f64,
    /// Scale of the buyers' rates, in the unit of the money.
    pub gamma: f64,
}

/// When somebody bought, in the models' terms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bought {
    /// How many purchases came after the first.
    pub repeats: f64,
    /// Weeks from the first purchase to the last.
    pub recency: f64,
    /// Weeks from the first purchase to now.
    pub age: f64,
}

impl Bought {
    /// Of that history, at `now`.
    pub fn by(history: &History, now: Instant) -> Self {
        let age = days_between(history.first, now) / WEEK_DAYS;
        let recency = (history.span_days() / WEEK_DAYS).min(age);
        Self { repeats: f64::from(history.gaps()), recency, age }
    }
}

impl Purchasing {
    /// The probability that somebody is still a customer (Fader, Hardie and Lee, 2008, *Computing P(alive) using the
    /// BG/NBD model*). One who bought once is, in this model.
    pub fn alive(&self, bought: &Bought) -> f64 {
        let Self { r, alpha, a, b } = *self;
        let Bought { repeats, recency, age } = *bought;
        if repeats <= 0.0 {
            return 1.0;
        }
        let silence = (r + repeats) * ((alpha + age) / (alpha + recency)).ln();
        1.0 / (1.0 + a / (b + repeats - 1.0) * silence.exp())
    }

    /// How many purchases are expected of somebody in the next `weeks` (the paper's equation 10).
    pub fn expected(&self, bought: &Bought, weeks: f64) -> f64 {
        self.expected_while_alive(bought.repeats, bought.age, weeks) * self.alive(bought)
    }

    /// How many repeat purchases are expected of a new customer in the first `weeks` (the paper's equation 9).
    pub fn expected_of_new(&self, weeks: f64) -> f64 {
        self.expected_while_alive(0.0, 0.0, weeks)
    }

    /// Euler's transformation of the paper's ₂F₁ cancels the factor before it but for `(1 - z)^(a - 1)`, so that nothing
    /// overflows and the series has small terms, whatever the number of purchases.
    fn expected_while_alive(&self, repeats: f64, age: f64, weeks: f64) -> f64 {
        let Self { r, alpha, b, .. } = *self;
        // The formula's limit at 1 is finite, and it is smooth: a step beside it costs nine digits after the point.
        let a = if (self.a - 1.0).abs() < 1e-6 { 1.0 + 1e-6 } else { self.a };
        let z = weeks / (alpha + age + weeks);
        let series = hypergeometric(a + b - 1.0 - r, a - 1.0, a + b + repeats - 1.0, z);
        (a + b + repeats - 1.0) / (a - 1.0) * (1.0 - (1.0 - z).powf(a - 1.0) * series)
    }
}

impl Spending {
    /// What a purchase of somebody is expected to cost, who made `purchases` for `mean` each: between the shop's mean and
    /// their own, the nearer to their own the more there were.
    pub fn expected(&self, purchases: f64, mean: f64) -> f64 {
        let Self { p, q, gamma } = *self;
        p * (gamma + purchases * mean) / (p * purchases + q - 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// As published for the CDNOW data (Fader, Hardie and Lee, 2005, table 2).
    const CDNOW: Purchasing = Purchasing { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };

    fn about(value: f64, expected: f64, off: f64) {
        assert!((value / expected - 1.0).abs() < off, "{value} is not {expected}");
    }

    /// Fader, Hardie and Lee, *Implementing the BG/NBD model for customer base analysis in Excel*, 2005: made from
    /// parameters of more than the three digits that are published.
    #[test]
    fn purchases_are_as_published() {
        let bought = Bought { repeats: 2.0, recency: 30.43, age: 38.86 };
        about(CDNOW.expected(&bought, 39.0), 1.226, 5e-4);
        let published = [
            (0.1429, 0.0078),
            (1.0, 0.0532),
            (3.0, 0.1506),
            (31.8571, 1.0405),
            (32.0, 1.0437),
            (78.0, 1.8576),
        ];
        for (weeks, expected) in published {
            about(CDNOW.expected_of_new(weeks), expected, 5e-3);
        }
    }

    /// With the note's parameters 6.25, 3.74 and 15.44: the mean over all buyers is `p γ / (q - 1)`.
    #[test]
    fn money_lies_between_the_shops_mean_and_the_buyers_own() {
        let spending = Spending { p: 6.25, q: 3.74, gamma: 15.44 };
        about(spending.expected(0.0, 0.0), 35.22, 1e-4);
        about(spending.expected(1.0, 35.22), 35.22, 1e-4);
        about(spending.expected(1_000.0, 20.0), 20.0, 1e-3);
        assert!(spending.expected(2.0, 20.0) < spending.expected(1.0, 20.0));
    }

    fn shop() -> impl Strategy<Value = Purchasing> {
        (0.05..5.0_f64, 0.5..60.0_f64, 0.1..5.0_f64, 0.2..20.0_f64).prop_map(|(r, alpha, a, b)| Purchasing {
            r,
            alpha,
            a,
            b,
        })
    }

    fn bought() -> impl Strategy<Value = Bought> {
        (0..300_u32, 0.0..1.0_f64, 0.1..500.0_f64).prop_map(|(repeats, share, age)| {
            let recency = if repeats == 0 { 0.0 } else { share * age };
            Bought { repeats: f64::from(repeats), recency, age }
        })
    }

    proptest! {
        /// Who is a customer at the rate that they are thought to have buys that much and no more.
        #[test]
        fn expectations_are_finite_and_grow_with_time_but_no_faster(shop in shop(), bought in bought()) {
            let alive = shop.alive(&bought);
            prop_assert!((0.0..=1.0).contains(&alive));
            let rate = (shop.r + bought.repeats) / (shop.alpha + bought.age);
            let mut before = 0.0;
            for weeks in [1.0, 10.0, 52.0, 200.0] {
                let expected = shop.expected(&bought, weeks);
                prop_assert!(expected >= before && expected <= alive * rate * weeks + 1e-6, "{expected} in {weeks}");
                before = expected;
            }
        }

        #[test]
        fn around_one_nothing_jumps(shop in shop(), bought in bought()) {
            let [below, at, above] = [1.0 - 2e-6, 1.0, 1.0 + 2e-6]
                .map(|a| Purchasing { a, ..shop }.expected_while_alive(bought.repeats, bought.age, 52.0));
            prop_assert!((below / at - 1.0).abs() < 1e-4 && (above / at - 1.0).abs() < 1e-4);
        }
    }
}
