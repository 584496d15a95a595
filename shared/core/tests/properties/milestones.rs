//! What reaches which milestone, a row for each that follows from an order alone, and who gets which message.

use std::collections::BTreeMap;

use rihla_core::about::About;
use rihla_core::event::{Event, Fact, OrderDetails, OrderPaid, ParcelMoved};
use rihla_core::identifier::CustomerId;
use rihla_core::instant::Instant;
use rihla_core::journey::{Journey, Milestone};
use rihla_core::parcel::ParcelState;
use rihla_core::source::Channel;

use crate::events::{ORDER, joined};

fn at(second: i64, fact: Fact) -> Event {
    Event { at: Instant::from_seconds(second), fact }
}

/// Placed at 10, promised for 90.
fn placed(channel: Channel) -> Event {
    let promised_at = Some(Instant::from_seconds(90));
    let channel = Some(channel);
    at(
        10,
        Fact::OrderPlaced(OrderDetails {
            order: ORDER.into(),
            promised_at,
            channel,
            ..OrderDetails::default()
        }),
    )
}

fn paid(second: i64) -> Event {
    at(second, Fact::OrderPaid(OrderPaid { order: ORDER.into() }))
}

fn scan(second: i64, parcel: &str, state: ParcelState) -> Event {
    let (order, parcel) = (Some(ORDER.to_owned()), Some(parcel.to_owned()));
    at(second, Fact::ParcelMoved(ParcelMoved { order, parcel, tracking: None, carrier: None, state }))
}

#[test]
fn each_is_reached_by_what_it_is_named_for() {
    use Milestone::{Attempted, Delivered, Paid, Placed, Promised, ReadyForPickup, Shipped};
    use ParcelState as P;
    let web = || placed(Channel::Web);
    let (label, voided) = (scan(20, "a", P::Label), scan(25, "a", P::Voided));
    let (left, tried) = (scan(30, "a", P::HandedOver), scan(40, "a", P::Attempted));
    let (waits, arrived) = (scan(50, "a", P::ReadyForPickup), scan(60, "a", P::Delivered));
    let table: [(Milestone, Vec<Event>, Option<i64>); 18] = [
        (Placed, vec![web()], Some(10)),
        (Placed, vec![paid(11)], None),
        (Paid, vec![web(), paid(11)], Some(11)),
        (Paid, vec![web()], None),
        (Shipped, vec![web(), label.clone()], None),
        (Shipped, vec![web(), label, left.clone()], Some(30)),
        (Shipped, vec![web(), left.clone(), voided.clone()], None),
        (Shipped, vec![placed(Channel::Pos)], Some(10)),
        (Delivered, vec![web(), left.clone()], None),
        (Delivered, vec![web(), left.clone(), arrived.clone()], Some(60)),
        // A label that was thrown away is not waited for.
        (Delivered, vec![web(), scan(31, "b", P::Voided), arrived.clone()], Some(60)),
        (Delivered, vec![placed(Channel::Pos)], Some(10)),
        (Promised, vec![web(), left], Some(90)),
        (Promised, vec![web(), arrived.clone()], None),
        (Promised, vec![placed(Channel::Pos)], None),
        (Attempted, vec![web(), tried.clone()], Some(40)),
        (Attempted, vec![web(), tried, arrived], None),
        (ReadyForPickup, vec![web(), waits], Some(50)),
    ];
    for (milestone, told, second) in table {
        let order = joined(&told);
        let reached = About::Order(&order, Channel::Web).reached_at(&milestone);
        assert_eq!(reached, second.map(Instant::from_seconds), "{milestone}: {told:?}");
    }
}

/// Each of those that get it gets one of its messages, and each message somebody gets.
#[test]
fn variants_are_shared_out() {
    let journey: Journey = serde_json::from_value(serde_json::json!({
        "version": 1, "purpose": "service", "priority": 1,
        "steps": [{ "due": [{ "placed": "1 day" }], "expires": "2 days", "message": "a", "variants": ["b", "c"] }],
    }))
    .unwrap();
    let mut got = BTreeMap::<&str, usize>::new();
    for number in 0..300 {
        let customer = CustomerId::from_text(format!("customer-{number}"));
        *got.entry(journey.message_for(&journey.steps[0], &customer)).or_default() += 1;
    }
    assert_eq!(got.keys().copied().collect::<String>(), "abc");
    assert!(got.values().all(|count| *count > 60), "{got:?}");
}
