//! Deliveries and signatures that others have published. They are not ours to keep here, so they lie beside the
//! repository; without them these tests are skipped, except where the builds are checked.

use std::fs;
use std::path::{Path, PathBuf};

use rihla_channels::{Delivery, Headers, Secret, Topic, Unverified, provider};
use rihla_core::instant::Instant;
use serde_json::Value;

use crate::read_shopify;

/// A file or folder of the published samples, if they are there.
fn fixture(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures").join(name);
    if path.exists() {
        return Some(path);
    }
    #[expect(clippy::disallowed_methods, reason = "only the build that checks knows that it is one")]
    let must_be_there = std::env::var("CI").is_ok_and(|value| value == "true");
    assert!(!must_be_there, "no {}", path.display());
    println!("skipped: no {}", path.display());
    None
}

fn vectors(provider_name: &str) -> Vec<Value> {
    let Some(path) = fixture("vectors.json") else { return Vec::new() };
    let all: Vec<Value> = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    let ours: Vec<Value> = all.into_iter().filter(|vector| vector["provider"] == provider_name).collect();
    assert!(!ours.is_empty(), "no vector of {provider_name}");
    ours
}

fn verify(provider_name: &str, vector: &Value, body: &str, now: Instant) -> Result<(), Unverified> {
    let mut headers: Headers = serde_json::from_value(vector["headers"].clone()).unwrap();
    for (name, member) in [("webhook-id", "id"), ("webhook-timestamp", "timestamp")] {
        if let Some(value) = vector[member].as_str() {
            headers.set(name, value);
        }
    }
    let secret = Secret::new(vector["secret"].as_str().unwrap());
    let delivery = Delivery::new(&headers, body.as_bytes());
    (provider(provider_name).unwrap().verify)(&delivery, &[secret], now)
}

#[test]
fn published_signatures_are_right_and_fit_no_other_body() {
    for provider_name in ["shopify", "standard-webhooks"] {
        for vector in vectors(provider_name) {
            let signed_at = vector["timestamp"].as_str().map_or(0, |text| text.parse().unwrap());
            let now = Instant::from_seconds(signed_at);
            let body = vector["body"].as_str().unwrap();
            assert_eq!(verify(provider_name, &vector, body, now), Ok(()), "{vector}");
            let longer = format!("{body} ");
            assert_eq!(
                verify(provider_name, &vector, &longer, now),
                Err(Unverified::WrongSignature),
                "{vector}"
            );
        }
    }
}

/// The topic that a file's name holds.
fn topic(name: &str) -> Option<&'static Topic> {
    let topics = provider("shopify").unwrap().topics.iter();
    topics.filter(|topic| name.contains(&topic.name.replace('/', "_"))).max_by_key(|topic| topic.name.len())
}

/// Samples of a topic that tells events which nevertheless tell none.
const TELLS_NOTHING: &[&str] = &[
    // Lines without money or goods that went back.
    "refunds_create--1.json",
    // Calculations of a refund that nobody made.
    "rest-2026-07-refunds_create--4.json",
    "rest-2026-07-refunds_create--5.json",
];

#[test]
fn every_published_delivery_of_shopify_tells_what_its_topic_says() {
    let Some(folder) = fixture("shopify") else { return };
    let mut files = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let Some(topic) = topic(&name) else { continue };
        files += 1;
        let reading = read_shopify(topic.name, &fs::read(path).unwrap());
        let events = reading.unwrap_or_else(|unreadable| panic!("{name}: {unreadable}")).events;
        let silent = topic.tells.is_empty() || TELLS_NOTHING.contains(&name.as_str());
        assert_eq!(events.is_empty(), silent, "{name}");
        for event in crate::json(&events).as_array().unwrap() {
            assert!(topic.tells.contains(&event["type"].as_str().unwrap()), "{name}: {event}");
        }
    }
    assert!(files > 50, "{files} deliveries");
}
