//! How often somebody buys: a person's own gaps between purchases, and the shop's where there are few of them.
//!
//! Gaps of one person are taken as exponential, and persons' mean gaps as inverse-gamma distributed over the shop: the
//! conjugate pair, so that what is expected of a person is a weighted mean of the shop's gap and the person's own
//! (Bühlmann, *Experience rating and credibility*, 1967; Gelman et al., *Bayesian Data Analysis*, 2.6), and how long a
//! silence is to be expected follows a Lomax distribution (Lomax, 1954).

use serde::{Deserialize, Serialize};

use crate::buying_days::BuyingDays;
use crate::instant::{Instant, Wait};

const DAY_MILLISECONDS: f64 = 86_400_000.0;

/// All gaps between buying days of a shop's customers: sums, to which a gap can be added and from which it can be taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gaps {
    /// How many.
    pub count: i64,
    /// Their days.
    pub days: i64,
    /// The squares of their days.
    pub squares: i64,
}

/// How long a shop's customers take to buy again.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShopRhythm {
    /// The mean gap between two purchases, in days.
    pub gap_days: f64,
    /// How many gaps of a person's own it outweighs.
    pub weight: f64,
}

/// When somebody bought, as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct History {
    /// How many buying days: at least one.
    pub occasions: u32,
    /// The first of them.
    pub first: Instant,
    /// The last of them.
    pub last: Instant,
}

/// How long somebody is likely to take to buy again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rhythm {
    /// Shape of the Lomax distribution: more than 2.
    shape: f64,
    /// Its scale, in days.
    scale_days: f64,
}

impl Gaps {
    /// One gap of so many days.
    pub fn of(days: i64) -> Self {
        Self { count: 1, days, squares: days.saturating_mul(days) }
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            count: self.count.saturating_add(other.count),
            days: self.days.saturating_add(other.days),
            squares: self.squares.saturating_add(other.squares),
        }
    }
}

impl Default for ShopRhythm {
    /// Of a shop that is too young to have one: three months, which two gaps of a person's own outweigh.
    fn default() -> Self {
        Self { gap_days: 90.0, weight: 2.0 }
    }
}

impl ShopRhythm {
    /// So many gaps make a rhythm.
    pub const GAPS_AT_LEAST: i64 = 30;
    /// Where all customers are alike, the shop's rhythm still gives way to twenty gaps of a person's own.
    const WEIGHT_AT_MOST: f64 = 20.0;

    /// By the moments of the Lomax distribution: of shape `s` its squared coefficient of variation is `s / (s - 2)`, and
    /// the weight is `s - 1`.
    pub fn of(gaps: &Gaps) -> Self {
        if gaps.count < Self::GAPS_AT_LEAST || gaps.days <= 0 {
            return Self::default();
        }
        let [count, days, squares] = [gaps.count, gaps.days, gaps.squares].map(float);
        let gap_days = days / count;
        let variation = squares / count / (gap_days * gap_days) - 1.0;
        let shape = 2.0 * variation / (variation - 1.0);
        let weight = if variation > 1.0 { shape - 1.0 } else { Self::WEIGHT_AT_MOST };
        Self { gap_days, weight: weight.min(Self::WEIGHT_AT_MOST) }
    }
}

impl History {
    /// Of what the totals know; none where nothing was bought.
    pub fn of(days: &BuyingDays) -> Option<Self> {
        let (first, last) = days.first().zip(days.last())?;
        Some(Self { occasions: days.occasions().max(1), first, last })
    }

    /// Gaps between its buying days.
    pub fn gaps(&self) -> u32 {
        self.occasions.saturating_sub(1)
    }

    /// From the first buying day to the last: the sum of all gaps.
    pub fn span_days(&self) -> f64 {
        days_between(self.first, self.last)
    }
}

impl Rhythm {
    /// Of a person in a shop.
    pub fn of(history: &History, shop: &ShopRhythm) -> Self {
        let scale_days = shop.weight * shop.gap_days + history.span_days();
        Self { shape: shop.weight + 1.0 + f64::from(history.gaps()), scale_days }
    }

    /// The expected gap: `(weight × shop's gap + own gaps' sum) / (weight + own gaps' number)`.
    pub fn expected_gap_days(&self) -> f64 {
        self.scale_days / (self.shape - 1.0)
    }

    /// Of how many silences of such a person one lasts longer than so many days: `(scale / (scale + days))^shape`.
    pub fn share_longer(&self, days: f64) -> f64 {
        (self.scale_days / (self.scale_days + days.max(0.0))).powf(self.shape)
    }

    /// How long the silence is than which only this share of such silences are longer.
    pub fn silence(&self, share_longer: f64) -> Wait {
        let days = self.scale_days * (share_longer.powf(-1.0 / self.shape) - 1.0);
        #[expect(clippy::cast_possible_truncation, reason = "what is too long goes to the calendar's edge")]
        Wait::milliseconds_of((days * DAY_MILLISECONDS).ceil() as i64)
    }
}

/// Days from the one moment to the other; none where it is not after it.
pub fn days_between(from: Instant, until: Instant) -> f64 {
    float(until.milliseconds().saturating_sub(from.milliseconds()).max(0)) / DAY_MILLISECONDS
}

#[expect(clippy::cast_precision_loss, reason = "exact up to nine thousand billion, and then only nearly")]
fn float(number: i64) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn history(occasions: u32, span_days: i64) -> History {
        let first = Instant::from_seconds(1_700_000_000);
        History { occasions, first, last: first.after(Wait::days(span_days)) }
    }

    const SHOP: ShopRhythm = ShopRhythm { gap_days: 60.0, weight: 2.0 };

    #[test]
    fn a_persons_own_gaps_outweigh_the_shops_the_more_there_are() {
        let expected = |occasions, span| Rhythm::of(&history(occasions, span), &SHOP).expected_gap_days();
        assert!((expected(1, 0) - 60.0).abs() < 1e-9);
        // (2 × 60 + 30) / (2 + 1), and so on, towards a gap of 30 days.
        assert!((expected(2, 30) - 50.0).abs() < 1e-9);
        assert!((expected(3, 60) - 45.0).abs() < 1e-9);
        assert!((expected(101, 3_000) - 30.0).abs() < 1.0);
    }

    #[test]
    fn a_shops_rhythm_is_that_of_its_gaps() {
        assert_eq!(ShopRhythm::of(&Gaps { count: 29, days: 29, squares: 29 }), ShopRhythm::default());
        let alike = (0..100).map(|_| Gaps::of(30)).fold(Gaps::default(), Gaps::plus);
        assert_eq!(ShopRhythm::of(&alike), ShopRhythm { gap_days: 30.0, weight: 20.0 });
        // Of shape 4 and scale 90: mean 30, variation 4 / 2 = 2, so the squares' mean is 900 × 3.
        let lomax = ShopRhythm::of(&Gaps { count: 1_000, days: 30_000, squares: 2_700_000 });
        assert!((lomax.gap_days - 30.0).abs() < 1e-9 && (lomax.weight - 3.0).abs() < 1e-9);
    }

    proptest! {
        /// The two functions are each other's inverse, and the mean of all silences is the expected gap.
        #[test]
        fn silences_are_as_long_as_their_shares_say(
            occasions in 1..40_u32, span in 0..2_000_i64, share in 0.01..0.99_f64,
        ) {
            let rhythm = Rhythm::of(&history(occasions, span), &SHOP);
            let days = float(rhythm.silence(share).milliseconds()) / DAY_MILLISECONDS;
            prop_assert!((rhythm.share_longer(days) - share).abs() < 1e-6);
            let shares = (0..2_000).map(|step| (f64::from(step) + 0.5) / 2_000.0);
            let days = shares.map(|share| float(rhythm.silence(share).milliseconds()) / DAY_MILLISECONDS);
            let mean = days.sum::<f64>() / 2_000.0;
            prop_assert!((mean / rhythm.expected_gap_days() - 1.0).abs() < 0.02, "{mean} {rhythm:?}");
        }
    }
}
