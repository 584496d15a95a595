//! What was bought together, as far back as the functions look.

use std::collections::{BTreeMap, HashMap};

use rihla_core::event::Line;
use rihla_core::instant::Instant;
use rihla_core::matching::matching;
use rihla_core::order::{Order, OrderKey};
use rihla_core::source::SourceId;

/// How many of the newest orders of each product are asked, for how many products of an order, for how many items: as
/// `functions/deliver` does.
const ORDERS_ASKED: usize = 30;
const PRODUCTS_ASKED: usize = 4;
const MOST_ITEMS: usize = 4;

/// Of a bigger order nothing is concluded, as `shared/aws/src/record/basket.rs` says.
const MOST_PRODUCTS: usize = 12;

/// The other products of the orders in which a product was bought, by when those were placed.
type Baskets = BTreeMap<(Instant, OrderKey), Vec<Line>>;

/// What was bought together with each product.
#[derive(Debug, Default)]
pub(super) struct Goods(HashMap<(SourceId, String), Baskets>);

impl Goods {
    /// Notes what an order tells.
    pub(super) fn learn(&mut self, key: &OrderKey, order: &Order) {
        let products = order.products();
        let Some(placed_at) = order.placed_at() else { return };
        if order.is_test() || !(2..=MOST_PRODUCTS).contains(&products.len()) {
            return;
        }
        for product in &products {
            let others = products.iter().filter(|other| other.product != product.product);
            let others = others.map(|line| Line::clone(line)).collect();
            let baskets = self.0.entry((key.source.clone(), product.product.clone())).or_default();
            baskets.insert((placed_at, key.clone()), others);
            if baskets.len() > ORDERS_ASKED {
                baskets.pop_first();
            }
        }
    }

    /// Whether anything goes with an order.
    pub(super) fn has_any_for(&self, source: &SourceId, order: &Order) -> bool {
        let products = order.products();
        let asked = products.iter().take(PRODUCTS_ASKED);
        let found = asked.filter_map(|line| self.0.get(&(source.clone(), line.product.clone())));
        let baskets: Vec<Vec<Line>> = found.flat_map(|baskets| baskets.values().cloned()).collect();
        !matching(&products, &baskets, MOST_ITEMS).is_empty()
    }
}
