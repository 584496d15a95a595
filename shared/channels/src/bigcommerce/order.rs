//! Orders (<https://docs.bigcommerce.com/docs/rest-management/orders>), as version 2 of the API answers them.

use rihla_core::event::{Event, Fact, OrderCancelled, OrderDetails, OrderPaid, PaymentFailed, Person};
use rihla_core::instant::Instant;
use rihla_core::money::{Currency, Money};
use serde::Deserialize;

use super::event;
use super::hook::{Hook, in_currency};
use super::line::PRODUCTS;
use super::refund::REFUNDS;
use super::shipment::SHIPMENTS;
use crate::json::{self, Amount, Id, MailDate, Text};
use crate::{Reading, Unreadable, person};

/// What the lookup is called.
pub(super) const ORDER: &str = "order";

#[derive(Deserialize)]
struct Order<'a> {
    id: Id,
    status_id: Option<u32>,
    date_created: Option<MailDate>,
    date_modified: Option<MailDate>,
    /// What the buyer pays in; `currency_code` is only what the shop showed.
    default_currency_code: Option<Currency>,
    currency_code: Option<Currency>,
    #[serde(borrow)]
    total_inc_tax: Option<Amount<'a>>,
    items_shipped: Option<u32>,
    customer_id: Option<Id>,
    #[serde(borrow)]
    customer_locale: Option<Text<'a>>,
    #[serde(borrow)]
    billing_address: Option<Address<'a>>,
}

#[derive(Deserialize)]
struct Address<'a> {
    #[serde(borrow)]
    first_name: Option<Text<'a>>,
    #[serde(borrow)]
    last_name: Option<Text<'a>>,
    #[serde(borrow)]
    email: Option<Text<'a>>,
    #[serde(borrow)]
    phone: Option<Text<'a>>,
    #[serde(borrow)]
    city: Option<Text<'a>>,
    #[serde(borrow)]
    country_iso2: Option<Text<'a>>,
}

/// Where an order stands, by its `status_id`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// The buyer has not come to the end of the checkout.
    Incomplete,
    Open,
    Paid,
    PartlyShipped,
    Shipped,
    Refunded,
    Cancelled,
    Declined,
    Unknown,
}

impl State {
    /// <https://docs.bigcommerce.com/docs/rest-management/orders/order-status>
    fn of(status_id: u32) -> Self {
        match status_id {
            0 => Self::Incomplete,
            // Pending, awaiting payment, to be verified by hand, disputed.
            1 | 7 | 12 | 13 => Self::Open,
            // Awaiting pick-up, shipment, fulfilment.
            8 | 9 | 11 => Self::Paid,
            3 => Self::PartlyShipped,
            2 | 10 => Self::Shipped,
            4 | 14 => Self::Refunded,
            5 => Self::Cancelled,
            6 => Self::Declined,
            _ => Self::Unknown,
        }
    }

    fn is_paid(self) -> bool {
        matches!(self, Self::Paid | Self::PartlyShipped | Self::Shipped | Self::Refunded)
    }

    /// What the state says besides that there is an order. Money that went back was paid before.
    fn facts(self, order: &str, placed_at: Instant, at: Instant) -> Option<Event> {
        let order = || order.to_owned();
        match self {
            Self::Cancelled => Some(event(at, Fact::OrderCancelled(OrderCancelled { order: order() }))),
            Self::Declined => Some(event(at, Fact::PaymentFailed(PaymentFailed { order: order() }))),
            _ if self.is_paid() => Some(event(placed_at, Fact::OrderPaid(OrderPaid { order: order() }))),
            _ => None,
        }
    }

    fn and_unknown(self, reading: Reading, status_id: u32) -> Reading {
        if self == Self::Unknown { reading.and_unknown("status_id", &status_id.to_string()) } else { reading }
    }
}

/// Reads what names an order. That one was created says nothing yet: checkouts are, too, that nobody ends.
pub(super) fn read(hook: &Hook<'_>) -> Result<Reading, Unreadable> {
    Ok(asked_for(hook, Reading::default(), hook.id()?))
}

/// Reads `store/order/statusUpdated`, which tells the new state.
pub(super) fn read_status(hook: &Hook<'_>) -> Result<Reading, Unreadable> {
    let order = hook.id()?;
    let Some(status_id) = hook.new_status_id() else { return read(hook) };
    let state = State::of(status_id);
    if state == State::Incomplete {
        return Ok(Reading::default());
    }
    let details = OrderDetails { order: order.0.clone(), ..OrderDetails::default() };
    let mut events = vec![event(hook.at(), Fact::OrderPlaced(details))];
    events.extend(state.facts(&order.0, hook.at(), hook.at()));
    Ok(asked_for(hook, state.and_unknown(Reading::events(events), status_id), order))
}

fn asked_for(hook: &Hook<'_>, reading: Reading, order: &Id) -> Reading {
    hook.ask(reading, ORDER, order, |id| format!("/v2/orders/{id}"))
}

/// Reads the API's answer, and asks for what it leaves out.
pub(super) fn read_answer(hook: &Hook<'_>, answer: &[u8]) -> Result<Reading, Unreadable> {
    let order: Order<'_> = json::read(answer)?;
    let status_id = order.status_id.ok_or_else(|| Unreadable::missing("status_id"))?;
    let state = State::of(status_id);
    if state == State::Incomplete {
        return Ok(Reading::default());
    }
    let placed_at = order.date_created.map_or(hook.at(), |date| date.0);
    let at = order.date_modified.map_or(hook.at(), |date| date.0);
    let mut events = vec![event(at, Fact::OrderPlaced(order.details(state, placed_at)))];
    events.extend(state.facts(&order.id.0, placed_at, at));
    Ok(order.ask(hook, state, state.and_unknown(Reading::events(events), status_id)))
}

impl Order<'_> {
    fn currency(&self) -> Option<Currency> {
        self.default_currency_code.or(self.currency_code)
    }

    fn details(&self, state: State, placed_at: Instant) -> OrderDetails {
        OrderDetails {
            order: self.id.0.clone(),
            // People see the id.
            number: Some(self.id.0.clone()),
            placed_at: Some(placed_at),
            buyer: self.buyer(),
            total: self.total(),
            shipped_whole: match state {
                State::Shipped => Some(true),
                State::PartlyShipped => Some(false),
                _ => None,
            },
            ..OrderDetails::default()
        }
    }

    /// With four decimals, of which the last may stand for no coin: then it is not known.
    fn total(&self) -> Option<Money> {
        self.total_inc_tax.as_ref()?.money(self.currency()?).ok()
    }

    /// Guests have the number 0.
    fn buyer(&self) -> Person {
        let customer = self.customer_id.as_ref().map(|id| id.0.clone()).filter(|id| id != "0");
        let person = self.billing_address.as_ref().map(Address::person).unwrap_or_default();
        Person { customer, locale: person::locale(self.customer_locale.as_ref()), ..person }
    }

    fn ask(&self, hook: &Hook<'_>, state: State, reading: Reading) -> Reading {
        let of_order = |part: &'static str| move |id: &str| format!("/v2/orders/{id}/{part}?limit=250");
        let mut reading =
            hook.ask(reading, in_currency(PRODUCTS, self.currency()), &self.id, of_order("products"));
        if self.items_shipped.is_some_and(|items| items > 0) {
            reading = hook.ask(reading, SHIPMENTS, &self.id, of_order("shipments"));
        }
        if state == State::Refunded || hook.topic() == "store/order/refund/created" {
            let what = in_currency(REFUNDS, self.currency());
            reading =
                hook.ask(reading, what, &self.id, |id| format!("/v3/orders/{id}/payment_actions/refunds"));
        }
        reading
    }
}

impl Address<'_> {
    fn person(&self) -> Person {
        let country = person::country(self.country_iso2.as_ref());
        // The state comes by its name, not by its code.
        let place = person::place(country, None, person::name(self.city.as_ref()));
        Person {
            email: person::email(self.email.as_ref()),
            phone: person::phone_in(self.phone.as_ref(), place.as_ref()),
            first_name: person::name(self.first_name.as_ref()),
            last_name: person::name(self.last_name.as_ref()),
            place,
            ..Person::default()
        }
    }
}
