//! What the Orders API answers.

use rihla_core::event::{Fact, Line, OrderDetails, Person};
use rihla_core::identifier::Mailbox;
use rihla_core::instant::Instant;
use rihla_core::money::{Currency, Money};
use serde::Deserialize;

use super::{event, order_change};
use crate::json::{self, Amount, Count, Id, Text, word};
use crate::{Reading, Unreadable, person};

/// More than Amazon answers at once.
const LINES_LIMIT: usize = 500;

#[derive(Deserialize)]
struct Answer<T> {
    payload: T,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Order<'a> {
    amazon_order_id: Id,
    #[serde(borrow, rename = "OrderStatus")]
    status: Option<Text<'a>>,
    purchase_date: Option<Instant>,
    last_update_date: Option<Instant>,
    latest_delivery_date: Option<Instant>,
    #[serde(borrow, rename = "OrderTotal")]
    total: Option<Price<'a>>,
    #[serde(borrow)]
    buyer_info: Option<BuyerInfo<'a>>,
    #[serde(borrow)]
    shipping_address: Option<Address<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Price<'a> {
    currency_code: Option<Currency>,
    #[serde(borrow)]
    amount: Option<Amount<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct BuyerInfo<'a> {
    #[serde(borrow)]
    buyer_email: Option<Text<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Address<'a> {
    #[serde(borrow)]
    country_code: Option<Text<'a>>,
    #[serde(borrow)]
    state_or_region: Option<Text<'a>>,
    #[serde(borrow)]
    city: Option<Text<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Items<'a> {
    amazon_order_id: Id,
    #[serde(borrow)]
    order_items: Vec<Item<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Item<'a> {
    #[serde(rename = "ASIN")]
    asin: Option<Id>,
    #[serde(rename = "SellerSKU")]
    seller_sku: Option<Id>,
    #[serde(borrow)]
    title: Option<Text<'a>>,
    quantity_ordered: Option<Count>,
    /// Of all of them together.
    #[serde(borrow, rename = "ItemPrice")]
    price: Option<Price<'a>>,
}

/// Reads `getOrder`. `at` is when the order changed, as the notification told.
pub(super) fn read(answer: &[u8], at: Instant) -> Result<Reading, Unreadable> {
    let Answer { payload: order } = json::read::<Answer<Order<'_>>>(answer)?;
    let details = OrderDetails {
        order: order.amazon_order_id.0.clone(),
        placed_at: order.purchase_date,
        promised_at: order.latest_delivery_date,
        buyer: order.buyer(),
        total: order.total.as_ref().and_then(Price::money),
        ..OrderDetails::default()
    };
    let at = order.last_update_date.unwrap_or(at);
    Ok(order_change::told(details, word(order.status.as_ref()), at))
}

/// Reads `getOrderItems`.
pub(super) fn read_items(answer: &[u8], at: Instant) -> Result<Reading, Unreadable> {
    let Answer { payload: items } = json::read::<Answer<Items<'_>>>(answer)?;
    let lines = items.order_items.iter().take(LINES_LIMIT).filter_map(Item::line).collect();
    let details =
        OrderDetails { order: items.amazon_order_id.0, lines: Some(lines), ..OrderDetails::default() };
    Ok(Reading::events(vec![event(at, Fact::OrderChanged(details))]))
}

impl Order<'_> {
    /// Amazon's relay address stands for the buyer and is the same in all their orders here. It is an id and no address:
    /// who writes to it for anything but the order loses the right to sell there. Names are not taken over either.
    fn buyer(&self) -> Person {
        let email = self.buyer_info.as_ref().and_then(|buyer| person::email(buyer.buyer_email.as_ref()));
        let relay = email.filter(|email| email.mailbox() == Mailbox::Relay);
        let address = self.shipping_address.as_ref();
        Person {
            customer: relay.and_then(|relay| Some(relay.as_str().split_once('@')?.0.to_owned())),
            place: address.and_then(Address::place),
            ..Person::default()
        }
    }
}

impl Address<'_> {
    fn place(&self) -> Option<rihla_core::event::Place> {
        let country = person::country(self.country_code.as_ref());
        person::place(
            country,
            person::region(self.state_or_region.as_ref()),
            person::name(self.city.as_ref()),
        )
    }
}

impl Price<'_> {
    fn money(&self) -> Option<Money> {
        self.amount.as_ref()?.money(self.currency_code?).ok()
    }
}

impl Item<'_> {
    fn line(&self) -> Option<Line> {
        let quantity = self.quantity_ordered.map_or(1, |quantity| quantity.0);
        let product = self.asin.as_ref().or(self.seller_sku.as_ref())?;
        (quantity > 0).then(|| Line {
            product: product.0.clone(),
            title: self.title.as_ref().and_then(|title| title.limited(200)).unwrap_or_default(),
            quantity,
            price: self.price_of_one(quantity),
        })
    }

    /// What one costs, where all of them cost the same.
    fn price_of_one(&self, quantity: u32) -> Option<Money> {
        let whole = self.price.as_ref()?.money()?;
        let is_even = whole.minor % i64::from(quantity) == 0;
        is_even.then(|| Money::new(whole.minor / i64::from(quantity), whole.currency))
    }
}
