//! What a customer's orders add up to.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::money::Currency;
use crate::order::Order;

/// Orders and money by currency.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Totals(BTreeMap<Currency, Total>);

/// Orders and money in one currency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Total {
    /// Orders that stand: placed, not called off, no trial.
    pub orders: i64,
    /// What they cost less what went back, in minor units.
    pub net_minor: i64,
}

/// What an order adds to the totals, before and after something became known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Before.
    pub before: Totals,
    /// After.
    pub after: Totals,
}

impl Change {
    /// Nothing changed.
    pub fn none(totals: Totals) -> Self {
        Self { before: totals.clone(), after: totals }
    }

    /// Whether it adds what it added.
    pub fn is_none(&self) -> bool {
        self.before == self.after
    }
}

impl Totals {
    /// What one order adds.
    pub fn of(order: &Order) -> Self {
        let stands = order.placed.is_some() && order.cancelled.is_none() && !order.is_test();
        let Some(total) = order.total.as_ref().filter(|_| stands).map(|total| total.value) else {
            return Self::default();
        };
        let net_minor = total.minor.saturating_sub(order.refunded_minor()).max(0);
        Self([(total.currency, Total { orders: 1, net_minor })].into())
    }

    /// Both together.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        self.combined(other, i64::saturating_add)
    }

    /// These without the others.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        self.combined(other, i64::saturating_sub)
    }

    /// Orders in all currencies.
    pub fn orders(&self) -> i64 {
        self.0.values().map(|total| total.orders).sum()
    }

    /// Each currency with its total.
    pub fn iter(&self) -> impl Iterator<Item = (Currency, Total)> {
        self.0.iter().map(|(currency, total)| (*currency, *total))
    }

    /// Whether there is nothing to count.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn combined(&self, other: &Self, combine: impl Fn(i64, i64) -> i64) -> Self {
        let mut both = self.0.clone();
        for (currency, theirs) in &other.0 {
            let mine = both.entry(*currency).or_default();
            mine.orders = combine(mine.orders, theirs.orders);
            mine.net_minor = combine(mine.net_minor, theirs.net_minor);
        }
        both.retain(|_, total| *total != Total::default());
        Self(both)
    }
}
