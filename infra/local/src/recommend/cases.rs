//! What is asked about the orders that are held out.

use std::collections::{BTreeMap, BTreeSet};

use rihla_core::event::Line;

use super::history::{Bought, History};
use super::learned::Asked;

/// One question, and the products of which any is a right answer.
pub(super) struct Case<'a> {
    pub(super) asked: Asked<'a>,
    pub(super) right: BTreeSet<&'a str>,
}

/// So many earlier orders of a person are known to whoever suggests.
const ORDERS_REMEMBERED: usize = 3;

/// For each order that is held out of somebody who orders again in that time: what they buy then and had not bought in the
/// order or in their last ones before it. Orders after which they buy nothing new are no cases: nothing could be right.
pub(super) fn next_orders(history: &History) -> Vec<Case<'_>> {
    let mut by_person: BTreeMap<&str, Vec<&Bought>> = BTreeMap::new();
    for order in history.before.iter().chain(&history.held_out) {
        if let Some(person) = &order.person {
            by_person.entry(person).or_default().push(order);
        }
    }
    let cases = by_person.values().flat_map(|orders| {
        let held_out = orders.partition_point(|order| order.at < history.until);
        (held_out..orders.len()).filter_map(move |index| next_case(orders, index))
    });
    cases.collect()
}

fn next_case<'a>(orders: &[&'a Bought], index: usize) -> Option<Case<'a>> {
    let known = &orders[index.saturating_sub(ORDERS_REMEMBERED)..=index];
    let owned: BTreeSet<&str> = known.iter().flat_map(|order| ids(&order.products)).collect();
    let later = orders[index + 1..].iter().flat_map(|order| ids(&order.products));
    let right: BTreeSet<&str> = later.filter(|product| !owned.contains(product)).collect();
    let asked = Asked { products: orders[index].products.iter().collect(), owned };
    (!right.is_empty()).then_some(Case { asked, right })
}

/// For each order that is held out with more than one product, one of them is hidden: drawn, and the same each time.
pub(super) fn hidden_products(history: &History, only_named: bool) -> Vec<Case<'_>> {
    let orders = history.held_out.iter().filter(|order| order.products.len() > 1);
    let mut draws = fastrand::Rng::with_seed(1);
    let cases = orders.map(|order| (order, hidden_case(order, &mut draws)));
    cases.filter(|(order, _)| order.person.is_some() || !only_named).map(|(_, case)| case).collect()
}

fn hidden_case<'a>(order: &'a Bought, draws: &mut fastrand::Rng) -> Case<'a> {
    let hidden = order.products[draws.usize(..order.products.len())].product.as_str();
    let products: Vec<&Line> = order.products.iter().filter(|line| line.product != hidden).collect();
    let owned = products.iter().map(|line| line.product.as_str()).collect();
    Case { asked: Asked { products, owned }, right: [hidden].into() }
}

fn ids(lines: &[Line]) -> impl Iterator<Item = &str> {
    lines.iter().map(|line| line.product.as_str())
}
