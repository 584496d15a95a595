//! How many customers spend alike.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::purchase_counts::float;

/// How many customers there are of each number of purchases and mean amount, this in steps of a sixteenth of a doubling.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<(Alike, u64)>", into = "Vec<(Alike, u64)>")]
pub struct SpendCounts(BTreeMap<Alike, u64>);

/// Purchases, step of their mean amount.
type Alike = (u32, i32);

const STEPS: f64 = 16.0;

impl SpendCounts {
    /// Counts a customer who made so many purchases of that mean amount. One whose purchases all went back is left out:
    /// the model knows no amount of nothing.
    pub fn add(&mut self, purchases: u32, mean: f64) {
        if purchases > 0 && mean > 0.0 {
            #[expect(clippy::cast_possible_truncation, reason = "a logarithm of an amount is small")]
            let step = (mean.log2() * STEPS).floor() as i32;
            *self.0.entry((purchases, step)).or_default() += 1;
        }
    }

    /// Adds the counts of another part of the shop.
    pub fn join(&mut self, other: Self) {
        for (alike, customers) in other.0 {
            *self.0.entry(alike).or_default() += customers;
        }
    }

    /// How many customers were counted.
    pub fn customers(&self) -> u64 {
        self.0.values().sum()
    }

    /// How many of them bought again.
    pub fn repeaters(&self) -> u64 {
        self.0.iter().filter(|((purchases, _), _)| *purchases > 1).map(|(_, customers)| customers).sum()
    }

    /// How many different ones there are.
    pub fn cells(&self) -> usize {
        self.0.len()
    }

    /// Purchases, the logarithm of their mean amount, and of how many customers.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (f64, f64, f64)> {
        self.0.iter().map(|((purchases, step), customers)| {
            let logarithm = (f64::from(*step) + 0.5) / STEPS * std::f64::consts::LN_2;
            (f64::from(*purchases), logarithm, float(*customers))
        })
    }
}

impl From<Vec<(Alike, u64)>> for SpendCounts {
    fn from(cells: Vec<(Alike, u64)>) -> Self {
        Self(cells.into_iter().collect())
    }
}

impl From<SpendCounts> for Vec<(Alike, u64)> {
    fn from(counts: SpendCounts) -> Self {
        counts.0.into_iter().collect()
    }
}
