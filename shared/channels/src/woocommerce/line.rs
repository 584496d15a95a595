//! What was bought.

use rihla_core::event::Line;
use rihla_core::money::Currency;
use serde::Deserialize;

use super::special_characters::decoded;
use crate::json::{Amount, Count, Id, Text};

/// As many as Shopify has in an order.
const LINES_LIMIT: usize = 500;

#[derive(Deserialize)]
pub(super) struct LineItem<'a> {
    id: Option<Id>,
    /// 0 once the product was deleted.
    product_id: Option<Id>,
    variation_id: Option<Id>,
    #[serde(borrow)]
    sku: Option<Text<'a>>,
    #[serde(borrow)]
    name: Option<Text<'a>>,
    quantity: Option<Count>,
    /// Of one, as a number.
    #[serde(borrow)]
    price: Option<Amount<'a>>,
}

pub(super) fn lines(items: &[LineItem<'_>], currency: Option<Currency>) -> Vec<Line> {
    items.iter().take(LINES_LIMIT).filter_map(|item| item.line(currency)).collect()
}

impl LineItem<'_> {
    fn line(&self, currency: Option<Currency>) -> Option<Line> {
        let quantity = self.quantity.map_or(1, |quantity| quantity.0);
        Some(Line {
            product: self.product().filter(|_| quantity > 0)?,
            title: self
                .name
                .as_ref()
                .and_then(|name| name.limited(200))
                .map_or_else(String::new, |name| decoded(&name)),
            quantity,
            // The price of one is often a fraction that no coin stands for.
            price: self.price.as_ref().zip(currency).and_then(|(price, currency)| price.money(currency).ok()),
        })
    }

    fn product(&self) -> Option<String> {
        let ids = [&self.product_id, &self.variation_id];
        let id = ids.into_iter().flatten().map(|id| id.0.clone()).find(|id| id != "0");
        let sku = || self.sku.as_ref().and_then(|sku| sku.limited(100));
        id.or_else(sku).or_else(|| self.id.as_ref().map(|id| id.0.clone()))
    }
}
