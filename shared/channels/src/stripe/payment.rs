//! Payment intents: the orders of shops that have a checkout of their own, and the money of the others.

use rihla_core::event::{Fact, OrderDetails, OrderPaid, PaymentFailed, Person};
use rihla_core::money::Currency;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::customer::Address;
use super::envelope::Told;
use super::event;
use super::money::money;
use crate::json::{self, Id, Text};
use crate::{Reading, Unreadable, person};

#[derive(Deserialize)]
struct Intent<'a> {
    id: Id,
    amount_received: Option<i64>,
    currency: Option<Currency>,
    customer: Option<Id>,
    #[serde(borrow)]
    receipt_email: Option<Text<'a>>,
    #[serde(borrow)]
    shipping: Option<Shipping<'a>>,
    /// There when it pays an invoice, such as a subscription's next month.
    invoice: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct Shipping<'a> {
    #[serde(borrow)]
    address: Option<Address<'a>>,
}

/// Reads `payment_intent.succeeded`. One that names nobody only says that an order is paid.
pub(super) fn read(object: &[u8], told: Told) -> Result<Reading, Unreadable> {
    let intent: Intent<'_> = json::read(object)?;
    let buyer = intent.buyer();
    let is_somebody = buyer.customer.is_some() || buyer.email.is_some();
    if intent.invoice.is_some() || (told.is_trial && !is_somebody) {
        return Ok(Reading::default());
    }
    let paid = Fact::OrderPaid(OrderPaid { order: intent.id.0.clone() });
    let details = OrderDetails {
        order: intent.id.0.clone(),
        buyer,
        total: intent
            .amount_received
            .zip(intent.currency)
            .and_then(|(amount, currency)| money(amount, currency)),
        test: told.is_trial,
        ..OrderDetails::default()
    };
    let placed = is_somebody.then(|| event(told.at, Fact::OrderPlaced(details)));
    Ok(Reading::events(placed.into_iter().chain([event(told.at, paid)]).collect()))
}

/// Reads `payment_intent.payment_failed`.
pub(super) fn read_failed(object: &[u8], told: Told) -> Result<Reading, Unreadable> {
    let intent: Intent<'_> = json::read(object)?;
    if intent.invoice.is_some() {
        return Ok(Reading::default());
    }
    let failed = Fact::PaymentFailed(PaymentFailed { order: intent.id.0 });
    Ok(Reading::events(vec![event(told.at, failed)]))
}

impl Intent<'_> {
    /// The address of the delivery may be somebody else's, so it gives the place and nothing more.
    fn buyer(&self) -> Person {
        Person {
            customer: self.customer.as_ref().map(|id| id.0.clone()),
            email: person::email(self.receipt_email.as_ref()),
            place: self.shipping.as_ref().and_then(|shipping| shipping.address.as_ref()?.place()),
            ..Person::default()
        }
    }
}
