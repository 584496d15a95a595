//! How far what somebody buys may lie from what is expected of them.

use super::{Bought, Purchasing};

/// Nobody is thought to buy more often than that: a year has so many hours.
const PURCHASES_AT_MOST: u32 = 8_760;

impl Purchasing {
    /// The least number of purchases in the next `weeks` that is not exceeded with this probability.
    pub fn quantile(&self, bought: &Bought, weeks: f64, probability: f64) -> u32 {
        let more = self.more_than(bought, weeks);
        let number = more.take_while(|more| 1.0 - more < probability).count();
        u32::try_from(number).unwrap_or(PURCHASES_AT_MOST)
    }

    /// The probabilities of more than 0, 1, 2… purchases.
    ///
    /// Who is a customer buys as a Poisson process, whose rate is gamma distributed (shape `r + x`, scale `alpha + T`), until
    /// they leave after one of the purchases, with a chance that is beta distributed (`a`, `b + x`). Both are independent of
    /// one another: more than `k` were made where the process had more than `k`, and nobody left after the first `k`.
    fn more_than(&self, bought: &Bought, weeks: f64) -> impl Iterator<Item = f64> {
        let Self { r, alpha, a, b } = *self;
        let Bought { repeats, age, .. } = *bought;
        let (shape, odds) = (r + repeats, weeks / (alpha + age + weeks));
        let mut stayed = self.alive(bought);
        let mut exactly = (1.0 - odds).powf(shape);
        let mut at_most = exactly;
        (0..PURCHASES_AT_MOST).map(move |number| {
            let number = f64::from(number);
            let more = stayed * (1.0 - at_most).max(0.0);
            stayed *= (b + repeats + number) / (a + b + repeats + number);
            exactly *= (shape + number) / (number + 1.0) * odds;
            at_most += exactly;
            more
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// The mean of a count is the sum of the chances of more than 0, 1, 2…: the published expectation, by another way.
        #[test]
        fn the_range_is_about_what_is_expected(
            (r, alpha, a, b) in (0.05..5.0_f64, 0.5..60.0_f64, 0.1..5.0_f64, 0.2..20.0_f64),
            (repeats, share, age) in (0..60_u32, 0.0..1.0_f64, 1.0..300.0_f64),
        ) {
            let shop = Purchasing { r, alpha, a, b };
            let recency = if repeats == 0 { 0.0 } else { share * age };
            let bought = Bought { repeats: f64::from(repeats), recency, age };
            let mean: f64 = shop.more_than(&bought, 52.0).sum();
            let expected = shop.expected(&bought, 52.0);
            prop_assert!((mean - expected).abs() < 1e-5 * (1.0 + expected), "{mean} {expected}");
            let [low, high] = [0.1, 0.9].map(|share| shop.quantile(&bought, 52.0, share));
            prop_assert!(low <= high);
            let above: f64 = shop.more_than(&bought, 52.0).nth(high as usize).unwrap();
            prop_assert!(above <= 0.1 + 1e-9, "{above}");
        }
    }
}
