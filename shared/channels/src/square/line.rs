//! What was bought.

use rihla_core::event::Line;
use serde::Deserialize;

use super::money::Amount;
use crate::json::{Count, Id, Text};

#[derive(Deserialize)]
pub(super) struct LineItem<'a> {
    uid: Option<Id>,
    /// Of the size or colour, which is what is counted in stock, too.
    catalog_object_id: Option<Id>,
    #[serde(borrow)]
    name: Option<Text<'a>>,
    quantity: Option<Count>,
    #[serde(borrow)]
    base_price_money: Option<Amount<'a>>,
}

impl LineItem<'_> {
    /// An amount typed in at the till has neither product nor name.
    pub(super) fn line(&self) -> Option<Line> {
        Some(Line {
            product: self.catalog_object_id.as_ref().or(self.uid.as_ref())?.0.clone(),
            title: self.name.as_ref().and_then(|name| name.limited(200)).unwrap_or_default(),
            quantity: self.quantity.map_or(1, |quantity| quantity.0),
            price: self.base_price_money.as_ref().and_then(Amount::money),
        })
    }
}
