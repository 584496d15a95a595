use std::collections::BTreeSet;

use rihla_core::event::{Event, Line, OrderDetails, OrderPaid, ParcelMoved};
use rihla_core::parcel::ParcelState;

use super::*;

fn hour(hour: i64) -> Instant {
    Instant::from_seconds(hour * 3600)
}

/// Due two days after the purchase and expired after another, and one day after the arrival.
fn journeys() -> Vec<Journey> {
    let journey = |name: &str, milestone: &str, wait: &str| -> Journey {
        serde_json::from_value(serde_json::json!({
            "name": name, "version": 1, "purpose": "service", "priority": 1,
            "steps": [{ "due": [{ milestone: wait }], "expires": "1 day", "message": name }],
        }))
        .unwrap()
    };
    vec![journey("ease-survey", "placed", "2 days"), journey("delivery-check", "delivered", "1 day")]
}

fn delivery(person: &str, order: &str, at: Instant, fact: Fact) -> Delivery {
    let id = format!("{order}_{}", at.seconds());
    let events = vec![Event { at, fact }];
    Delivery { id, person: person.to_owned(), order: order.to_owned(), events }
}

fn placed(order: &str, products: usize) -> Fact {
    let line = |n: usize| Line { product: n.to_string(), title: "Tin".to_owned(), quantity: 1, price: None };
    let lines = Some((0..products).map(line).collect());
    Fact::OrderPlaced(OrderDetails { order: order.to_owned(), lines, ..OrderDetails::default() })
}

/// Thirty orders of fifteen people: placed, paid an hour later, delivered ten days later.
fn replay(products: usize) -> Replay {
    let orders = (0..30).flat_map(|n| {
        let (person, order) = (format!("p{}", n % 15), format!("o{n}"));
        let moved = ParcelMoved {
            order: Some(order.clone()),
            parcel: None,
            tracking: None,
            carrier: None,
            state: ParcelState::Delivered,
        };
        [
            delivery(&person, &order, hour(n), placed(&order, products)),
            delivery(&person, &order, hour(n + 1), Fact::OrderPaid(OrderPaid { order: order.clone() })),
            delivery(&person, &order, hour(n + 240), Fact::ParcelMoved(moved)),
        ]
    });
    Replay::from_parts("olist", 30, orders.collect())
}

#[test]
fn in_order_and_twice_each_repeat_follows_at_once() {
    let replay = replay(1);
    let arrivals = in_order(&replay, true);
    assert_eq!(arrivals.len(), 180);
    assert!(arrivals.is_sorted_by_key(|arrival| arrival.at));
    assert!(arrivals.chunks(2).all(|pair| pair[0].delivery == pair[1].delivery && pair[1].is_repeat));
}

#[test]
fn a_shuffle_depends_on_its_seed_alone_and_loses_nothing() {
    let replay = replay(1);
    let arrivals = shuffled(&replay, 7, true, &journeys());
    assert_eq!(arrivals, shuffled(&replay, 7, true, &journeys()));
    assert_ne!(arrivals, shuffled(&replay, 8, true, &journeys()));
    assert!(arrivals.is_sorted_by_key(|arrival| arrival.at));
    let first: BTreeSet<usize> =
        arrivals.iter().filter(|arrival| !arrival.is_repeat).map(|arrival| arrival.delivery).collect();
    assert_eq!((arrivals.len(), first.len()), (180, 90));
    let order_of_firsts: Vec<usize> =
        arrivals.iter().filter(|arrival| !arrival.is_repeat).map(|arrival| arrival.delivery).collect();
    assert!(!order_of_firsts.is_sorted());
}

#[test]
fn nothing_is_held_back_into_a_time_when_it_could_matter() {
    let replay = replay(1);
    for seed in 0..20 {
        for arrival in shuffled(&replay, seed, false, &journeys()) {
            let told = &replay.deliveries[arrival.delivery];
            let happened_at = told.happened_at();
            assert!(happened_at <= arrival.at && arrival.at <= happened_at.after(LONGEST_HOLD));
            let person: i64 = told.person[1..].parse().unwrap();
            // The person's two orders are placed at these hours; each is decided on from two days later.
            for placed in [person, person + 15] {
                for due in [placed + 48, placed + 240 + 24] {
                    let decided = hour(due + 48);
                    let held_into_it = happened_at < hour(due) && hour(due) <= arrival.at;
                    let held_within =
                        (hour(due)..decided).contains(&happened_at) && arrival.at != happened_at;
                    assert!(!held_into_it && !held_within, "{told:?} at {}", arrival.at);
                }
            }
        }
    }
}

#[test]
fn what_teaches_what_goes_together_arrives_on_time() {
    let replay = replay(2);
    for arrival in shuffled(&replay, 7, false, &journeys()) {
        let told = &replay.deliveries[arrival.delivery];
        let is_placed = matches!(told.events[0].fact, Fact::OrderPlaced(_));
        assert!(!is_placed || arrival.at == told.happened_at());
    }
}
