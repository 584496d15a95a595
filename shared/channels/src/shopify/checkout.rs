//! Checkouts, at any step and completed ones, too. Carts name nobody and are not read.

use rihla_core::event::{CheckoutChanged, Fact, Person};
use rihla_core::instant::Instant;
use rihla_core::money::{Currency, Money};
use serde::Deserialize;

use super::bare::bare;
use super::customer::consents;
use super::line::{LineItem, lines};
use super::person::{Address, Customer};
use super::{Told, event};
use crate::json::{self, Amount, Id, Text};
use crate::person::{email, locale, phone_in};
use crate::{Reading, Unreadable};

#[derive(Deserialize)]
struct Checkout<'a> {
    /// The same in every form of it, as the id is not.
    token: Option<Id>,
    id: Option<Id>,
    order_id: Option<Id>,
    created_at: Option<Instant>,
    updated_at: Option<Instant>,
    completed_at: Option<Instant>,
    closed_at: Option<Instant>,
    currency: Option<Currency>,
    #[serde(borrow)]
    total_price: Option<Amount<'a>>,
    #[serde(borrow)]
    shipping_lines: Option<Vec<Shipping<'a>>>,
    #[serde(borrow)]
    shipping_line: Option<Shipping<'a>>,
    #[serde(borrow)]
    line_items: Option<Vec<LineItem<'a>>>,
    #[serde(borrow)]
    abandoned_checkout_url: Option<Text<'a>>,
    #[serde(borrow)]
    web_url: Option<Text<'a>>,
    #[serde(borrow)]
    email: Option<Text<'a>>,
    #[serde(borrow)]
    phone: Option<Text<'a>>,
    #[serde(borrow)]
    customer_locale: Option<Text<'a>>,
    customer_id: Option<Id>,
    #[serde(borrow)]
    customer: Option<Customer<'a>>,
    #[serde(borrow)]
    shipping_address: Option<Address<'a>>,
    #[serde(borrow)]
    billing_address: Option<Address<'a>>,
}

/// A way of sending that the buyer saw and chose, with its price.
#[derive(Deserialize)]
struct Shipping<'a> {
    #[serde(borrow)]
    price: Option<Amount<'a>>,
}

/// Reads `checkouts/create` and `checkouts/update`.
pub(super) fn read(body: &[u8], told: &Told<'_>) -> Result<Reading, Unreadable> {
    let checkout: Checkout<'_> = json::read(bare(body, "checkout")?)?;
    let at = checkout.updated_at.or(checkout.created_at).map_or_else(|| told.time(), Ok)?;
    let mut events = vec![event(at, Fact::CheckoutChanged(checkout.changed()?))];
    events.extend(checkout.customer.iter().flat_map(|customer| consents(customer, at)));
    Ok(Reading::events(events))
}

impl Checkout<'_> {
    fn changed(&self) -> Result<CheckoutChanged, Unreadable> {
        let checkout =
            self.token.as_ref().or(self.id.as_ref()).ok_or_else(|| Unreadable::missing("token"))?;
        Ok(CheckoutChanged {
            checkout: checkout.0.clone(),
            buyer: self.buyer(),
            lines: self.line_items.as_ref().map(|items| lines(items, self.currency)),
            total: self.total_price.as_ref().and_then(|price| self.money(price)),
            shipping: self.shipping(),
            recovery_url: self.recovery_url(),
            left: false,
            left_because: None,
            finished: self.completed_at.is_some() || self.closed_at.is_some() || self.order_id.is_some(),
        })
    }

    fn money(&self, amount: &Amount<'_>) -> Option<Money> {
        amount.money(self.currency?).ok()
    }

    /// What sending it costs, once a way of sending was chosen.
    fn shipping(&self) -> Option<Money> {
        let chosen = self.shipping_lines.iter().flatten().chain(&self.shipping_line);
        let prices = chosen.filter_map(|shipping| self.money(shipping.price.as_ref()?));
        prices.reduce(|sum, price| Money::new(sum.minor.saturating_add(price.minor), sum.currency))
    }

    fn recovery_url(&self) -> Option<String> {
        let url = self.abandoned_checkout_url.as_ref().or(self.web_url.as_ref())?.trimmed()?;
        (url.starts_with("https://") && url.len() <= 1000).then(|| url.to_owned())
    }

    /// Who is buying. The address of the delivery may be somebody else's, so it gives the place and nothing more.
    fn buyer(&self) -> Person {
        let mut person = self.customer.as_ref().map(Customer::person).unwrap_or_default();
        let customer = person.customer.or_else(|| self.customer_id.as_ref().map(|id| id.0.clone()));
        person.customer = customer;
        person.email = email(self.email.as_ref()).or(person.email);
        let addresses = [&self.shipping_address, &self.billing_address];
        let place =
            addresses.into_iter().find_map(|address| address.as_ref()?.place()).or(person.place.take());
        person.phone = phone_in(self.phone.as_ref(), place.as_ref()).or(person.phone);
        if let Some(address) = &self.billing_address {
            address.complete(&mut person);
        }
        Person { locale: locale(self.customer_locale.as_ref()), place, ..person }
    }
}
