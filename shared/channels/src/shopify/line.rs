//! What was bought.

use rihla_core::event::Line;
use rihla_core::money::Currency;
use serde::Deserialize;

use crate::json::{Amount, Id, Text};

/// Shopify's own limit.
const LINES_LIMIT: usize = 500;

#[derive(Deserialize)]
pub(super) struct LineItem<'a> {
    id: Option<Id>,
    product_id: Option<Id>,
    variant_id: Option<Id>,
    #[serde(borrow)]
    sku: Option<Text<'a>>,
    #[serde(borrow)]
    title: Option<Text<'a>>,
    #[serde(borrow)]
    name: Option<Text<'a>>,
    quantity: Option<u32>,
    current_quantity: Option<u32>,
    #[serde(borrow)]
    price: Option<Amount<'a>>,
}

/// The lines as they are now, after edits and returns. When nothing is left of any, they are as they were bought:
/// whoever looks at a cancelled order asks what was in it.
pub(super) fn lines(items: &[LineItem<'_>], currency: Option<Currency>) -> Vec<Line> {
    let of = |quantity: fn(&LineItem<'_>) -> u32| {
        let left = items.iter().take(LINES_LIMIT).filter(move |item| quantity(item) > 0);
        left.filter_map(move |item| item.line(quantity(item), currency)).collect::<Vec<_>>()
    };
    let now = of(|item| item.current_quantity.or(item.quantity).unwrap_or(1));
    if now.is_empty() { of(|item| item.quantity.unwrap_or(1)) } else { now }
}

impl LineItem<'_> {
    fn line(&self, quantity: u32, currency: Option<Currency>) -> Option<Line> {
        let price = self.price.as_ref().zip(currency);
        Some(Line {
            product: self.product()?,
            title: self
                .title
                .as_ref()
                .or(self.name.as_ref())
                .and_then(|title| title.limited(200))
                .unwrap_or_default(),
            quantity,
            // A price that the currency has no coins for is no reason to lose the order.
            price: price.and_then(|(price, currency)| price.money(currency).ok()),
        })
    }

    /// A line typed in at the till has no product, so the next best thing that is the same for the same thing.
    fn product(&self) -> Option<String> {
        let id = |id: &Option<Id>| id.as_ref().map(|id| id.0.clone());
        let sku = || self.sku.as_ref().and_then(|sku| sku.limited(100));
        id(&self.product_id).or_else(|| id(&self.variant_id)).or_else(sku).or_else(|| id(&self.id))
    }
}
