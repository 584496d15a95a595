//! What was known of each customer at a moment, and what they did after it.

use std::collections::{BTreeMap, BTreeSet};

use rihla_core::buying_days::BuyingDays;
use rihla_core::event::{Event, Fact};
use rihla_core::forecast::Bought;
use rihla_core::history::History;
use rihla_core::instant::{Instant, Wait};
use rihla_core::lattice::Join;
use rihla_core::money::Currency;
use rihla_core::order::Order;
use rihla_core::source::Channel;
use rihla_core::totals::Totals;

use crate::replay::Replay;

/// A customer who had bought before the moment.
#[derive(Clone, Copy, Debug)]
pub struct Customer {
    /// When, as it was known at the moment.
    pub history: History,
    /// The same in the model's terms.
    pub bought: Bought,
    /// What was spent by then, in minor units of the shop's currency, net of what had gone back.
    pub net_minor: i64,
    /// What was done in as much time before the moment as comes after it.
    pub period_before: Done,
    /// What was done after it, as it is known at the end.
    pub after: Done,
}

/// What somebody did in some time.
#[derive(Clone, Copy, Debug, Default)]
pub struct Done {
    /// On how many days they bought.
    pub occasions: u32,
    /// What for, in minor units, net of what went back.
    pub net_minor: i64,
}

/// One customer's orders: as they were known at the moment, and as they are at the end.
#[derive(Default)]
struct Orders<'a>(BTreeMap<&'a str, (Order, Order)>);

/// The customers who had bought before `until`, of whom `hold_out` is looked at after it. Guests are nobody's customers.
pub fn customers(replay: &Replay, until: Instant, hold_out: Wait) -> Vec<Customer> {
    let mut by_person: BTreeMap<&str, Orders> = BTreeMap::new();
    let named = replay.deliveries.iter().filter(|delivery| delivery.events.iter().any(names_buyer));
    let people: BTreeSet<&str> = named.map(|delivery| delivery.person.as_str()).collect();
    for delivery in replay.deliveries.iter().filter(|delivery| people.contains(delivery.person.as_str())) {
        let orders = by_person.entry(&delivery.person).or_default();
        let (known, at_end) = orders.0.entry(&delivery.order).or_default();
        for event in &delivery.events {
            if event.at < until {
                known.join(Order::told_by(event));
            }
            at_end.join(Order::told_by(event));
        }
    }
    let currency = most_frequent_currency(by_person.values());
    let customer = |orders: &Orders| orders.customer(currency?, until, hold_out);
    by_person.values().filter_map(customer).collect()
}

fn names_buyer(event: &Event) -> bool {
    matches!(&event.fact, Fact::OrderPlaced(details) if details.buyer.customer.is_some() || details.buyer.email.is_some())
}

fn most_frequent_currency<'a>(orders: impl Iterator<Item = &'a Orders<'a>>) -> Option<Currency> {
    let mut counts: BTreeMap<Currency, usize> = BTreeMap::new();
    for total in orders.flat_map(|orders| orders.0.values()).filter_map(|(_, order)| order.total.as_ref()) {
        *counts.entry(total.value.currency).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(currency, _)| currency)
}

impl Orders<'_> {
    fn customer(&self, currency: Currency, until: Instant, hold_out: Wait) -> Option<Customer> {
        let known = || self.0.values().map(|(known, _)| known);
        let at_end = self.0.values().map(|(_, at_end)| at_end);
        let (days, net_minor) = sum(known(), currency);
        let history = History::of(&days)?;
        Some(Customer {
            history,
            bought: Bought::by(&history, until),
            net_minor,
            period_before: done(known(), currency, until.before(hold_out), until),
            after: done(at_end, currency, until, until.after(hold_out)),
        })
    }
}

fn done<'a>(
    orders: impl Iterator<Item = &'a Order>,
    currency: Currency,
    from: Instant,
    until: Instant,
) -> Done {
    let placed_within = |order: &&Order| order.placed_at().is_some_and(|at| from <= at && at < until);
    let (days, net_minor) = sum(orders.filter(placed_within), currency);
    Done { occasions: days.occasions(), net_minor }
}

/// As the totals of a profile count it.
fn sum<'a>(orders: impl Iterator<Item = &'a Order>, currency: Currency) -> (BuyingDays, i64) {
    let totals = orders.map(|order| Totals::of(order, Channel::Web));
    let totals = totals.fold(Totals::default(), |sum, one| sum.plus(&one));
    let net_minor = totals.iter().find(|(other, _)| *other == currency).map(|(_, total)| total.net_minor);
    (totals.days(), net_minor.unwrap_or_default())
}
