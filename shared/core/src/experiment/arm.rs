//! Who is in which arm: always the same for the same person, by no list that has to be kept.

use sha2::{Digest, Sha256};

use crate::identifier::CustomerId;

/// How a journey's people are divided.
#[derive(Clone, Copy, Debug)]
pub struct Experiment<'a> {
    /// The journey's name.
    pub journey: &'a str,
    /// What makes this division another one than the last: the journey's version, or the experiment's name.
    pub salt: &'a str,
    /// How many of a hundred get nothing.
    pub holdout_percent: u8,
    /// The variants' names; none where all get the same.
    pub variants: &'a [&'a str],
}

/// What somebody gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Arm<'a> {
    /// Nothing.
    HeldOut,
    /// The one message there is.
    Sent,
    /// This variant.
    Variant(&'a str),
}

impl<'a> Experiment<'a> {
    /// Somebody's arm. Whom the holdout takes depends on nothing but its share: a larger one takes the same people and
    /// more. A variant that is added takes people from the others, and nobody changes between those: each variant draws a
    /// number for each person, and the highest has them (Thaler and Ravishankar, "Using name-based mappings to increase
    /// hit rates", IEEE/ACM Transactions on Networking 6(1), 1998).
    pub fn arm(&self, customer: &CustomerId) -> Arm<'a> {
        // The lot is below 2^64 and the share of 2^64 is compared in whole numbers: no rounding.
        let lot = u128::from(self.lot("holdout", "", customer)) * 100;
        if lot < u128::from(self.holdout_percent.min(100)) << 64 {
            return Arm::HeldOut;
        }
        let highest = self.variants.iter().max_by_key(|name| (self.lot("variant", name, customer), **name));
        highest.map_or(Arm::Sent, |name| Arm::Variant(name))
    }

    fn lot(&self, what: &str, variant: &str, customer: &CustomerId) -> u64 {
        let mut hash = Sha256::new();
        for part in [self.journey, self.salt, what, variant, customer.as_str()] {
            // With its length before it, no two lists of parts are one text.
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        let bytes: [u8; 32] = hash.finalize().into();
        bytes.first_chunk().map_or(0, |first| u64::from_be_bytes(*first))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    const PEOPLE: u32 = 60_000;

    fn experiment<'a>(salt: &'a str, holdout_percent: u8, variants: &'a [&'a str]) -> Experiment<'a> {
        Experiment { journey: "review", salt, holdout_percent, variants }
    }

    fn arms<'a>(experiment: &Experiment<'a>) -> Vec<Arm<'a>> {
        (0..PEOPLE).map(|number| experiment.arm(&CustomerId::from_text(format!("{number:x}")))).collect()
    }

    /// The sum of (counted - expected)² / expected.
    fn chi_square(counts: &[u32], expected: &[f64]) -> f64 {
        let term = |(count, expected): (&u32, &f64)| (f64::from(*count) - expected).powi(2) / expected;
        counts.iter().zip(expected).map(term).sum()
    }

    #[test]
    fn people_are_divided_evenly() {
        let arms = arms(&experiment("1", 10, &["a", "b", "c"]));
        let mut counts: BTreeMap<Arm<'_>, u32> = BTreeMap::new();
        for arm in &arms {
            *counts.entry(*arm).or_default() += 1;
        }
        let counts: Vec<u32> = counts.into_values().collect();
        let people = f64::from(PEOPLE);
        let expected = [0.1, 0.3, 0.3, 0.3].map(|share| share * people);
        // 16.27 is exceeded once in a thousand (three degrees of freedom); the draw is the same each time.
        assert!(chi_square(&counts, &expected) < 16.27, "{counts:?}");
    }

    #[test]
    fn the_arms_of_two_journeys_have_nothing_to_do_with_each_other() {
        let one = experiment("1", 50, &[]);
        let pairs = [Experiment { journey: "newsletter", ..one }, experiment("2", 50, &[])];
        for other in pairs {
            let mut counts = [0_u32; 4];
            for (one, other) in arms(&one).iter().zip(arms(&other)) {
                counts[usize::from(*one == Arm::HeldOut) * 2 + usize::from(other == Arm::HeldOut)] += 1;
            }
            let expected = [f64::from(PEOPLE) / 4.0; 4];
            assert!(chi_square(&counts, &expected) < 16.27, "{counts:?}");
        }
    }

    #[test]
    fn a_new_variant_moves_as_few_as_can_be() {
        let before = arms(&experiment("1", 5, &["a", "b"]));
        let after = arms(&experiment("1", 5, &["c", "b", "a"]));
        let moved: Vec<_> = before.iter().zip(&after).filter(|(before, after)| before != after).collect();
        assert!(moved.iter().all(|(_, after)| **after == Arm::Variant("c")), "nobody moves from a to b");
        let third = f64::from(PEOPLE) * 0.95 / 3.0;
        let moved = f64::from(u32::try_from(moved.len()).unwrap());
        assert!((moved - third).abs() < 0.02 * third, "{moved} of {third}");
    }

    #[test]
    fn a_larger_holdout_takes_the_same_people_and_more() {
        let [none, few, more, all] =
            [0, 5, 20, 100].map(|percent| arms(&experiment("1", percent, &["a", "b"])));
        assert!(none.iter().all(|arm| *arm != Arm::HeldOut) && all.iter().all(|arm| *arm == Arm::HeldOut));
        for ((none, few), more) in none.iter().zip(&few).zip(&more) {
            assert!(*few == Arm::HeldOut || few == none);
            assert!(*more == Arm::HeldOut || more == few);
        }
        assert_eq!(arms(&experiment("1", 5, &[]))[7], arms(&experiment("1", 5, &[]))[7]);
    }
}
