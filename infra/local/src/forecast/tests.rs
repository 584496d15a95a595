//! What is known at the moment and what is not; and the real shop, where it is at hand.

use std::path::Path;

use rihla_core::event::{Event, Fact, OrderCancelled, OrderDetails, Person, Refunded};
use rihla_core::instant::{Instant, Wait};
use rihla_core::money::Money;
use rihla_core::source::SourceId;

use super::{Customer, ForecastResult, customers};
use crate::replay::{Delivery, Replay};

const HOLD_OUT: Wait = Wait::days(30);

fn until() -> Instant {
    "2026-06-01T00:00:00Z".parse().unwrap()
}

fn on(day: i64) -> Instant {
    until().after(Wait::days(day)).after(Wait::hours(9))
}

fn pounds(minor: i64) -> Money {
    Money::new(minor, "GBP".parse().unwrap())
}

fn delivery(person: &str, order: &str, day: i64, fact: Fact) -> Delivery {
    let events = vec![Event { at: on(day), fact }];
    Delivery { id: format!("{order}-{day}"), person: person.into(), order: order.into(), events }
}

fn placed(person: &str, order: &str, day: i64, minor: i64) -> Delivery {
    let customer = Some(person.to_owned()).filter(|person| !person.starts_with("guest"));
    let buyer = Person { customer, ..Person::default() };
    let total = Some(pounds(minor));
    let details = OrderDetails { order: order.into(), buyer, total, ..OrderDetails::default() };
    delivery(person, order, day, Fact::OrderPlaced(details))
}

fn refunded(person: &str, order: &str, day: i64, minor: i64) -> Delivery {
    let (refund, amount) = ("r".into(), pounds(minor));
    let refunded = Refunded { order: order.into(), refund, amount, goods_returned: false };
    delivery(person, order, day, Fact::Refunded(refunded))
}

fn cancelled(person: &str, order: &str, day: i64) -> Delivery {
    delivery(person, order, day, Fact::OrderCancelled(OrderCancelled { order: order.into() }))
}

fn known(deliveries: Vec<Delivery>) -> Vec<Customer> {
    let source = SourceId::from_static("web");
    let replay = Replay { source, orders: 0, deliveries, reviews: Vec::new(), left_out: [].into() };
    customers(&replay, until(), HOLD_OUT)
}

#[test]
fn nothing_is_known_before_it_happened() {
    let customers = known(vec![
        placed("amal", "1", -70, 1_000),
        placed("amal", "2", -20, 2_000),
        refunded("amal", "1", -10, 300),
        // After the moment: half of what was bought before it goes back, and more is bought.
        refunded("amal", "2", 5, 1_000),
        placed("amal", "3", 10, 4_000),
        placed("amal", "4", 11, 8_000),
        refunded("amal", "3", 12, 500),
        cancelled("amal", "4", 13),
        placed("amal", "5", 31, 9_000),
    ]);
    let [amal] = customers.as_slice() else { panic!("{customers:?}") };
    assert_eq!((amal.history.occasions, amal.net_minor), (2, 2_700));
    assert_eq!((amal.period_before.occasions, amal.period_before.net_minor), (1, 2_000));
    assert_eq!((amal.after.occasions, amal.after.net_minor), (1, 3_500));
}

#[test]
fn guests_and_those_who_had_not_bought_are_not_foretold() {
    let customers = known(vec![
        placed("guest of 1", "1", -70, 1_000),
        placed("new", "2", 3, 1_000),
        placed("gone", "3", -9, 1_000),
        cancelled("gone", "3", -8),
    ]);
    assert!(customers.is_empty(), "{customers:?}");
}

/// On the real shop the forecast is nearer than both naive ones by the squared error, and ranks better. By the absolute
/// error it is not nearer than the rate before, which foretells nothing of those who came once: see `docs/stages.md`.
#[test]
fn on_a_real_shop_it_does_better_than_guessing() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/online_retail_dev");
    if !data.exists() {
        #[expect(clippy::disallowed_methods, reason = "only the build that checks knows that it is one")]
        let must_be_there = std::env::var("CI").is_ok_and(|value| value == "true");
        assert!(!must_be_there, "no {}", data.display());
        println!("skipped: no {}", data.display());
        return;
    }
    let replay = crate::replay::read(&data, None).unwrap();
    let result = ForecastResult::of(&replay, Wait::days(61)).unwrap();
    assert_eq!((result.people, result.people_who_came_back), (2_432, 1_056));
    let [model, .., rate, period] = result.occasions.as_slice() else { panic!("{result:?}") };
    for naive in [rate, period] {
        assert!(model.root_mean_square_error < naive.root_mean_square_error);
        assert!(model.total_error_percent.abs() < naive.total_error_percent.abs());
        assert!(model.top_tenth_percent > naive.top_tenth_percent);
    }
    let stages: u64 = result.stages.values().map(|share| share.people).sum();
    let groups: u64 = result.groups.values().map(|share| share.people).sum();
    assert_eq!((stages, groups), (2_432, 2_432));
}
