//! The lives that are measured: known customers, each with one order that the budget of design section 6 describes.

use rihla_core::event::{
    ConsentChanged, ConsentState, Event, Fact, Line, OrderDetails, OrderPaid, ParcelMoved, Person, Place,
    Purpose,
};
use rihla_core::instant::Instant;
use rihla_core::money::Money;
use rihla_core::parcel::ParcelState;
use rihla_core::source::{Channel, SourceId};

use crate::shop::{Posted, standard_body};

/// The source that tells everything.
const SOURCE: &str = "shop";

/// A customer by number. Names and addresses have the lengths that real ones have.
pub(super) fn customer(number: usize) -> Person {
    let email = format!("firstname.lastname.{number:04}@example.com");
    let place = Place {
        country: Some("GB".to_owned()),
        city: Some("Bristol".to_owned()),
        region: Some("England".to_owned()),
    };
    Person {
        customer: Some(format!("70311{number:08}")),
        email: Some(email.parse().expect("written as an address")),
        first_name: Some("Firstname".to_owned()),
        last_name: Some("Lastname".to_owned()),
        locale: Some("en-GB".to_owned()),
        place: Some(place),
        ..Person::default()
    }
}

/// The customer agrees to offers and news.
pub(super) fn agrees(number: usize) -> Fact {
    let (purpose, state) = (Purpose::Marketing, ConsentState::Granted);
    Fact::ConsentChanged(ConsentChanged {
        person: customer(number),
        purpose,
        state,
        channel: Channel::Email,
        wording: None,
        basis: None,
        double_opt_in: None,
    })
}

/// An order with so many products.
pub(super) fn placed(number: usize, order: &str, products: usize) -> Fact {
    let pence = 2_450 * i64::try_from(products).expect("a handful");
    Fact::OrderPlaced(OrderDetails {
        order: order.to_owned(),
        number: Some(format!("#{order}")),
        buyer: customer(number),
        total: Some(pounds(pence)),
        lines: Some((1..=products).map(line).collect()),
        ..OrderDetails::default()
    })
}

pub(super) fn paid(order: &str) -> Fact {
    Fact::OrderPaid(OrderPaid { order: order.to_owned() })
}

pub(super) fn moved(order: &str, state: ParcelState) -> Fact {
    let tracking = Some(format!("SP{order}00001GB"));
    let carrier = Some("Swift Post".to_owned());
    Fact::ParcelMoved(ParcelMoved { order: Some(order.to_owned()), parcel: None, tracking, carrier, state })
}

/// What the shop posts to tell this.
pub(super) fn posted(at: Instant, fact: Fact) -> Posted {
    let body = standard_body(&[Event { at, fact }]);
    Posted {
        at,
        source: SourceId::from_static(SOURCE),
        delivery_id: format!("msg_{}", at.milliseconds()),
        topic: None,
        body,
    }
}

fn line(number: usize) -> Line {
    let title = "A product with a title of usual length, in blue".to_owned();
    Line { product: format!("4711000000{number:04}"), title, quantity: 1, price: Some(pounds(2_450)) }
}

fn pounds(pence: i64) -> Money {
    Money::new(pence, "GBP".parse().expect("three letters"))
}
