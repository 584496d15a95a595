//! How many customers bought alike.

use std::collections::BTreeMap;

use rihla_core::forecast::Bought;
use serde::{Deserialize, Serialize};

/// How many customers there are of each number of repeat purchases, recency and age, these two in whole weeks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<(Alike, u64)>", into = "Vec<(Alike, u64)>")]
pub struct PurchaseCounts(BTreeMap<Alike, u64>);

/// Repeat purchases, weeks from the first to the last, weeks from the first to now.
type Alike = (u32, u32, u32);

impl PurchaseCounts {
    /// Counts a customer.
    pub fn add(&mut self, bought: &Bought) {
        let alike = (whole(bought.repeats), whole(bought.recency), whole(bought.age));
        *self.0.entry(alike).or_default() += 1;
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
        self.0.iter().filter(|((repeats, ..), _)| *repeats > 0).map(|(_, customers)| customers).sum()
    }

    /// How many different ones there are: what a fit takes its time for.
    pub fn cells(&self) -> usize {
        self.0.len()
    }

    /// Those who bought alike, and how many they are.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Bought, f64)> {
        self.0.iter().map(|((repeats, recency, age), customers)| {
            let bought =
                Bought { repeats: (*repeats).into(), recency: (*recency).into(), age: (*age).into() };
            (bought, float(*customers))
        })
    }
}

impl From<Vec<(Alike, u64)>> for PurchaseCounts {
    fn from(cells: Vec<(Alike, u64)>) -> Self {
        Self(cells.into_iter().collect())
    }
}

impl From<PurchaseCounts> for Vec<(Alike, u64)> {
    fn from(counts: PurchaseCounts) -> Self {
        counts.0.into_iter().collect()
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` stops at the type's ends")]
fn whole(number: f64) -> u32 {
    number.round() as u32
}

/// Of a number of customers.
#[expect(clippy::cast_precision_loss, reason = "exact up to nine thousand billion")]
pub(crate) fn float(customers: u64) -> f64 {
    customers as f64
}
