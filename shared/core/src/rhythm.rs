//! How often somebody buys: a person's own gaps between purchases, and the shop's where there are few of them.
//!
//! While somebody is a customer they buy at a rate of their own, and the rates of a shop's customers are gamma
//! distributed: the gamma-Poisson model (Ehrenberg, *The pattern of consumer purchases*, Applied Statistics 8(1), 1959),
//! which BG/NBD fits, too, telling who is slow from who has left. So the expected rate of a person is a weighted mean of
//! the shop's and their own, and a silence follows a Lomax distribution (Lomax, 1954).

use serde::{Deserialize, Serialize};

use crate::forecast::Purchasing;
use crate::history::History;
use crate::instant::Wait;

const DAY_MILLISECONDS: f64 = 86_400_000.0;
const WEEK_DAYS: f64 = 7.0;

/// How long a shop's customers take to buy again.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShopRhythm {
    /// The usual gap between two purchases, in days: one by the mean rate.
    pub gap_days: f64,
    /// How many gaps of a person's own it counts for.
    pub weight: f64,
}

/// How often somebody buys.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rhythm {
    /// Shape of the gamma distribution of the rates that they may have, and of the Lomax distribution of silences.
    shape: f64,
    /// Its scale, in days.
    scale_days: f64,
}

impl Default for ShopRhythm {
    /// Of a shop that is too young for a fit: three months, which count for one gap of a person's own.
    fn default() -> Self {
        Self { gap_days: 90.0, weight: 1.0 }
    }
}

impl From<&Purchasing> for ShopRhythm {
    /// Where all customers are alike, the shop's rhythm still gives way to twenty gaps of a person's own.
    fn from(shop: &Purchasing) -> Self {
        Self { gap_days: WEEK_DAYS * shop.alpha / shop.r, weight: shop.r.clamp(0.1, 20.0) }
    }
}

impl Rhythm {
    /// Who has been silent for so many usual gaps is not waited for: silences that end, end before.
    const GAPS_WAITED_FOR: f64 = 4.0;

    /// Of a person in a shop.
    pub fn of(history: &History, shop: &ShopRhythm) -> Self {
        let scale_days = shop.weight * shop.gap_days + history.span_days();
        Self { shape: shop.weight + f64::from(history.gaps()), scale_days }
    }

    /// The usual gap: `(weight × shop's gap + sum of own gaps) / (weight + number of own gaps)`.
    pub fn usual_gap_days(&self) -> f64 {
        self.scale_days / self.shape
    }

    /// Of how many silences of such a customer one lasts longer than so many days: `(scale / (scale + days))^shape`.
    pub fn share_longer(&self, days: f64) -> f64 {
        (self.scale_days / (self.scale_days + days.max(0.0))).powf(self.shape)
    }

    /// How long the silence is than which only this share is longer, of those silences that end within four usual gaps.
    pub fn silence(&self, share_longer: f64) -> Wait {
        let never = self.share_longer(Self::GAPS_WAITED_FOR * self.usual_gap_days());
        let share = share_longer + (1.0 - share_longer) * never;
        let days = self.scale_days * (share.powf(-1.0 / self.shape) - 1.0);
        #[expect(clippy::cast_possible_truncation, reason = "what is too long goes to the calendar's edge")]
        Wait::milliseconds_of((days * DAY_MILLISECONDS).ceil() as i64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::days_between;
    use crate::instant::Instant;
    use proptest::prelude::*;

    fn history(occasions: u32, span_days: i64) -> History {
        let first = Instant::from_seconds(1_700_000_000);
        History { occasions, first, last: first.after(Wait::days(span_days)) }
    }

    const SHOP: ShopRhythm = ShopRhythm { gap_days: 60.0, weight: 2.0 };

    #[test]
    fn a_persons_own_gaps_outweigh_the_shops_the_more_there_are() {
        let usual = |occasions, span| Rhythm::of(&history(occasions, span), &SHOP).usual_gap_days();
        assert!((usual(1, 0) - 60.0).abs() < 1e-9);
        // (2 × 60 + 30) / (2 + 1), and so on, towards a gap of 30 days.
        assert!((usual(2, 30) - 50.0).abs() < 1e-9);
        assert!((usual(3, 60) - 45.0).abs() < 1e-9);
        assert!((usual(101, 3_000) - 30.0).abs() < 1.0);
    }

    #[test]
    fn a_shops_rhythm_is_that_of_its_fit() {
        let fit = Purchasing { r: 0.5, alpha: 6.0, a: 1.0, b: 2.0 };
        let rhythm = ShopRhythm::from(&fit);
        assert!((rhythm.gap_days - 84.0).abs() < 1e-9 && (rhythm.weight - 0.5).abs() < 1e-9);
    }

    proptest! {
        /// By counting: of so many silences drawn evenly, those that end within four gaps, and the longer ones of them.
        #[test]
        fn silences_are_as_long_as_their_shares_say(
            occasions in 1..40_u32, span in 0..2_000_i64, share in 0.02..0.98_f64,
        ) {
            let rhythm = Rhythm::of(&history(occasions, span), &SHOP);
            let start = Instant::from_seconds(0);
            let limit = days_between(start, start.after(rhythm.silence(share)));
            let drawn = (0..10_000).map(|step| (f64::from(step) + 0.5) / 10_000.0);
            let silences = drawn.map(|share| rhythm.scale_days * (share.powf(-1.0 / rhythm.shape) - 1.0));
            let ended: Vec<f64> = silences.filter(|days| *days < 4.0 * rhythm.usual_gap_days()).collect();
            let longer = ended.iter().filter(|days| **days > limit).count();
            let [longer, ended] = [longer, ended.len()].map(|count| f64::from(u32::try_from(count).unwrap()));
            prop_assert!((longer / ended - share).abs() < 0.001, "{longer} of {ended}, {rhythm:?}");
        }
    }
}
