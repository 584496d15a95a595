//! What the till of the shop in Bristol posts in the week.

use rihla_core::event::{
    ConsentChanged, ConsentState, Event, Fact, Line, OrderDetails, OrderPaid, Person, Place, Purpose,
};
use rihla_core::instant::Instant;
use rihla_core::money::Money;
use rihla_core::source::Channel;

use super::goods::{BOARD, BOWL, Product, SOAP, ZAATAR};
use super::people::AMELIA;
use super::{FRI, SAT, WED};
use crate::shop::outbox::Outbox;
use crate::shop::{Posted, standard_body};

pub(super) fn deliveries() -> Vec<Posted> {
    let mut till = Outbox::new("till", "receipt".to_owned());
    // Somebody who walked in.
    sell(&mut till, "R-2201", WED.at(11, 25), Person::default(), &[(SOAP, 1)]);
    // Amelia of the web shop, who asked for the receipt by e-mail.
    sell(&mut till, "R-2207", FRI.at(14, 6), told("Amelia", AMELIA.email), &[(BOWL, 2), (ZAATAR, 1)]);
    // A new customer, who ticked the box on the tablet beside the till.
    let jamal = Person { locale: Some("ar".to_owned()), ..told("جمال", "jamal.said@example.com") };
    agree(&mut till, SAT.at(15, 18), jamal.clone());
    sell(&mut till, "R-2213", SAT.at(15, 19), jamal, &[(BOARD, 1), (SOAP, 2)]);
    // The till had no network, and sends again what it does not know to have arrived.
    till.late(rihla_core::instant::Wait::hours(2));
    till.again(rihla_core::instant::Wait::seconds(20));
    till.into_posted()
}

fn told(first_name: &str, email: &str) -> Person {
    Person {
        email: Some(email.parse().expect("written as an address")),
        first_name: Some(first_name.to_owned()),
        place: Some(Place { country: Some("GB".to_owned()), city: Some("Bristol".to_owned()), region: None }),
        ..Person::default()
    }
}

fn sell(till: &mut Outbox, receipt: &str, at: Instant, buyer: Person, goods: &[(&Product, u32)]) {
    let order = receipt.to_owned();
    let total = goods.iter().map(|(product, quantity)| product.pence * u64::from(*quantity)).sum();
    let details = OrderDetails {
        order: order.clone(),
        number: Some(order.clone()),
        buyer,
        total: Some(pounds(total)),
        lines: Some(goods.iter().map(|(product, quantity)| line(product, *quantity)).collect()),
        ..OrderDetails::default()
    };
    let facts = [Fact::OrderPlaced(details), Fact::OrderPaid(OrderPaid { order })];
    till.post(at, None, standard_body(&facts.map(|fact| Event { at, fact })));
}

fn agree(till: &mut Outbox, at: Instant, person: Person) {
    let wording = Some("ticked on the tablet at the till: “offers and news by e-mail”".to_owned());
    let (purpose, state) = (Purpose::Marketing, ConsentState::Granted);
    let fact = Fact::ConsentChanged(ConsentChanged {
        person,
        purpose,
        state,
        channel: Channel::Email,
        wording,
        basis: None,
        double_opt_in: None,
    });
    till.post(at, None, standard_body(&[Event { at, fact }]));
}

fn line(product: &Product, quantity: u32) -> Line {
    let price = Some(pounds(product.pence));
    Line { product: product.id.to_string(), title: product.title.to_owned(), quantity, price }
}

fn pounds(pence: u64) -> Money {
    let pence = i64::try_from(pence).expect("prices of a shop fit");
    Money::new(pence, "GBP".parse().expect("three letters"))
}
