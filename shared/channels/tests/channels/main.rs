//! Deliveries, byte for byte, through what a provider offers: who may send, and what is meant.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

mod aftership;
mod amazon_sp_api;
mod aws_eum_social;
mod aws_sns_ses;
mod bigcommerce;
mod channels_table;
mod chatwoot;
mod easypost;
mod ebay;
mod fixtures;
mod forgery;
mod garbage;
mod hostile;
mod intercom;
mod messenger;
mod meta;
mod schema;
mod shippo;
mod shopify;
mod shopify_order;
mod shopify_shop;
mod signatures;
mod sns;
mod square;
mod standard_webhooks;
mod stripe;
mod twilio;
mod vectors;
mod whatsapp_cloud;
mod woocommerce;
mod zendesk;

use rihla_channels::{Delivery, Headers, Reading, Secret, Unreadable, Unverified, provider};
use rihla_core::event::Event;
use rihla_core::instant::Instant;
use serde_json::Value;

/// When our deliveries were sent, unless their bodies say.
const SENT: &str = "2026-11-08T06:00:00Z";

/// One of our own deliveries.
fn sample(name: &str) -> Vec<u8> {
    let path = format!("{}/tests/deliveries/{name}.json", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// One of our own deliveries, with some members set.
fn changed(name: &str, members: Value) -> Value {
    let mut body: Value = serde_json::from_slice(&sample(name)).unwrap();
    body.as_object_mut().unwrap().append(&mut object(members));
    body
}

fn object(value: Value) -> serde_json::Map<String, Value> {
    match value {
        Value::Object(members) => members,
        other => panic!("{other} is no object"),
    }
}

/// A body with some members taken out.
fn without(mut body: Value, names: &[&str]) -> Value {
    for name in names {
        body.as_object_mut().unwrap().remove(*name);
    }
    body
}

fn read(provider_name: &str, headers: &Headers, body: &[u8]) -> Result<Reading, Unreadable> {
    let delivery = Delivery::new(headers, body);
    (provider(provider_name).unwrap().normalise)(&delivery)
}

fn read_shopify(topic: &str, body: &[u8]) -> Result<Reading, Unreadable> {
    let headers = [("x-shopify-topic", topic), ("x-shopify-triggered-at", SENT)].into_iter().collect();
    read("shopify", &headers, body)
}

/// The events that Shopify's delivery of a topic tells; none when it is of no interest.
fn shopify_events(topic: &str, body: &Value) -> Vec<Event> {
    read_shopify(topic, body.to_string().as_bytes()).unwrap().events
}

/// Events as JSON, which is easier to compare with what is expected.
fn json(events: &[Event]) -> Value {
    serde_json::to_value(events).unwrap()
}

/// The reason for which a delivery cannot be read.
fn reason(reading: Result<Reading, Unreadable>) -> String {
    reading.unwrap_err().to_string()
}

fn instant(text: &str) -> Instant {
    text.parse().unwrap()
}

/// The states that parcels reached, with their times.
fn parcel_states(events: &[Event]) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let events = json(events);
    let moved = events.as_array().unwrap().iter();
    moved.map(|event| (text(&event["data"]["state"]), text(&event["timestamp"]))).collect()
}

/// Whether a delivery is believed at the time at which ours were sent.
fn verify(name: &str, headers: &Headers, body: &[u8], secrets: &[&str]) -> Result<(), Unverified> {
    let secrets: Vec<Secret> = secrets.iter().map(Secret::new).collect();
    (provider(name).unwrap().verify)(&Delivery::new(headers, body), &secrets, instant(SENT))
}
