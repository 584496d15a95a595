//! Random shops: what happens at them, their journeys, and their limits.

use proptest::prelude::*;
use proptest::sample::select;
use rihla_core::event::Event;
use rihla_core::instant::{Instant, Wait};
use rihla_core::journey::Journey;
use rihla_core::limits::Limits;
use rihla_core::shop::Shop;
use rihla_core::source::SourceId;
use rihla_local::journeys::past::{Past, Told};
use serde_json::{Value, json};

const COUNTRIES: [&str; 5] = ["GB", "AE", "BR", "US", "XX"];

/// What happens at a random shop in two months.
pub(crate) fn past() -> impl Strategy<Value = Past> {
    let persons = prop::collection::vec(person(), 1..4);
    persons.prop_map(|persons| {
        let events = persons.into_iter().enumerate().flat_map(|(number, events)| told_of(number, events));
        let told =
            |event: Event| Told { at: event.at, source: SourceId::from_static("shop"), events: vec![event] };
        Past::new(events.map(told).collect(), Vec::new())
    })
}

/// An hour of the two months, and what happens then: its type, and what it tells beside the person.
type Happened = (u32, &'static str, Value);

fn person() -> impl Strategy<Value = (&'static str, Vec<Happened>)> {
    let happened = prop_oneof![
        8 => order(),
        2 => (hour(), consent()).prop_map(|(at, consent)| vec![(at, "consent.changed", consent)]),
        2 => cart(),
        2 => conversation(),
        // Of two addresses it may turn out that they are one person's.
        1 => (hour(), 0..2_u8).prop_map(|(at, id)| vec![(at, "profile.changed", json!({ "customer": id.to_string() }))]),
    ];
    let happened = prop::collection::vec(happened, 1..7).prop_map(|all| all.concat());
    (select(&COUNTRIES[..]), happened)
}

fn hour() -> impl Strategy<Value = u32> {
    0..60 * 24_u32
}

fn order() -> impl Strategy<Value = Vec<Happened>> {
    let later = [
        ("order.paid", json!({})),
        ("parcel.moved", json!({ "state": "handed-over" })),
        ("parcel.moved", json!({ "state": "delivered" })),
        ("parcel.moved", json!({ "state": "attempted" })),
        ("order.cancelled", json!({})),
        (
            "order.refunded",
            json!({ "refund": "r", "amount": { "minor": 500, "currency": "GBP" }, "goods_returned": true }),
        ),
    ];
    let later = later.map(|(kind, data)| (prop::option::weighted(0.6, 0..500_u32), Just((kind, data))));
    (hour(), 0..10_000_u32, Vec::from(later)).prop_map(|(placed_at, number, later)| {
        let order = number.to_string();
        let placed = json!({ "order": order, "promised_at": at(placed_at + 120) });
        let later = later.into_iter().filter_map(|(wait, (kind, mut data))| {
            data["order"] = json!(order);
            Some((placed_at + wait?, kind, data))
        });
        [(placed_at, "order.placed", placed)].into_iter().chain(later).collect()
    })
}

fn consent() -> impl Strategy<Value = Value> {
    let purpose = select(&["marketing", "survey", "newsletter"][..]);
    let state = prop_oneof![3 => Just("granted"), 1 => Just("withdrawn")];
    (purpose, state).prop_map(|(purpose, state)| json!({ "purpose": purpose, "state": state }))
}

fn cart() -> impl Strategy<Value = Vec<Happened>> {
    (hour(), 0..100_u32, prop::option::of(0..50_u32)).prop_map(|(touched_at, number, finished)| {
        let cart = |more: Value| {
            let mut data = json!({ "checkout": number.to_string() });
            data.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            data
        };
        let touched = (touched_at, "checkout.changed", cart(json!({ "left": true })));
        let finished =
            finished.map(|wait| (touched_at + wait, "checkout.changed", cart(json!({ "finished": true }))));
        [touched].into_iter().chain(finished).collect()
    })
}

fn conversation() -> impl Strategy<Value = Vec<Happened>> {
    (hour(), 0..100_u32, prop::option::of(1..200_u32)).prop_map(|(said_at, number, solved)| {
        let talk = number.to_string();
        let said =
            json!({ "conversation": talk, "message": "1", "speaker": "customer", "text": "Where is it" });
        let solved = solved.map(|wait| {
            (said_at + wait, "conversation.changed", json!({ "conversation": talk, "state": "resolved" }))
        });
        [(said_at, "conversation.message", said)].into_iter().chain(solved).collect()
    })
}

fn at(hour: u32) -> Instant {
    let begins_at: Instant = "2026-03-01T00:07:13.500Z".parse().unwrap();
    begins_at.after(Wait::hours(hour.into()))
}

fn told_of(number: usize, (country, events): (&str, Vec<Happened>)) -> Vec<Event> {
    let mut person = json!({ "email": format!("p{number}@example.com"), "place": { "country": country } });
    let event = |(hour, kind, mut data): Happened| {
        let whose = match kind {
            "order.placed" | "checkout.changed" => "buyer",
            "consent.changed" => "person",
            _ => "customer",
        };
        match kind {
            "profile.changed" => {
                person["customer"] = data["customer"].clone();
                data = person.clone();
            }
            "order.placed"
            | "checkout.changed"
            | "consent.changed"
            | "conversation.message"
            | "conversation.changed" => data[whose] = person.clone(),
            _ => {}
        }
        // One order's number is one person's.
        if let Some(order) = data.get("order").and_then(Value::as_str) {
            data["order"] = json!(format!("{number}-{order}"));
        }
        let event = json!({ "type": kind, "timestamp": at(hour), "data": data });
        serde_json::from_value(event.clone()).map_err(|error| format!("{error}: {event}")).unwrap()
    };
    events.into_iter().map(event).collect()
}

/// A shop with up to four random journeys and random limits.
pub(crate) fn shop() -> impl Strategy<Value = Shop> {
    (prop::collection::vec(journey(), 1..5), limits()).prop_map(|(journeys, limits)| {
        let journeys = journeys.into_iter().enumerate().map(|(number, journey)| Journey {
            name: format!("journey-{number}"),
            ..serde_json::from_value(journey.clone()).map_err(|error| format!("{error}: {journey}")).unwrap()
        });
        let mut journeys: Vec<Journey> = journeys.collect();
        journeys.sort_by_key(|journey| (journey.priority, journey.name.clone()));
        Shop { journeys, limits, ..rihla_infra::shop() }
    })
}

fn limits() -> impl Strategy<Value = Limits> {
    let hours = select(&[("21:00:00", "08:00:00"), ("00:00:00", "06:30:00"), ("12:00:00", "14:00:00")][..]);
    (hours, 0..48_i64, 1..4_u32, 0..12_i64).prop_map(|((from, to), distance, most_a_week, surveys_apart)| {
        let mut limits = Limits { distance: Wait::hours(distance), most_a_week, ..Limits::default() };
        limits.surveys_apart = Wait::days(surveys_apart);
        limits.quiet_hours.from = from.parse().unwrap();
        limits.quiet_hours.to = to.parse().unwrap();
        limits
    })
}

fn journey() -> impl Strategy<Value = Value> {
    let on = prop_oneof![
        6 => Just(("order", &["placed", "paid", "shipped", "delivered", "promised", "attempted"][..])),
        1 => Just(("cart", &["left"][..])),
        1 => Just(("conversation", &["resolved"][..])),
    ];
    on.prop_flat_map(|(on, milestones)| {
        let purpose = select(&["service", "survey", "marketing"][..]);
        let exits =
            prop::sample::subsequence(&["bought-again", "returned", "complained", "unsubscribed"][..], 0..2);
        let steps = prop::collection::vec(step(), 1..4);
        (select(milestones), purpose, exits, steps, any::<bool>(), 0..3_u32).prop_map(
            move |(milestone, purpose, exits, steps, once, priority)| {
                let steps: Vec<Value> = steps
                    .into_iter()
                    .enumerate()
                    .map(|(number, step)| with_due(number, milestone, step))
                    .collect();
                json!({ "version": 1, "on": on, "purpose": purpose, "priority": priority, "exits": exits,
                    "once": once, "steps": steps })
            },
        )
    })
}

/// How many hours it waits, how many it keeps, and between which hours of the day it is sent.
type Step = (u32, u32, Option<(u8, u8)>);

fn step() -> impl Strategy<Value = Step> {
    let window = (0..12_u8, 12..24_u8);
    (1..300_u32, 13..400_u32, prop::option::weighted(0.3, window))
}

/// The first step waits for the milestone, each later one for the step before it.
fn with_due(number: usize, milestone: &str, (wait, keeps, window): Step) -> Value {
    let waits_for = match number.checked_sub(1) {
        None => milestone.to_owned(),
        Some(before) => format!("step-{before}.sent"),
    };
    let hours = |count: u32| format!("{count} hours");
    let mut step = json!({ "name": format!("step-{number}"), "due": [{ waits_for: hours(wait) }],
        "expires": hours(keeps), "message": "ease-survey" });
    if let Some((from, to)) = window {
        step["at"] = json!({ "from": format!("{from:02}:00:00"), "to": format!("{to:02}:00:00") });
    }
    step
}
