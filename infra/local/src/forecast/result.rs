//! The forecasts, what they foretold and what happened.

use std::collections::BTreeMap;

use rihla_core::forecast::{Purchasing, Spending};
use rihla_core::history::days_between;
use rihla_core::instant::{Instant, Wait};
use rihla_core::rfm::Group;
use rihla_core::rhythm::ShopRhythm;
use rihla_core::stage::Stage;
use rihla_forecast::{Fitted, PurchaseCounts, SpendCounts};
use serde::Serialize;

use super::correlation::correlation;
use super::customers::{Customer, customers};
use super::judged::Judged;
use super::known::{Known, net_minor, occasions};
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
    /// How far those who buy more often also spend more each time, from -1 to 1: gamma-gamma takes it for 0.
    pub spend_by_frequency_correlation: f64,
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
            spend_by_frequency_correlation: correlation(&again),
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
