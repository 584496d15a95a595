//! What was bought together: for each product of an order, the other products of it.

use rihla_core::event::Line;
use rihla_core::order::{Order, OrderKey};
use serde::{Deserialize, Serialize};

use super::Recorder;
use crate::table::{Expect, Key, Write};

/// The other products of one order in which a product was bought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basket {
    /// The other products.
    pub others: Vec<Line>,
}

/// Of a bigger order than this nothing is concluded about what goes together: it is a wholesale order.
const MOST_PRODUCTS: usize = 12;

impl Recorder {
    /// Notes what was bought together, where the order told it for the first time.
    pub(super) fn baskets(key: &OrderKey, known: Option<&Order>, order: &Order) -> Vec<Write> {
        let products = order.products();
        let told_before = known.is_some_and(|known| known.placed.is_some() && known.products() == products);
        let (Some(placed_at), false) = (order.placed_at(), told_before) else { return Vec::new() };
        if order.is_test() || !(2..=MOST_PRODUCTS).contains(&products.len()) {
            return Vec::new();
        }
        let basket = |product: &Line| {
            let others = products.iter().filter(|other| other.product != product.product);
            let basket = Basket { others: others.map(|line| Line::clone(line)).collect() };
            let item = Key::basket(&key.source, &product.product, placed_at, key);
            Write::new(item, &basket, Expect::Anything)
        };
        products.iter().map(|product| basket(product)).collect()
    }
}
