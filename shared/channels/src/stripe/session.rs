//! Sessions of Checkout: orders when they are completed, left checkouts when they expire.

use rihla_core::event::{
    CheckoutChanged, ConsentChanged, ConsentState, Event, Fact, Line, OrderDetails, OrderPaid, PaymentFailed,
    Person, Purpose,
};
use rihla_core::money::{Currency, Money};
use rihla_core::source::Channel;
use serde::Deserialize;

use super::customer::{Address, Details};
use super::envelope::Told;
use super::money::money;
use super::{event, line};
use crate::json::{self, Id, Text};
use crate::{Lookup, Reading, Unreadable, person};

#[derive(Deserialize)]
struct Session<'a> {
    id: Id,
    payment_intent: Option<Id>,
    #[serde(borrow)]
    mode: Option<Text<'a>>,
    #[serde(borrow)]
    payment_status: Option<Text<'a>>,
    currency: Option<Currency>,
    amount_total: Option<i64>,
    shipping_cost: Option<ShippingCost>,
    customer: Option<Id>,
    #[serde(borrow)]
    customer_details: Option<Details<'a>>,
    #[serde(borrow)]
    customer_email: Option<Text<'a>>,
    #[serde(borrow)]
    locale: Option<Text<'a>>,
    #[serde(borrow)]
    collected_information: Option<Collected<'a>>,
    /// Where newer versions of the API have `collected_information`.
    #[serde(borrow)]
    shipping_details: Option<Shipping<'a>>,
    #[serde(borrow)]
    consent: Option<Consent<'a>>,
    #[serde(borrow)]
    after_expiration: Option<AfterExpiration<'a>>,
    recovered_from: Option<Id>,
}

#[derive(Deserialize)]
struct ShippingCost {
    amount_total: Option<i64>,
}

#[derive(Deserialize)]
struct Collected<'a> {
    #[serde(borrow)]
    shipping_details: Option<Shipping<'a>>,
}

#[derive(Deserialize)]
struct Shipping<'a> {
    #[serde(borrow)]
    address: Option<Address<'a>>,
}

#[derive(Deserialize)]
struct Consent<'a> {
    #[serde(borrow)]
    promotions: Option<Text<'a>>,
}

#[derive(Deserialize)]
struct AfterExpiration<'a> {
    #[serde(borrow)]
    recovery: Option<Recovery<'a>>,
}

#[derive(Deserialize)]
struct Recovery<'a> {
    #[serde(borrow)]
    url: Option<Text<'a>>,
}

/// Reads `checkout.session.completed` and `checkout.session.async_payment_succeeded`.
pub(super) fn read(object: &[u8], told: Told) -> Result<Reading, Unreadable> {
    let session: Session<'_> = json::read(object)?;
    if session.buys_nothing() {
        return Ok(Reading::default());
    }
    let paid = session.is_paid().then(|| Fact::OrderPaid(OrderPaid { order: session.order() }));
    Ok(session.completed(told, paid))
}

/// Reads the same again with what the API says was bought.
pub(super) fn read_with_lines(object: &[u8], told: Told, answer: &[u8]) -> Result<Reading, Unreadable> {
    let session: Session<'_> = json::read(object)?;
    let details = session.details(told, Some(line::read(answer)?));
    Ok(Reading::events(vec![event(told.at, Fact::OrderPlaced(details))]))
}

/// Reads `checkout.session.async_payment_failed`: the order was placed, and the bank did not pay.
pub(super) fn read_failed(object: &[u8], told: Told) -> Result<Reading, Unreadable> {
    let session: Session<'_> = json::read(object)?;
    let failed = Fact::PaymentFailed(PaymentFailed { order: session.order() });
    Ok(session.completed(told, Some(failed)))
}

/// Reads `checkout.session.expired`: the buyer left, and can go on under the recovery's address where the shop has it
/// switched on.
pub(super) fn read_expired(object: &[u8], told: Told) -> Result<Reading, Unreadable> {
    let session: Session<'_> = json::read(object)?;
    if session.buys_nothing() {
        return Ok(Reading::default());
    }
    let changed = CheckoutChanged {
        checkout: session.id.0.clone(),
        buyer: session.buyer(),
        total: session.money(session.amount_total),
        shipping: session.shipping_cost.as_ref().and_then(|cost| session.money(cost.amount_total)),
        recovery_url: session.recovery_url(),
        left: true,
        ..CheckoutChanged::default()
    };
    let reading = Reading::events(vec![event(told.at, Fact::CheckoutChanged(changed))]);
    Ok(session.and_consent(reading, told))
}

impl Session<'_> {
    /// A session that only keeps a card for later.
    fn buys_nothing(&self) -> bool {
        self.mode.as_ref().and_then(Text::trimmed) == Some("setup")
    }

    fn is_paid(&self) -> bool {
        matches!(word(self.payment_status.as_ref()), Some("paid" | "no_payment_required"))
    }

    fn order(&self) -> String {
        self.payment_intent.as_ref().unwrap_or(&self.id).0.clone()
    }

    fn completed(&self, told: Told, money: Option<Fact>) -> Reading {
        let mut events = vec![event(told.at, Fact::OrderPlaced(self.details(told, None)))];
        events.extend(money.map(|fact| event(told.at, fact)));
        events.extend(self.recovered(told));
        let mut reading = self.and_consent(Reading::events(events), told);
        if told.can_ask && self.id.is_plain() {
            let path = format!("/v1/checkout/sessions/{}/line_items?limit=100", self.id.0);
            reading = reading.and_look_up(Lookup::at_path(line::LINE_ITEMS, path));
        }
        reading
    }

    fn details(&self, told: Told, lines: Option<Vec<Line>>) -> OrderDetails {
        OrderDetails {
            order: self.order(),
            buyer: self.buyer(),
            total: self.money(self.amount_total),
            lines,
            test: told.is_trial,
            ..OrderDetails::default()
        }
    }

    /// The left session that this one goes on with.
    fn recovered(&self, told: Told) -> Option<Event> {
        let checkout = self.recovered_from.as_ref().filter(|_| !told.is_trial)?.0.clone();
        let changed =
            CheckoutChanged { checkout, buyer: self.buyer(), finished: true, ..CheckoutChanged::default() };
        Some(event(told.at, Fact::CheckoutChanged(changed)))
    }

    fn buyer(&self) -> Person {
        let person = self.customer_details.as_ref().map(Details::person).unwrap_or_default();
        let collected =
            self.collected_information.as_ref().and_then(|collected| collected.shipping_details.as_ref());
        let shipping =
            collected.or(self.shipping_details.as_ref()).and_then(|shipping| shipping.address.as_ref());
        Person {
            customer: self.customer.as_ref().map(|id| id.0.clone()),
            email: person.email.or_else(|| person::email(self.customer_email.as_ref())),
            locale: person::locale(self.locale.as_ref()),
            place: shipping.and_then(Address::place).or(person.place),
            ..person
        }
    }

    fn money(&self, amount: Option<i64>) -> Option<Money> {
        money(amount?, self.currency?)
    }

    fn recovery_url(&self) -> Option<String> {
        let recovery = self.after_expiration.as_ref()?.recovery.as_ref()?;
        let url = recovery.url.as_ref()?.trimmed()?;
        (url.starts_with("https://") && url.len() <= 1000).then(|| url.to_owned())
    }

    /// The buyer's word on promotions, if the session asked: a box that was left empty is a no to them.
    fn and_consent(&self, mut reading: Reading, told: Told) -> Reading {
        let asked = self.consent.as_ref().and_then(|consent| word(consent.promotions.as_ref()));
        let state = match asked {
            None => return reading,
            Some(_) if told.is_trial => return reading,
            Some("opt_in") => ConsentState::Granted,
            Some("opt_out") => ConsentState::Withdrawn,
            Some(other) => return reading.and_unknown("consent.promotions", other),
        };
        let Person { customer, email, .. } = self.buyer();
        let person = Person { customer, email, ..Person::default() };
        if person == Person::default() {
            return reading;
        }
        let wording = (state == ConsentState::Granted).then(|| "opted in at Stripe's checkout".to_owned());
        let (purpose, channel) = (Purpose::Marketing, Channel::Email);
        let changed =
            ConsentChanged { person, purpose, state, channel, wording, basis: None, double_opt_in: None };
        reading.events.push(event(told.at, Fact::ConsentChanged(changed)));
        reading
    }
}

fn word<'a>(text: Option<&'a Text<'_>>) -> Option<&'a str> {
    text.and_then(Text::trimmed)
}
