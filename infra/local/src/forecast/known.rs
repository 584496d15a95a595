//! Forecasts for every customer of a shop as it was known at a moment: the model's and the naive ones.

use std::collections::BTreeMap;

use rihla_core::forecast::{Purchasing, Spending};
use rihla_core::history::History;
use rihla_core::instant::Instant;
use rihla_core::rfm::{Figures, Group, ShopSpread};
use rihla_core::rhythm::ShopRhythm;
use rihla_core::stage::Stage;

use super::customers::Customer;
use super::judged::{Judged, Pair};
use super::result::Share;

/// A shop as it was known at a moment.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    pub(super) customers: &'a [Customer],
    pub(super) until: Instant,
    pub(super) weeks: f64,
    pub(super) purchasing: Purchasing,
    pub(super) spending: Spending,
}

/// Of three forecasts and of what happened: purchases, and money.
pub(super) type Figure = fn(f64, f64) -> f64;

pub(super) fn occasions(occasions: f64, _: f64) -> f64 {
    occasions
}

pub(super) fn net_minor(_: f64, net_minor: f64) -> f64 {
    net_minor
}

impl Known<'_> {
    pub(super) fn done(&self, figure: Figure) -> f64 {
        self.customers.iter().map(|customer| customer.after(figure)).sum()
    }

    pub(super) fn judged(&self, figure: Figure) -> Vec<Judged> {
        let judge = |name, foretell: &dyn Fn(&Customer) -> (f64, f64)| {
            let pair = |customer: &Customer| {
                let (occasions, money) = foretell(customer);
                Pair { foretold: figure(occasions, money), done: customer.after(figure) }
            };
            Judged::of(name, self.customers.iter().map(pair).collect())
        };
        vec![
            judge("BG/NBD with gamma-gamma", &|customer| self.by_model(customer)),
            judge("BG/NBD with the buyer's own mean amount", &|customer| self.by_own_mean(customer)),
            judge("BG/NBD, the median instead of the mean", &|customer| self.by_median(customer)),
            judge("naive: the same rate as before", &|customer| self.by_rate(customer)),
            judge("naive: as much as in the period before", &Self::by_period),
        ]
    }

    fn by_model(&self, customer: &Customer) -> (f64, f64) {
        let occasions = self.purchasing.expected(&customer.bought, self.weeks);
        let each = self.spending.expected(f64::from(customer.history.occasions), customer.mean_minor());
        (occasions, occasions * each)
    }

    fn by_own_mean(&self, customer: &Customer) -> (f64, f64) {
        let (occasions, _) = self.by_model(customer);
        (occasions, occasions * customer.mean_minor())
    }

    /// The number that is exceeded as often as not: no forecast of the model has a smaller mean absolute error. That
    /// somebody may leave within the weeks is left out.
    fn by_median(&self, customer: &Customer) -> (f64, f64) {
        let Purchasing { r, alpha, .. } = self.purchasing;
        let alive = self.purchasing.alive(&customer.bought);
        let shape = r + customer.bought.repeats;
        let odds = self.weeks / (alpha + customer.bought.age + self.weeks);
        let (mut number, mut term) = (0.0, alive * (1.0 - odds).powf(shape));
        let mut not_more = 1.0 - alive + term;
        while not_more < 0.5 {
            number += 1.0;
            term *= (shape + number - 1.0) / number * odds;
            not_more += term;
        }
        let each = self.spending.expected(f64::from(customer.history.occasions), customer.mean_minor());
        (number, number * each)
    }

    /// Repeat purchases a week since the first one.
    fn by_rate(&self, customer: &Customer) -> (f64, f64) {
        let rate = customer.bought.repeats / customer.bought.age.max(1.0 / 7.0);
        (rate * self.weeks, rate * self.weeks * customer.mean_minor())
    }

    fn by_period(customer: &Customer) -> (f64, f64) {
        (f64::from(customer.period_before.occasions), float(customer.period_before.net_minor))
    }

    pub(super) fn stages(&self, rhythm: &ShopRhythm) -> BTreeMap<Stage, Share> {
        self.shares(|customer| Stage::of(Some(&customer.history), rhythm, self.until))
    }

    pub(super) fn groups(&self) -> BTreeMap<Group, Share> {
        let mut spread = ShopSpread::default();
        for customer in self.customers {
            spread.add(&customer.figures());
        }
        self.shares(|customer| Group::of(spread.scores(&customer.figures())))
    }

    fn shares<K: Ord>(&self, key: impl Fn(&Customer) -> K) -> BTreeMap<K, Share> {
        let mut shares: BTreeMap<K, Share> = BTreeMap::new();
        for customer in self.customers {
            let share = shares.entry(key(customer)).or_default();
            share.people += 1;
            share.bought += u64::from(customer.after.occasions > 0);
        }
        shares
    }
}

impl Customer {
    fn after(&self, figure: Figure) -> f64 {
        figure(f64::from(self.after.occasions), float(self.after.net_minor))
    }

    pub(super) fn mean_minor(&self) -> f64 {
        float(self.net_minor) / f64::from(self.history.occasions)
    }

    fn figures(&self) -> Figures {
        let History { occasions, last, .. } = self.history;
        Figures { last, occasions, net_minor: self.net_minor }
    }
}

#[expect(clippy::cast_precision_loss, reason = "exact up to ninety thousand billion pounds")]
pub(super) fn float(minor: i64) -> f64 {
    minor as f64
}
