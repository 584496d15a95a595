//! What a customer's orders add up to.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::buying_days::BuyingDays;
use crate::money::Currency;
use crate::order::Order;
use crate::source::Channel;

/// Orders and money by currency.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Totals(BTreeMap<Currency, Total>);

/// Orders and money in one currency.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Total {
    /// Orders that stand: placed, not called off, no trial.
    pub orders: i64,
    /// What they cost less what went back, in minor units.
    pub net_minor: i64,
    /// On which days they were placed.
    #[serde(default, skip_serializing_if = "BuyingDays::is_empty")]
    pub days: BuyingDays,
    /// How many came by which channel.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub channels: BTreeMap<Channel, i64>,
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
    /// What one order of a source of that channel adds. It adds to the totals of its buyer, whoever it is sent to; one
    /// that was edited or exchanged counts with what it costs now.
    pub fn of(order: &Order, of_source: Channel) -> Self {
        let placed = order.placed_at().filter(|_| order.cancelled.is_none() && !order.is_test());
        let Some((placed, total)) = placed.zip(order.total.as_ref().map(|total| total.value)) else {
            return Self::default();
        };
        let net_minor = total.minor.saturating_sub(order.refunded_minor()).max(0);
        let (days, channels) = (BuyingDays::of(placed), [(order.channel_or(of_source), 1)].into());
        Self([(total.currency, Total { orders: 1, net_minor, days, channels })].into())
    }

    /// Both together.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        self.combined(other, Total::plus)
    }

    /// These without the others.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        self.combined(other, Total::minus)
    }

    /// Orders in all currencies.
    pub fn orders(&self) -> i64 {
        self.0.values().map(|total| total.orders).sum()
    }

    /// On which days orders were placed, in all currencies: the first and the last are those of the profile.
    pub fn days(&self) -> BuyingDays {
        self.0.values().fold(BuyingDays::default(), |all, total| all.plus(&total.days))
    }

    /// The channels by which somebody bought.
    pub fn channels(&self) -> BTreeSet<Channel> {
        self.0.values().flat_map(|total| total.channels.keys().copied()).collect()
    }

    /// Each currency with its total.
    pub fn iter(&self) -> impl Iterator<Item = (Currency, &Total)> {
        self.0.iter().map(|(currency, total)| (*currency, total))
    }

    /// Whether there is nothing to count.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn combined(&self, other: &Self, combine: impl Fn(&Total, &Total) -> Total) -> Self {
        let mut both = self.0.clone();
        for (currency, theirs) in &other.0 {
            let mine = both.entry(*currency).or_default();
            *mine = combine(mine, theirs);
        }
        both.retain(|_, total| *total != Total::default());
        Self(both)
    }
}

impl Total {
    fn plus(&self, other: &Self) -> Self {
        self.combined(other, self.days.plus(&other.days), i64::saturating_add)
    }

    fn minus(&self, other: &Self) -> Self {
        self.combined(other, self.days.minus(&other.days), i64::saturating_sub)
    }

    fn combined(&self, other: &Self, days: BuyingDays, combine: impl Fn(i64, i64) -> i64) -> Self {
        let mut channels = self.channels.clone();
        for (channel, theirs) in &other.channels {
            let mine = channels.entry(*channel).or_default();
            *mine = combine(*mine, *theirs);
        }
        channels.retain(|_, orders| *orders != 0);
        let orders = combine(self.orders, other.orders);
        Self { orders, net_minor: combine(self.net_minor, other.net_minor), days, channels }
    }
}
