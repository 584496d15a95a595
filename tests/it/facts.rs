//! Events of the generic source, as an own shop would send them.

use rihla_core::event::{
    ConsentChanged, ConsentState, Fact, Line, OrderCancelled, OrderDetails, OrderPaid, ParcelMoved, Person,
    Place, Purpose, Refunded,
};
use rihla_core::money::Money;
use rihla_core::parcel::ParcelState;
use rihla_core::source::Channel;

/// The order of most tests.
pub(crate) const ORDER: &str = "4501";

pub(crate) const AMAL: &str = "amal@example.com";

/// Who lives in Britain, reads English, and has this address.
pub(crate) fn person(email: &str) -> Person {
    let place = Place { country: Some("GB".into()), city: Some("Bristol".into()), region: None };
    Person {
        email: Some(email.parse().unwrap()),
        first_name: Some("Amal".into()),
        locale: Some("en-GB".into()),
        place: Some(place),
        ..Person::default()
    }
}

/// The same person, in a country.
pub(crate) fn living_in(person: Person, country: &str) -> Person {
    let place = Place { country: Some(country.into()), ..Place::default() };
    Person { place: Some(place), ..person }
}

/// The same person, with an id at the source.
pub(crate) fn known_as(person: Person, customer: &str) -> Person {
    Person { customer: Some(customer.into()), ..person }
}

pub(crate) fn pounds(pence: i64) -> Money {
    Money::new(pence, "GBP".parse().unwrap())
}

pub(crate) fn line(product: &str) -> Line {
    Line { product: product.into(), title: format!("The {product}"), quantity: 1, price: Some(pounds(1_000)) }
}

/// What was bought, at 10 pounds each.
pub(crate) fn details(order: &str, buyer: Person, products: &[&str]) -> OrderDetails {
    OrderDetails {
        order: order.into(),
        number: Some(format!("#{order}")),
        buyer,
        total: Some(pounds(1_000 * i64::try_from(products.len()).unwrap())),
        lines: Some(products.iter().map(|product| line(product)).collect()),
        ..OrderDetails::default()
    }
}

/// An order of one bowl.
pub(crate) fn placed(order: &str, buyer: Person) -> Fact {
    Fact::OrderPlaced(details(order, buyer, &["bowl"]))
}

pub(crate) fn paid(order: &str) -> Fact {
    Fact::OrderPaid(OrderPaid { order: order.into() })
}

pub(crate) fn cancelled(order: &str) -> Fact {
    Fact::OrderCancelled(OrderCancelled { order: order.into() })
}

pub(crate) fn refunded(order: &str, pence: i64, goods_returned: bool) -> Fact {
    let refund = format!("refund-{pence}");
    Fact::Refunded(Refunded { order: order.into(), refund, amount: pounds(pence), goods_returned })
}

/// The order's one parcel, with its tracking number.
pub(crate) fn moved(order: &str, state: ParcelState) -> Fact {
    Fact::ParcelMoved(ParcelMoved { order: Some(order.into()), ..scanned(&format!("SP{order}GB"), state) })
}

/// What a carrier tells who knows only the tracking number.
pub(crate) fn scanned(tracking: &str, state: ParcelState) -> ParcelMoved {
    ParcelMoved {
        order: None,
        parcel: None,
        tracking: Some(tracking.into()),
        carrier: Some("Swift Post".into()),
        state,
    }
}

pub(crate) fn says(person: Person, purpose: Purpose, state: ConsentState) -> Fact {
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

/// Agrees to offers and news.
pub(crate) fn agrees(person: Person) -> Fact {
    says(person, Purpose::Marketing, ConsentState::Granted)
}
