//! The forecasts, what they foretold and what happened.

use std::collections::BTreeMap;

use rihla_core::forecast::{Purchasing, Spending};
use rihla_core::history::{History, days_between};
use rihla_core::instant::{Instant, Wait};
use rihla_core::rfm::{Figures, Group, ShopSpread};
use rihla_core::rhythm::ShopRhythm;
use rihla_core::stage::Stage;
use rihla_forecast::{Fitted, PurchaseCounts, SpendCounts};
use serde::Serialize;

use super::customers::{Customer, customers};
use super::judged::{Judged, Pair};
use crate::command::CommandError;
use crate::replay::Replay;

/// What came of it.
#[derive(Clone, Debug, Serialize)]
pub struct ForecastResult {
    /// What came before this was known, what came after it foretold.
    pub until: Instant,
    /// How many days of it.
    pub hold_out_days: f64,
    /// Customers who had bought by then.
    pub people: usize,
    /// Those of them who had bought on more than one day.
    pub people_who_came_back: u64,
    /// Different counts that the fit was made from.
    pub cells: usize,
    /// How the shop's customers buy.
    pub purchasing: Fitted<Purchasing>,
    /// What they spend, in minor units.
    pub spending: Fitted<Spending>,
    /// How long they take to buy again.
    pub rhythm: ShopRhythm,
    /// Days on which they bought.
    pub occasions_done: f64,
    /// How far off the forecasts of these were.
    pub occasions: Vec<Judged>,
    /// The same of those who had bought on one day only.
    pub occasions_of_once: Vec<Judged>,
    /// And of the others.
    pub occasions_of_repeaters: Vec<Judged>,
    /// What they spent, in minor units.
    pub net_minor_done: f64,
    /// How far off the forecasts of that were.
    pub net_minor: Vec<Judged>,
    /// In which stage they were, and whether they bought after it.
    pub stages: BTreeMap<Stage, Share>,
    /// In which group.
    pub groups: BTreeMap<Group, Share>,
    /// How long the fit and the forecast took.
    pub seconds: f64,
}

/// How many, and how many of them bought in the time that was held out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Share {
    /// How many.
    pub people: u64,
    /// How many of them bought.
    pub bought: u64,
}

/// A shop as it was known at a moment.
#[derive(Clone, Copy)]
struct Known<'a> {
    customers: &'a [Customer],
    until: Instant,
    weeks: f64,
    purchasing: Purchasing,
    spending: Spending,
}

impl ForecastResult {
    /// Of a shop's history, the end of which is held out: whole days, by UTC.
    pub fn of(replay: &Replay, hold_out: Wait) -> Result<Self, CommandError> {
        let last = replay.deliveries.iter().map(crate::replay::Delivery::happened_at).max();
        let last = last.ok_or("there is nothing to forecast from")?;
        let end = Instant::from_seconds((last.seconds().div_euclid(86_400) + 1) * 86_400);
        let until = end.before(hold_out);
        let customers = customers(replay, until, hold_out);
        let counts = purchases(&customers);
        let (purchasing, spending) = (counts.fit()?, spends(&customers).fit()?);
        let hold_out_days = days_between(until, end);
        let weeks = hold_out_days / 7.0;
        let (rates, money) = (purchasing.model, spending.model);
        let (once, again): (Vec<Customer>, Vec<Customer>) =
            customers.iter().copied().partition(|customer| customer.history.gaps() == 0);
        let known = Known { customers: &customers, until, weeks, purchasing: rates, spending: money };
        let rhythm = ShopRhythm::from(&purchasing.model);
        Ok(Self {
            until,
            hold_out_days,
            people: customers.len(),
            people_who_came_back: counts.repeaters(),
            cells: counts.cells(),
            purchasing,
            spending,
            rhythm,
            occasions_done: known.done(occasions),
            occasions: known.judged(occasions),
            occasions_of_once: Known { customers: &once, ..known }.judged(occasions),
            occasions_of_repeaters: Known { customers: &again, ..known }.judged(occasions),
            net_minor_done: known.done(net_minor),
            net_minor: known.judged(net_minor),
            stages: known.stages(&rhythm),
            groups: known.groups(),
            seconds: 0.0,
        })
    }
}

/// Of three forecasts and of what happened: purchases, and money.
type Figure = fn(f64, f64) -> f64;

fn occasions(occasions: f64, _: f64) -> f64 {
    occasions
}

fn net_minor(_: f64, net_minor: f64) -> f64 {
    net_minor
}

impl Known<'_> {
    fn done(&self, figure: Figure) -> f64 {
        self.customers.iter().map(|customer| customer.after(figure)).sum()
    }

    fn judged(&self, figure: Figure) -> Vec<Judged> {
        let judge = |name, foretell: &dyn Fn(&Customer) -> (f64, f64)| {
            let pair = |customer: &Customer| {
                let (occasions, money) = foretell(customer);
                Pair { foretold: figure(occasions, money), done: customer.after(figure) }
            };
            Judged::of(name, self.customers.iter().map(pair).collect())
        };
        vec![
            judge("BG/NBD with gamma-gamma", &|customer| self.by_model(customer)),
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

    fn stages(&self, rhythm: &ShopRhythm) -> BTreeMap<Stage, Share> {
        self.shares(|customer| Stage::of(Some(&customer.history), rhythm, self.until))
    }

    fn groups(&self) -> BTreeMap<Group, Share> {
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

    fn mean_minor(&self) -> f64 {
        float(self.net_minor) / f64::from(self.history.occasions)
    }

    fn figures(&self) -> Figures {
        let History { occasions, last, .. } = self.history;
        Figures { last, occasions, net_minor: self.net_minor }
    }
}

fn purchases(customers: &[Customer]) -> PurchaseCounts {
    let mut counts = PurchaseCounts::default();
    for customer in customers {
        counts.add(&customer.bought);
    }
    counts
}

fn spends(customers: &[Customer]) -> SpendCounts {
    let mut counts = SpendCounts::default();
    for customer in customers {
        counts.add(customer.history.occasions, customer.mean_minor());
    }
    counts
}

#[expect(clippy::cast_precision_loss, reason = "exact up to ninety thousand billion pounds")]
fn float(minor: i64) -> f64 {
    minor as f64
}
