//! Payments, whole in their events, and refunds, which name the payment.

use rihla_core::event::{Event, Fact, OrderDetails, OrderPaid, PaymentFailed, Person, Refunded};
use rihla_core::instant::Instant;
use rihla_core::source::Channel;
use serde::Deserialize;

use super::envelope::Envelope;
use super::money::Amount;
use super::{dispute, event};
use crate::json::{self, Id, Text};
use crate::{Lookup, Reading, Unreadable, person};

/// What the lookup is called.
pub(super) const PAYMENT: &str = "payment";

/// The event's object, and the API's answer: both hold the payment alone.
#[derive(Deserialize)]
struct Holder<'a> {
    #[serde(borrow)]
    payment: Payment<'a>,
}

#[derive(Deserialize)]
struct Payment<'a> {
    id: Id,
    order_id: Option<Id>,
    customer_id: Option<Id>,
    #[serde(borrow)]
    buyer_email_address: Option<Text<'a>>,
    #[serde(borrow)]
    status: Text<'a>,
    #[serde(borrow)]
    application_details: Option<Application<'a>>,
    /// What went back of it so far.
    #[serde(borrow)]
    refunded_money: Option<Amount<'a>>,
    created_at: Option<Instant>,
    updated_at: Option<Instant>,
}

#[derive(Deserialize)]
struct Application<'a> {
    #[serde(borrow)]
    square_product: Option<Text<'a>>,
}

#[derive(Deserialize)]
struct RefundHolder<'a> {
    #[serde(borrow)]
    refund: Refund<'a>,
}

#[derive(Deserialize)]
struct Refund<'a> {
    payment_id: Option<Id>,
    #[serde(borrow)]
    status: Text<'a>,
}

/// Reads `payment.created` and `payment.updated`.
pub(super) fn read(envelope: &Envelope<'_>) -> Result<Reading, Unreadable> {
    let Holder { payment } = envelope.object()?;
    Ok(payment.told(envelope))
}

/// Reads `refund.created` and `refund.updated`. Their order is one that was made for the refund, so the payment is asked
/// for, which names what was bought and how much of it went back.
pub(super) fn read_refund(envelope: &Envelope<'_>) -> Result<Reading, Unreadable> {
    let RefundHolder { refund } = envelope.object()?;
    match refund.status.trimmed().unwrap_or_default() {
        "COMPLETED" => Ok(refund.payment_id.map(|id| asked_for(&id)).unwrap_or_default()),
        "PENDING" | "REJECTED" | "FAILED" => Ok(Reading::default()),
        other => Ok(Reading::default().and_unknown("refund.status", other)),
    }
}

/// With the payment to be looked up.
pub(super) fn asked_for(id: &Id) -> Reading {
    let lookup = || Lookup::at_path(PAYMENT, format!("/v2/payments/{}", id.0));
    if id.is_plain() { Reading::default().and_look_up(lookup()) } else { Reading::default() }
}

/// Reads the API's answer (<https://developer.squareup.com/reference/square/payments-api/get-payment>).
pub(super) fn read_answer(envelope: &Envelope<'_>, answer: &[u8]) -> Result<Reading, Unreadable> {
    let Holder { payment } = json::read(answer)?;
    let mut reading = payment.told(envelope);
    if let Some(order) = payment.order_id.as_ref().filter(|_| envelope.topic().starts_with("dispute.")) {
        reading.events.extend(dispute::disputed(envelope, &order.0)?);
    }
    Ok(reading)
}

impl Payment<'_> {
    fn told(&self, envelope: &Envelope<'_>) -> Reading {
        let Some(order) = &self.order_id else { return Reading::default() };
        let order = order.0.as_str();
        let at = self.updated_at.or(self.created_at).unwrap_or(envelope.at());
        let placed = || event(at, Fact::OrderPlaced(self.details(order, envelope.is_trial)));
        let paid = || event(at, Fact::OrderPaid(OrderPaid { order: order.to_owned() }));
        let failed = || event(at, Fact::PaymentFailed(PaymentFailed { order: order.to_owned() }));
        let events = match self.status.trimmed().unwrap_or_default() {
            "APPROVED" | "PENDING" => vec![placed()],
            "COMPLETED" => [placed(), paid()].into_iter().chain(self.refunded(order, at)).collect(),
            "FAILED" => vec![failed()],
            // Let go before any money moved.
            "CANCELED" => Vec::new(),
            other => return Reading::default().and_unknown("payment.status", other),
        };
        Reading::events(events)
    }

    /// One of several payments may be for a part of the price, so that it tells nothing of the total.
    fn details(&self, order: &str, test: bool) -> OrderDetails {
        OrderDetails {
            order: order.to_owned(),
            placed_at: self.created_at,
            channel: self.channel(),
            buyer: Person {
                customer: self.customer_id.as_ref().map(|id| id.0.clone()),
                email: person::email(self.buyer_email_address.as_ref()),
                ..Person::default()
            },
            test,
            ..OrderDetails::default()
        }
    }

    fn channel(&self) -> Option<Channel> {
        match self.application_details.as_ref()?.square_product.as_ref()?.trimmed()? {
            "SQUARE_POS" | "TERMINAL_API" | "RETAIL" | "RESTAURANTS" => Some(Channel::Pos),
            "ECOMMERCE_API" | "ONLINE_STORE" => Some(Channel::Web),
            _ => None,
        }
    }

    /// All that went back of a payment counts as one refund, by the payment's id: each refund's own event would name
    /// another order, and the sum is right whichever of them was lost.
    fn refunded(&self, order: &str, at: Instant) -> Option<Event> {
        let amount = self.refunded_money.as_ref()?.money().filter(|amount| amount.minor > 0)?;
        let refund = self.id.0.clone();
        let refunded = Refunded { order: order.to_owned(), refund, amount, goods_returned: false };
        Some(event(at, Fact::Refunded(refunded)))
    }
}
