//! What a shop has learned from its orders: beside each product its baskets, and how often each was bought.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rihla_core::event::Line;
use rihla_core::matching::{Available, Basket, PriceBand, baskets, offer, place, ranked};
use rihla_core::stock::Product;

use super::history::Bought;

/// How many are suggested, and how much is read for it: as `deliver` does it.
pub(super) const SUGGESTED: usize = 4;
const PRODUCTS_ASKED: usize = 12;
const SHORTLIST: usize = 12;

/// Of what a recommender may make a suggestion.
pub(super) struct Asked<'a> {
    /// The order.
    pub(super) products: Vec<&'a Line>,
    /// What its buyer has, the order's products among it.
    pub(super) owned: BTreeSet<&'a str>,
}

/// What was learned.
#[derive(Default)]
pub(super) struct Learned {
    /// By product and place, as they lie in the table.
    beside: HashMap<String, BTreeMap<u8, Basket>>,
    /// The newest baskets of small orders, as they were read before this rule.
    newest: HashMap<String, Vec<Vec<String>>>,
    best_sellers: Vec<String>,
}

impl Learned {
    pub(super) fn from(orders: &[Bought]) -> Self {
        let mut learned = Self::default();
        let mut sold: BTreeMap<&str, u32> = BTreeMap::new();
        for order in orders {
            let products: Vec<&Line> = order.products.iter().collect();
            for (product, basket) in baskets(&order.key, order.at, &products) {
                let beside = learned.beside.entry(product.to_owned()).or_default();
                beside.insert(place(&order.key), basket);
            }
            for line in &products {
                *sold.entry(&line.product).or_default() += 1;
            }
            learned.note_newest(&products);
        }
        let mut best_sellers: Vec<(&str, u32)> = sold.into_iter().collect();
        best_sellers.sort_by_key(|(product, count)| (std::cmp::Reverse(*count), *product));
        learned.best_sellers = best_sellers.into_iter().map(|(product, _)| product.to_owned()).collect();
        learned
    }

    fn note_newest(&mut self, products: &[&Line]) {
        if !(2..=12).contains(&products.len()) {
            return;
        }
        for line in products {
            let others = products.iter().filter(|other| other.product != line.product);
            let others = others.map(|other| other.product.clone()).collect();
            self.newest.entry(line.product.clone()).or_default().push(others);
        }
    }

    /// The rule of `rihla_core::matching`, as `deliver` asks it where the shop tells of no stock.
    pub(super) fn together(&self, asked: &Asked<'_>) -> Vec<String> {
        let band = PriceBand::of(&asked.products);
        let lines = self.ranked(asked).into_iter().take(SHORTLIST);
        let offered = lines.filter_map(|line| offer(line, &Product::default(), Available::default(), &band));
        offered.take(SUGGESTED).map(|line| line.product).collect()
    }

    /// The same whatever it costs.
    pub(super) fn together_at_any_price(&self, asked: &Asked<'_>) -> Vec<String> {
        self.ranked(asked).into_iter().take(SUGGESTED).map(|line| line.product).collect()
    }

    fn ranked(&self, asked: &Asked<'_>) -> Vec<Line> {
        let products = asked.products.iter().take(PRODUCTS_ASKED);
        let beside = products.filter_map(|line| self.beside.get(&line.product));
        let known: Vec<Vec<Basket>> = beside.map(|places| places.values().cloned().collect()).collect();
        ranked(&asked.owned, &known)
    }

    /// The most frequent in the 30 newest orders of at most twelve products of each of the order's first four.
    pub(super) fn plain_counts(&self, asked: &Asked<'_>) -> Vec<String> {
        let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
        let newest = asked.products.iter().take(4).filter_map(|line| self.newest.get(&line.product));
        for other in newest.flat_map(|baskets| baskets.iter().rev().take(30)).flatten() {
            *counts.entry(other).or_default() += 1;
        }
        counts.retain(|product, _| !asked.owned.contains(product));
        let mut counts: Vec<(&str, u32)> = counts.into_iter().collect();
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        counts.into_iter().take(SUGGESTED).map(|(product, _)| product.to_owned()).collect()
    }

    /// What sold best, of all prices.
    pub(super) fn most_popular(&self, asked: &Asked<'_>) -> Vec<String> {
        let new = self.best_sellers.iter().filter(|product| !asked.owned.contains(product.as_str()));
        new.take(SUGGESTED).cloned().collect()
    }

    pub(super) fn products(&self) -> usize {
        self.best_sellers.len()
    }

    /// Of the product about which most is known: how many baskets, and how many bytes of JSON.
    pub(super) fn largest(&self) -> (usize, usize) {
        let count = self.beside.values().map(BTreeMap::len).max();
        let bytes = |places: &BTreeMap<u8, Basket>| -> usize {
            places
                .values()
                .filter_map(|basket| serde_json::to_string(basket).ok())
                .map(|text| text.len())
                .sum()
        };
        (count.unwrap_or_default(), self.beside.values().map(bytes).max().unwrap_or_default())
    }
}
