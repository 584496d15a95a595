//! What sources tell, in few words.

use rihla_core::event::{
    CheckoutChanged, ConsentChanged, ConsentState, ConversationChanged, ConversationState, DisputeState,
    Disputed, Event, Fact, Line, MessagePassed, OrderCancelled, OrderDetails, OrderPaid, ParcelMoved, Person,
    Purpose, Refunded, Speaker,
};
use rihla_core::instant::Instant;
use rihla_core::money::{Currency, Money};
use rihla_core::parcel::ParcelState;
use rihla_core::source::{Channel, SourceId};

use crate::shop::{Posted, standard_body};

/// The shop's own source.
pub(super) const SHOP: &str = "shop";
/// The carrier's, which knows tracking numbers only.
pub(super) const CARRIER: &str = "carrier";

/// The till in the shop's own rooms.
pub(super) const TILL: &str = "till";

/// A delivery of one fact that became true at `at`.
pub(super) fn delivery(source: &'static str, id: &str, at: Instant, fact: Fact) -> Posted {
    let body = standard_body(&[Event { at, fact }]);
    Posted { at, source: SourceId::from_static(source), delivery_id: id.to_owned(), topic: None, body }
}

/// Somebody with that e-mail address.
pub(super) fn person(email: &str) -> Person {
    let email = Some(email.parse().expect("an address of the harness is one"));
    Person { email, first_name: Some("Amal".to_owned()), ..Person::default() }
}

/// Somebody whom the source knows by an id.
pub(super) fn known_as(customer: &str) -> Person {
    Person { customer: Some(customer.to_owned()), ..Person::default() }
}

/// Somebody with the phone number that a token stands for, and perhaps an address.
pub(super) fn reached_by(token: &str, email: Option<&str>) -> Person {
    let phone = phone(token).parse().expect("a number of the harness is one");
    Person { phone: Some(phone), ..email.map_or_else(Person::default, person) }
}

/// The phone number that a token stands for.
pub(super) fn phone(token: &str) -> String {
    let digits: String = token.chars().filter(char::is_ascii_digit).collect();
    format!("+447{digits}")
}

/// An order of those products, a pound each.
pub(super) fn placed(order: &str, buyer: Person, products: &[&str]) -> Fact {
    let line = |product: &&str| Line {
        product: (*product).to_owned(),
        title: format!("Product {product}"),
        quantity: 1,
        price: Some(pence(100)),
    };
    Fact::OrderPlaced(OrderDetails {
        order: order.to_owned(),
        buyer,
        total: Some(pence(100 * i64::try_from(products.len()).unwrap_or(i64::MAX))),
        lines: Some(products.iter().map(line).collect()),
        ..OrderDetails::default()
    })
}

pub(super) fn paid(order: &str) -> Fact {
    Fact::OrderPaid(OrderPaid { order: order.to_owned() })
}

pub(super) fn cancelled(order: &str) -> Fact {
    Fact::OrderCancelled(OrderCancelled { order: order.to_owned() })
}

pub(super) fn refunded(order: &str, refund: &str, minor: i64) -> Fact {
    let (order, refund, amount) = (order.to_owned(), refund.to_owned(), pence(minor));
    Fact::Refunded(Refunded { order, refund, amount, goods_returned: false })
}

/// Whether all of an order has been handed over.
pub(super) fn shipped_whole(order: &str, is_whole: bool) -> Fact {
    let order = order.to_owned();
    Fact::OrderChanged(OrderDetails { order, shipped_whole: Some(is_whole), ..OrderDetails::default() })
}

/// The shop's word on a parcel: it names the order and the tracking number.
pub(super) fn parcel(order: &str, tracking: &str, state: ParcelState) -> Fact {
    let (order, tracking) = (Some(order.to_owned()), Some(tracking.to_owned()));
    Fact::ParcelMoved(ParcelMoved { order, parcel: None, tracking, carrier: None, state })
}

/// The carrier's word on a parcel: it names the tracking number alone.
pub(super) fn tracked(tracking: &str, state: ParcelState) -> Fact {
    let tracking = Some(tracking.to_owned());
    Fact::ParcelMoved(ParcelMoved { order: None, parcel: None, tracking, carrier: None, state })
}

pub(super) fn consent(person: Person, purpose: Purpose, state: ConsentState) -> Fact {
    Fact::ConsentChanged(ConsentChanged {
        person,
        purpose,
        state,
        channel: Channel::Email,
        wording: None,
        basis: None,
        double_opt_in: None,
    })
}

/// A message between the shop and whoever has the phone number that a token stands for.
pub(super) fn message(token: &str, id: &str, speaker: Speaker, channel: Channel, text: &str) -> Fact {
    Fact::MessagePassed(MessagePassed {
        conversation: phone(token),
        message: format!("{token}-{id}"),
        customer: reached_by(token, None),
        dated_by_arrival: false,
        speaker,
        channel: Some(channel),
        text: Some(text.to_owned()),
    })
}

/// That conversation is solved.
pub(super) fn answered(token: &str) -> Fact {
    Fact::ConversationChanged(ConversationChanged {
        conversation: phone(token),
        customer: reached_by(token, None),
        state: ConversationState::Resolved,
        channel: None,
        subject: None,
    })
}

/// A cart, with what sending it costs once that was shown.
pub(super) fn cart(id: &str, buyer: Person, shipping: Option<i64>, finished: bool) -> Fact {
    Fact::CheckoutChanged(CheckoutChanged {
        checkout: id.to_owned(),
        buyer,
        total: Some(pence(200)),
        shipping: shipping.map(pence),
        finished,
        ..CheckoutChanged::default()
    })
}

pub(super) fn disputed(order: &str) -> Fact {
    let (order, dispute) = (order.to_owned(), "d1".to_owned());
    Fact::Disputed(Disputed { order, dispute, state: DisputeState::Opened, amount: Some(pence(200)) })
}

fn pence(minor: i64) -> Money {
    let currency: Currency = "GBP".parse().expect("pounds are a currency");
    Money::new(minor, currency)
}
