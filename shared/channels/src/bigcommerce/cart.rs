//! Left carts (<https://docs.bigcommerce.com/docs/rest-management/carts>): `BigCommerce` says so after an hour.

use rihla_core::event::{CheckoutChanged, Fact, Line, Person};
use rihla_core::money::Currency;
use serde::Deserialize;

use super::event;
use super::hook::Hook;
use super::line::LineItem;
use crate::json::{self, Amount, Id, Text};
use crate::{Reading, Unreadable, person};

/// What the lookup is called.
pub(super) const CART: &str = "cart";

#[derive(Deserialize)]
struct Answer<'a> {
    #[serde(borrow)]
    data: Cart<'a>,
}

#[derive(Deserialize)]
struct Cart<'a> {
    id: Id,
    customer_id: Option<Id>,
    #[serde(borrow)]
    email: Option<Text<'a>>,
    currency: Option<CartCurrency>,
    #[serde(borrow, rename = "cart_amount")]
    total: Option<Amount<'a>>,
    #[serde(borrow)]
    line_items: Option<LineItems<'a>>,
    #[serde(borrow)]
    redirect_urls: Option<RedirectUrls<'a>>,
}

#[derive(Deserialize)]
struct CartCurrency {
    code: Option<Currency>,
}

#[derive(Deserialize)]
struct LineItems<'a> {
    #[serde(borrow)]
    physical_items: Option<Vec<LineItem<'a>>>,
    #[serde(borrow)]
    digital_items: Option<Vec<LineItem<'a>>>,
}

#[derive(Deserialize)]
struct RedirectUrls<'a> {
    #[serde(borrow)]
    checkout_url: Option<Text<'a>>,
}

/// Reads `store/cart/abandoned`.
pub(super) fn read_abandoned(hook: &Hook<'_>) -> Result<Reading, Unreadable> {
    let cart = hook.id()?;
    let changed = CheckoutChanged { checkout: cart.0.clone(), left: true, ..CheckoutChanged::default() };
    let reading = Reading::events(vec![event(hook.at(), Fact::CheckoutChanged(changed))]);
    Ok(hook.ask(reading, CART, cart, |id| format!("/v3/carts/{id}?include=redirect_urls")))
}

/// Reads `store/cart/converted` and `store/cart/deleted`: it became an order, or was emptied.
pub(super) fn read_finished(hook: &Hook<'_>) -> Result<Reading, Unreadable> {
    let checkout = hook.id()?.0.clone();
    let changed = CheckoutChanged { checkout, finished: true, ..CheckoutChanged::default() };
    Ok(Reading::events(vec![event(hook.at(), Fact::CheckoutChanged(changed))]))
}

/// Reads the API's answer: what lies in the cart that was left, and whose it is.
pub(super) fn read_answer(hook: &Hook<'_>, answer: &[u8]) -> Result<Reading, Unreadable> {
    let Answer { data: cart } = json::read(answer)?;
    let currency = cart.currency.as_ref().and_then(|currency| currency.code);
    let total = cart.total.as_ref().zip(currency);
    let changed = CheckoutChanged {
        checkout: cart.id.0.clone(),
        buyer: cart.buyer(),
        lines: cart.line_items.as_ref().map(|items| items.lines(currency)),
        total: total.and_then(|(amount, currency)| amount.money(currency).ok()),
        recovery_url: cart.redirect_urls.as_ref().and_then(RedirectUrls::checkout),
        left: true,
        ..CheckoutChanged::default()
    };
    Ok(Reading::events(vec![event(hook.at(), Fact::CheckoutChanged(changed))]))
}

impl Cart<'_> {
    fn buyer(&self) -> Person {
        Person {
            customer: self.customer_id.as_ref().map(|id| id.0.clone()).filter(|id| id != "0"),
            email: person::email(self.email.as_ref()),
            ..Person::default()
        }
    }
}

impl LineItems<'_> {
    fn lines(&self, currency: Option<Currency>) -> Vec<Line> {
        let items = self.physical_items.iter().chain(&self.digital_items).flatten();
        items.filter_map(|item| item.line(currency)).collect()
    }
}

impl RedirectUrls<'_> {
    fn checkout(&self) -> Option<String> {
        let url = self.checkout_url.as_ref()?.trimmed()?;
        (url.starts_with("https://") && url.len() <= 1000).then(|| url.to_owned())
    }
}
