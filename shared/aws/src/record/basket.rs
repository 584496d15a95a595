//! What was bought together: for each product of an order, the other products of it.

use rihla_core::event::Line;
use rihla_core::instant::Instant;
use rihla_core::order::{Order, OrderKey};
use serde::{Deserialize, Serialize};

use super::Recorder;
use crate::table::{Expect, Key, TableError, Write};

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
    pub(super) async fn baskets(
        &self,
        key: &OrderKey,
        known: Option<&Order>,
        order: &Order,
    ) -> Result<(), TableError> {
        let products = order.products();
        let told_before = known.is_some_and(|known| known.placed.is_some() && known.products() == products);
        let (Some(placed_at), false) = (order.placed_at(), told_before) else { return Ok(()) };
        if order.is_test() || !(2..=MOST_PRODUCTS).contains(&products.len()) {
            return Ok(());
        }
        for product in &products {
            let others = products.iter().filter(|other| other.product != product.product);
            let basket = Basket { others: others.map(|line| Line::clone(line)).collect() };
            self.basket(key, &product.product, placed_at, &basket).await?;
        }
        Ok(())
    }

    async fn basket(
        &self,
        key: &OrderKey,
        product: &str,
        placed_at: Instant,
        basket: &Basket,
    ) -> Result<(), TableError> {
        let item = Key::basket(&key.source, product, placed_at, key);
        self.table.put(Write::new(item, basket, Expect::Anything)).await
    }
}
