//! What was bought, as the API lists it for a session
//! (<https://docs.stripe.com/api/checkout/sessions/line_items>).

use rihla_core::event::Line;
use rihla_core::money::Currency;
use serde::Deserialize;

use super::money::money;
use crate::Unreadable;
use crate::json::{self, Count, Id, Text};

/// What the lookup is called.
pub(super) const LINE_ITEMS: &str = "line items";

#[derive(Deserialize)]
struct List<'a> {
    #[serde(borrow)]
    data: Vec<LineItem<'a>>,
}

#[derive(Deserialize)]
struct LineItem<'a> {
    id: Id,
    #[serde(borrow)]
    description: Option<Text<'a>>,
    quantity: Option<Count>,
    price: Option<Price>,
}

#[derive(Deserialize)]
struct Price {
    product: Option<Id>,
    unit_amount: Option<i64>,
    currency: Option<Currency>,
}

pub(super) fn read(answer: &[u8]) -> Result<Vec<Line>, Unreadable> {
    let list: List<'_> = json::read(answer)?;
    Ok(list.data.iter().map(LineItem::line).collect())
}

impl LineItem<'_> {
    fn line(&self) -> Line {
        let price = self.price.as_ref();
        let product = price.and_then(|price| price.product.as_ref()).unwrap_or(&self.id);
        Line {
            product: product.0.clone(),
            title: self.description.as_ref().and_then(|title| title.limited(200)).unwrap_or_default(),
            quantity: self.quantity.map_or(1, |quantity| quantity.0),
            price: price.and_then(|price| money(price.unit_amount?, price.currency?)),
        }
    }
}
