//! The generic source: our own events, as they are.

use rihla_channels::{Headers, Reading, Unreadable, provider};
use serde_json::{Value, json};

use crate::{json, object, read, reason, sample};

fn tell(body: &Value) -> Result<Reading, Unreadable> {
    read("standard-webhooks", &Headers::default(), body.to_string().as_bytes())
}

fn samples() -> Value {
    serde_json::from_slice(&sample("standard-webhooks/events")).unwrap()
}

/// The reason for which an order cannot be read, given its data.
fn order_fault(members: Value) -> String {
    let mut body = samples()[0].clone();
    body["data"].as_object_mut().unwrap().append(&mut object(members));
    reason(tell(&body))
}

#[test]
fn every_event_is_read_as_it_is_written() {
    let sent = samples();
    let events = tell(&sent).unwrap().events;
    assert_eq!(events.len(), provider("standard_webhooks").unwrap().topics.len());
    for (event, sent) in json(&events).as_array().unwrap().iter().zip(sent.as_array().unwrap()) {
        assert_eq!(event["type"], sent["type"]);
        assert_eq!(event["data"], sent["data"]);
        assert_eq!(event["timestamp"], "2026-11-20T14:05:00Z");
    }
}

#[test]
fn every_type_of_event_is_a_topic() {
    let names: Vec<_> =
        provider("standard_webhooks").unwrap().topics.iter().map(|topic| topic.name).collect();
    let sent: Vec<_> = samples().as_array().unwrap().iter().map(|event| event["type"].clone()).collect();
    assert_eq!(names, sent);
    let schema = serde_json::to_value(schemars::schema_for!(rihla_core::event::Event)).unwrap();
    let types = schema["oneOf"].as_array().unwrap().iter().map(|kind| &kind["properties"]["type"]["const"]);
    assert_eq!(types.collect::<Vec<_>>(), names);
}

#[test]
fn one_event_needs_no_array() {
    let events = tell(&samples()[0]).unwrap().events;
    assert_eq!(events.len(), 1);
}

#[test]
fn a_type_of_tomorrow_is_of_no_interest_and_holds_up_nothing() {
    let unknown = json!({ "type": "loyalty.points", "timestamp": "2026-11-20T18:05:00Z", "data": [1] });
    let of_no_interest = tell(&unknown).unwrap().of_no_interest.unwrap();
    assert_eq!(of_no_interest.topic, "loyalty.points");
    let events = tell(&json!([unknown, samples()[0]])).unwrap().events;
    assert_eq!(events.len(), 1);
}

#[test]
fn a_fault_names_the_path_and_what_is_expected() {
    for (members, expected) in [
        (json!({ "order": 1001 }), "data.order: expected a string, got integer"),
        (json!({ "order": "" }), "data.order: expected an id of 1 to 255 bytes, got 0"),
        (
            json!({ "buyer": { "email": "amal" } }),
            "data.buyer.email: not an e-mail address of one @ with a name before it and a domain behind it, 254 characters at most",
        ),
        (
            json!({ "total": { "minor": 12.5, "currency": "AED" } }),
            "data.total.minor: expected i64, got floating point",
        ),
        (
            json!({ "total": { "minor": 1, "currency": "DIRHAM" } }),
            "data.total.currency: \"DIRHAM\" is not a currency of three letters such as EUR",
        ),
        (
            json!({ "lines": [{ "product": "1", "title": "Pot", "quantity": "1" }] }),
            "data.lines[0].quantity: expected u32, got string",
        ),
        (json!({ "lines": [{ "product": "1", "title": "Pot" }] }), "data.lines[0]: missing field `quantity`"),
        (
            json!({ "lines": [{ "product": "", "title": "Pot", "quantity": 1 }] }),
            "data.lines[0].product: expected an id of 1 to 255 bytes, got 0",
        ),
        (
            json!({ "placed_at": "20 Nov" }),
            "data.placed_at: \"20 Nov\" is not a moment such as 2026-11-23T05:08:27Z",
        ),
    ] {
        assert_eq!(order_fault(members), expected);
    }
}

#[test]
fn a_national_number_is_one_of_the_country_beside_it() {
    let told = |kind: &str, data: Value| {
        json(
            &tell(&json!({ "type": kind, "timestamp": "2026-11-20T18:05:00Z", "data": data }))
                .unwrap()
                .events,
        )
    };
    for (phone, country, number) in [
        ("050 123 4567", "AE", "+971501234567"),
        ("0501234567", "ae", "+971501234567"),
        ("07700 900101", "GB", "+447700900101"),
        ("+447700900101", "AE", "+447700900101"),
    ] {
        let person = json!({ "phone": phone, "place": { "country": country } });
        let order = json!({ "order": "1", "buyer": person });
        assert_eq!(told("order.placed", order)[0]["data"]["buyer"]["phone"], number, "{phone}");
        assert_eq!(told("profile.changed", person.clone())[0]["data"]["phone"], number, "{phone}");
        let word = json!({ "person": person, "purpose": "survey", "state": "withdrawn" });
        assert_eq!(told("consent.changed", word)[0]["data"]["person"]["phone"], number, "{phone}");
    }
    for buyer in [
        json!({ "phone": "050 123 4567" }),
        json!({ "phone": "050 123 4567", "place": { "city": "Dubai" } }),
        json!({ "phone": "050 123 4567", "place": { "country": "XX" } }),
        json!({ "phone": "12", "place": { "country": "AE" } }),
    ] {
        let fault = order_fault(json!({ "buyer": buyer }));
        assert!(fault.starts_with("data.buyer.phone: not a phone number with its country"), "{fault}");
    }
}

#[test]
fn a_misspelt_name_is_set_right() {
    let fault = order_fault(json!({ "shiped_whole": true }));
    assert!(fault.starts_with("data") && fault.ends_with("did you mean `shipped_whole`?"), "{fault}");
    let fault = order_fault(json!({ "buyer": { "emial": "amal@example.com" } }));
    assert!(fault.starts_with("data.buyer") && fault.ends_with("did you mean `email`?"), "{fault}");
    let fault = order_fault(json!({ "channel": "poss" }));
    assert!(fault.starts_with("data.channel") && fault.ends_with("did you mean `pos`?"), "{fault}");
}

#[test]
fn an_event_must_be_about_somebody_or_something() {
    let fault = |kind: &str, data: Value| {
        reason(tell(&json!([{ "type": kind, "timestamp": "2026-11-20T18:05:00Z", "data": data }])))
    };
    let parcel = fault("parcel.moved", json!({ "parcel": "1", "state": "delivered" }));
    assert_eq!(parcel, "[0].data: expected an order, a tracking number or both");
    let nobody = "expected a customer, an email or a phone, got none";
    assert_eq!(fault("profile.changed", json!({ "first_name": "Amal" })), format!("[0].data: {nobody}"));
    let consent = json!({ "person": {}, "purpose": "marketing", "state": "granted" });
    assert_eq!(fault("consent.changed", consent), format!("[0].data.person: {nobody}"));
    let erase = fault("privacy.requested", json!({ "request": "erase" }));
    assert_eq!(erase, format!("[0].data.person: {nobody}"));
}

#[test]
fn what_no_table_can_hold_is_refused() {
    let long = "x".repeat(1001);
    assert!(order_fault(json!({ "order": long })).starts_with("data.order: expected an id"));
    assert!(order_fault(json!({ "number": long })).starts_with("data.number: expected a length"));
    assert!(
        order_fault(json!({ "buyer": { "place": { "city": long } } })).starts_with("data.buyer.place.city:")
    );
    let line = json!({ "product": "1", "title": "Pot", "quantity": 1 });
    assert!(order_fault(json!({ "lines": vec![line; 501] })).starts_with("data.lines: expected a length"));
}

#[test]
fn up_to_a_hundred_events_fit_and_the_faulty_one_is_named() {
    let many = |count: usize| Value::Array(vec![samples()[2].clone(); count]);
    assert_eq!(tell(&many(100)).unwrap().events.len(), 100);
    assert_eq!(reason(tell(&many(101))), "the body: expected 1 to 100 events, got 101");
    assert_eq!(reason(tell(&many(0))), "the body: expected 1 to 100 events, got 0");
    let mut events = many(5);
    events[3]["data"]["order"] = json!(7);
    assert_eq!(reason(tell(&events)), "[3].data.order: expected a string, got integer");
    events[3] = json!({ "type": "order.paid", "data": {} });
    assert_eq!(reason(tell(&events)), "[3]: missing field `timestamp`");
}
