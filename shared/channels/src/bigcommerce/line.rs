//! What was bought (<https://docs.bigcommerce.com/docs/rest-management/orders/order-products>).

use rihla_core::event::{Fact, Line, OrderDetails};
use rihla_core::money::Currency;
use serde::Deserialize;

use super::event;
use super::hook::Hook;
use crate::json::{self, Amount, Count, Id, Text};
use crate::{Reading, Unreadable};

/// What the lookup is called.
pub(super) const PRODUCTS: &str = "products";

#[derive(Deserialize)]
pub(super) struct LineItem<'a> {
    id: Option<Id>,
    /// 0 for what was typed in.
    product_id: Option<Id>,
    #[serde(borrow)]
    name: Option<Text<'a>>,
    #[serde(borrow)]
    sku: Option<Text<'a>>,
    quantity: Option<Count>,
    /// In an order.
    #[serde(borrow)]
    price_inc_tax: Option<Amount<'a>>,
    /// In a cart.
    #[serde(borrow)]
    sale_price: Option<Amount<'a>>,
}

/// Reads the API's answer: the products of the order that the delivery is about.
pub(super) fn read_answer(
    hook: &Hook<'_>,
    currency: Option<Currency>,
    answer: &[u8],
) -> Result<Reading, Unreadable> {
    let products: Vec<LineItem<'_>> = json::read(answer)?;
    let details = OrderDetails {
        order: hook.order()?.0.clone(),
        lines: Some(products.iter().filter_map(|product| product.line(currency)).collect()),
        ..OrderDetails::default()
    };
    Ok(Reading::events(vec![event(hook.at(), Fact::OrderChanged(details))]))
}

impl LineItem<'_> {
    pub(super) fn line(&self, currency: Option<Currency>) -> Option<Line> {
        let quantity = self.quantity.map_or(1, |quantity| quantity.0);
        Some(Line {
            product: self.product().filter(|_| quantity > 0)?,
            title: self.name.as_ref().and_then(|name| name.limited(200)).unwrap_or_default(),
            quantity,
            price: self
                .price_inc_tax
                .as_ref()
                .or(self.sale_price.as_ref())
                .and_then(|price| price.money(currency?).ok()),
        })
    }

    fn product(&self) -> Option<String> {
        let id = self.product_id.as_ref().map(|id| id.0.clone()).filter(|id| id != "0");
        let sku = || self.sku.as_ref().and_then(|sku| sku.limited(100));
        id.or_else(sku).or_else(|| self.id.as_ref().map(|id| id.0.clone()))
    }
}
