//! The orders of a shop's history, and which of them are held out.

use std::collections::BTreeMap;

use rihla_core::event::{Fact, Line};
use rihla_core::instant::{Instant, Wait};
use rihla_core::lattice::Join;
use rihla_core::order::{Order, OrderKey};

use crate::command::CommandError;
use crate::replay::{Delivery, Replay};

/// An order as its buyer placed it.
#[derive(Clone, Debug)]
pub(super) struct Bought {
    pub(super) key: OrderKey,
    pub(super) at: Instant,
    /// Whose it is, where the shop knows.
    pub(super) person: Option<String>,
    /// Each product once.
    pub(super) products: Vec<Line>,
}

/// What is learned from, and what is asked about; each by time.
#[derive(Debug)]
pub(super) struct History {
    pub(super) until: Instant,
    pub(super) before: Vec<Bought>,
    pub(super) held_out: Vec<Bought>,
}

impl History {
    /// The end is that of the last day, by UTC.
    pub(super) fn of(replay: &Replay, held_out: Wait, left_out: Wait) -> Result<Self, CommandError> {
        let mut orders = orders(replay);
        let last = orders.last().ok_or("there is no order with products")?.at;
        let midnight = Instant::from_seconds((last.seconds().div_euclid(86_400) + 1) * 86_400);
        let end = midnight.before(left_out);
        let until = end.before(held_out);
        orders.retain(|order| order.at < end);
        let held_out = orders.split_off(orders.partition_point(|order| order.at < until));
        Ok(Self { until, before: orders, held_out })
    }
}

fn orders(replay: &Replay) -> Vec<Bought> {
    let mut told: BTreeMap<&str, (Order, Option<String>)> = BTreeMap::new();
    for delivery in &replay.deliveries {
        let (order, person) = told.entry(&delivery.order).or_default();
        for event in &delivery.events {
            order.join(Order::told_by(event));
        }
        *person = person.take().or_else(|| named(delivery));
    }
    let bought = |(id, (order, person)): (&str, (Order, Option<String>))| {
        let products: Vec<Line> = order.products().into_iter().cloned().collect();
        let key = OrderKey { source: replay.source.clone(), order: id.to_owned() };
        Some(Bought { key, at: order.placed_at()?, person, products })
            .filter(|order| !order.products.is_empty())
    };
    let mut orders: Vec<Bought> = told.into_iter().filter_map(bought).collect();
    orders.sort_by_key(|order| order.at);
    orders
}

/// Whose order a delivery tells of, unless it is a guest's.
fn named(delivery: &Delivery) -> Option<String> {
    let is_named = delivery.events.iter().any(|event| match &event.fact {
        Fact::OrderPlaced(details) => details.buyer.customer.is_some() || details.buyer.email.is_some(),
        _ => false,
    });
    is_named.then(|| delivery.person.clone())
}
