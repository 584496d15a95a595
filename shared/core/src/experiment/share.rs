//! How many of how many, and how far two such shares are apart.

use serde::Serialize;

/// How many people there were, and how many of them did it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Share {
    /// All of them.
    pub people: u64,
    /// Those who did it.
    pub did: u64,
}

/// Where a figure lies with 95 % confidence.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Interval {
    /// The figure as it was counted.
    pub found: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// Of the standard normal distribution 95 % lie within so much on either side.
const Z: f64 = 1.959_963_984_540_054;

impl Share {
    /// From 0 to 1; 0 of nobody.
    pub fn rate(&self) -> f64 {
        float(self.did.min(self.people)) / float(self.people.max(1))
    }

    /// The share with its interval (Wilson, "Probable inference, the law of succession, and statistical inference",
    /// Journal of the American Statistical Association 22, 1927): good for few people and for rare deeds too.
    pub fn interval(&self) -> Interval {
        let (rate, people) = (self.rate(), float(self.people));
        if self.people == 0 {
            return Interval { found: 0.0, low: 0.0, high: 1.0 };
        }
        let squared = Z * Z / people;
        let middle = rate + squared / 2.0;
        let half = Z * (rate * (1.0 - rate) / people + squared / (4.0 * people)).sqrt();
        let [low, high] = [middle - half, middle + half].map(|end| (end / (1.0 + squared)).clamp(0.0, 1.0));
        // At none and at all, rounding must not put the share outside of its own interval.
        Interval { found: rate, low: low.min(rate), high: high.max(rate) }
    }
}

/// By how much the first share is above the second (Newcombe, "Interval estimation for the difference between independent
/// proportions: comparison of eleven methods", Statistics in Medicine 17, 1998: method 10, from the two intervals by
/// Wilson).
pub fn difference(one: &Share, other: &Share) -> Interval {
    let (one, other) = (one.interval(), other.interval());
    let found = one.found - other.found;
    let below = (one.found - one.low).hypot(other.high - other.found);
    let above = (one.high - one.found).hypot(other.found - other.low);
    Interval { found, low: found - below, high: found + above }
}

impl Interval {
    /// Whether nothing speaks against there being no difference.
    pub fn has_zero(&self) -> bool {
        self.low <= 0.0 && 0.0 <= self.high
    }
}

#[expect(clippy::cast_precision_loss, reason = "no experiment has so many people")]
fn float(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn share(did: u64, people: u64) -> Share {
        Share { people, did }
    }

    /// The examples of the paper's table II, method 10, to its four digits.
    #[test]
    fn as_published() {
        let published = [
            ((56, 70), (48, 80), (0.0524, 0.3339)),
            ((9, 10), (3, 10), (0.1705, 0.8090)),
            ((6, 7), (2, 7), (0.0582, 0.8062)),
            ((5, 56), (0, 29), (-0.0381, 0.1926)),
            ((0, 10), (0, 20), (-0.1611, 0.2775)),
            ((0, 10), (0, 10), (-0.2775, 0.2775)),
            ((10, 10), (0, 20), (0.6791, 1.0000)),
            ((10, 10), (0, 10), (0.6075, 1.0000)),
        ];
        for ((did, people), (other_did, other_people), (low, high)) in published {
            let found = difference(&share(did, people), &share(other_did, other_people));
            let off = (found.low - low).abs().max((found.high - high).abs());
            assert!(off < 0.000_051, "{did}/{people} - {other_did}/{other_people}: {found:?}");
        }
    }

    #[test]
    fn of_nobody_nothing_is_known() {
        let nobody = Share::default().interval();
        assert!(nobody.low.abs() < 1e-12 && (nobody.high - 1.0).abs() < 1e-12);
        assert!(difference(&Share::default(), &share(3, 4)).has_zero());
    }

    proptest! {
        #[test]
        fn an_interval_holds_what_was_counted_and_turns_with_its_sides(
            (people, did) in (1..5_000_u64).prop_flat_map(|people| (Just(people), 0..=people)),
            (others, others_did) in (1..5_000_u64).prop_flat_map(|people| (Just(people), 0..=people)),
        ) {
            let (one, other) = (share(did, people), share(others_did, others));
            let alone = one.interval();
            prop_assert!(0.0 <= alone.low && alone.low <= alone.found && alone.found <= alone.high && alone.high <= 1.0);
            let (there, back) = (difference(&one, &other), difference(&other, &one));
            prop_assert!(there.low <= there.found && there.found <= there.high);
            prop_assert!(-1.0 <= there.low && there.high <= 1.0);
            prop_assert!((there.low + back.high).abs() < 1e-12 && (there.high + back.low).abs() < 1e-12);
            let tenfold = difference(&share(did * 10, people * 10), &share(others_did * 10, others * 10));
            prop_assert!(tenfold.high - tenfold.low < there.high - there.low);
        }
    }
}
