//! What was bought together, as far back as the functions remember.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rihla_core::instant::Instant;
use rihla_core::matching::{Available, Basket, PriceBand, baskets, offer, place, ranked};
use rihla_core::order::{Order, OrderKey};
use rihla_core::replenish::{Interval, first_used_up, intervals};
use rihla_core::source::SourceId;
use rihla_core::stock::Product;

/// For how many products of an order is asked what goes with them, and of how many of those whether they can be had: as
/// `functions/deliver` does.
const PRODUCTS_ASKED: usize = 12;
const SHORTLIST: usize = 12;

/// The orders in which a product was bought with others, by their places.
type Baskets = BTreeMap<u8, Basket>;

/// What was bought together with each product.
#[derive(Debug, Default)]
pub(super) struct Goods {
    baskets: HashMap<(SourceId, String), Baskets>,
    /// How long people took to buy each product again, by places.
    intervals: HashMap<(SourceId, String), BTreeMap<u8, Interval>>,
}

impl Goods {
    /// Notes what an order tells.
    pub(super) fn learn(&mut self, key: &OrderKey, order: &Order) {
        let Some(placed_at) = order.placed_at().filter(|_| !order.is_test()) else { return };
        for (product, basket) in baskets(key, placed_at, &order.products()) {
            let beside = self.baskets.entry((key.source.clone(), product.to_owned())).or_default();
            beside.insert(place(key), basket);
        }
    }

    /// Whether anything goes with an order of somebody who has `others`, too.
    pub(super) fn has_any_for(&self, source: &SourceId, order: &Order, others: &[&Order]) -> bool {
        let products = order.products();
        let owned = others.iter().flat_map(|other| other.products()).chain(products.iter().copied());
        let owned: BTreeSet<&str> = owned.map(|line| line.product.as_str()).collect();
        let known = products.iter().take(PRODUCTS_ASKED).map(|line| {
            let beside = self.baskets.get(&(source.clone(), line.product.clone()));
            beside.into_iter().flat_map(|beside| beside.values().cloned()).collect()
        });
        let band = PriceBand::of(&products);
        let shortlist = ranked(&owned, &known.collect::<Vec<_>>()).into_iter().take(SHORTLIST);
        let can_be_had = |line| offer(line, &Product::default(), Available::default(), &band);
        shortlist.into_iter().find_map(can_be_had).is_some()
    }

    /// Notes how long the buyer of an order had what they had bought before.
    pub(super) fn learn_intervals(&mut self, key: &OrderKey, order: &Order, others: &[Order]) {
        for (line, interval) in intervals(order, others) {
            let beside = self.intervals.entry((key.source.clone(), line.product.clone())).or_default();
            beside.insert(place(key), interval);
        }
    }

    /// When the first product of an order is used up.
    pub(super) fn used_up_at(&self, source: &SourceId, order: &Order, others: &[Order]) -> Option<Instant> {
        let intervals = |product: &str| {
            let beside = self.intervals.get(&(source.clone(), product.to_owned()));
            beside.into_iter().flat_map(|beside| beside.values().copied()).collect()
        };
        let products = order.products().into_iter().take(PRODUCTS_ASKED);
        let known: Vec<_> = products.map(|line| (line.product.as_str(), intervals(&line.product))).collect();
        Some(first_used_up(order, others, &known)?.at)
    }
}
