//! Deliveries and signatures that others have published. They are not ours to keep here, so they lie beside the
//! repository; without them these tests are skipped, except where the builds are checked.

use std::fs;
use std::path::{Path, PathBuf};

use rihla_channels::{Delivery, Headers, PROVIDERS, Provider, Reading};
use rihla_core::instant::Instant;

use crate::{SENT, instant, json};

/// A file or folder of the published samples, if they are there.
pub(crate) fn fixture(name: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures");
    if folder.exists() {
        return Some(folder.join(name));
    }
    #[expect(clippy::disallowed_methods, reason = "only the build that checks knows that it is one")]
    let must_be_there = std::env::var("CI").is_ok_and(|value| value == "true");
    assert!(!must_be_there, "no {}", folder.display());
    println!("skipped: no {}", folder.display());
    None
}

/// A published delivery.
pub(crate) struct Published {
    pub(crate) file_name: String,
    pub(crate) headers: Headers,
    pub(crate) body: Vec<u8>,
}

impl Published {
    fn at(provider: &Provider, path: &Path) -> Self {
        let file_name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let kept = fs::read(path.with_extension("headers.json"));
        let kept = kept.map(|text| serde_json::from_slice(&text).unwrap()).unwrap_or_default();
        let headers = provider.headers_of_file(kept, &file_name, instant(SENT));
        Self { file_name, headers, body: fs::read(path).unwrap() }
    }

    pub(crate) fn delivery(&self) -> Delivery<'_> {
        Delivery::new(&self.headers, &self.body)
    }
}

/// The published deliveries of a provider; none where there is no folder of its name.
pub(crate) fn published(provider: &Provider) -> Vec<Published> {
    let folder = fixture(provider.name).filter(|folder| folder.exists());
    let entries = folder.iter().flat_map(|folder| fs::read_dir(folder).unwrap());
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| !path.to_str().unwrap().ends_with(".headers.json"));
    paths.sort();
    paths.iter().map(|path| Published::at(provider, path)).collect()
}

/// Samples that cannot be read, and why that is right.
const UNREADABLE: &[(&str, &str)] =
    &[("messenger/callback-invalid-message--1.json", "no JSON: it has a comma too many")];

/// Samples of a topic that tells events which nevertheless tell none, and why that is right.
const TELLS_NOTHING: &[(&str, &str)] = &[
    ("aws-eum-social/sns_message_status_sent--1.json", "what became of a message, not what it said"),
    ("aws-sns-ses/sns-wrapped-incorrect-received-event--1.json", "it names a mail and holds none"),
    ("shippo/track_updated_delivered--1.json", "a trial"),
    ("bigcommerce/customer_created--1.json", "its store is a placeholder, which cannot be asked"),
    ("bigcommerce/order_created--1.json", "its store is a placeholder, which cannot be asked"),
    ("bigcommerce/order_refund_created--1.json", "its store is a placeholder, which cannot be asked"),
    ("bigcommerce/order_updated--1.json", "its store is a placeholder, which cannot be asked"),
    ("bigcommerce/subscriber_created--1.json", "its store is a placeholder, which cannot be asked"),
    ("shopify/order_transactions_create--1.json", "an attempt to pay that succeeded, which the order tells"),
    (
        "shopify/rest-2026-07-order_transactions_create--2.json",
        "an attempt to pay that succeeded, which the order tells",
    ),
    (
        "shopify/rest-2026-07-order_transactions_create--4.json",
        "an attempt to pay that succeeded, which the order tells",
    ),
    (
        "shopify/rest-2026-07-order_transactions_create--5.json",
        "an attempt to pay that succeeded, which the order tells",
    ),
    ("shopify/refunds_create--1.json", "lines without money or goods that went back"),
    ("shopify/rest-2026-07-refunds_create--4.json", "a calculation of a refund that nobody made"),
    ("shopify/rest-2026-07-refunds_create--5.json", "a calculation of a refund that nobody made"),
    ("whatsapp-cloud/message-status-delivered--1.json", "what became of a message, not what it said"),
    ("whatsapp-cloud/message-status-failed--1.json", "what became of a message, not what it said"),
    ("whatsapp-cloud/message-status-group--1.json", "what became of a message, not what it said"),
    ("whatsapp-cloud/message-status-played--1.json", "what became of a message, not what it said"),
    ("whatsapp-cloud/message-status-read--1.json", "what became of a message, not what it said"),
    ("whatsapp-cloud/message-status-with-tracker--1.json", "what became of a message, not what it said"),
];

fn is_listed(list: &[(&str, &str)], provider: &Provider, file_name: &str) -> bool {
    let path = format!("{}/{file_name}", provider.name);
    list.iter().any(|(listed, _)| *listed == path)
}

#[test]
fn every_published_delivery_tells_what_its_topic_says() {
    for provider in PROVIDERS {
        for published in published(provider) {
            let name = &published.file_name;
            let reading = (provider.normalise)(&published.delivery());
            let is_read = !is_listed(UNREADABLE, provider, name);
            assert_eq!(reading.is_ok(), is_read, "{}/{name}: {reading:?}", provider.name);
            if let Ok(reading) = reading {
                tells_what_its_topic_says(provider, name, &reading);
            }
        }
    }
}

fn tells_what_its_topic_says(provider: &Provider, name: &str, reading: &Reading) {
    let path = format!("{}/{name}", provider.name);
    let topic = provider.topic_in_file_name(name);
    let topics = provider.topics.iter().filter(|known| topic.is_none_or(|topic| topic == known.name));
    let tells: Vec<&str> = topics.flat_map(|topic| topic.tells.iter().copied()).collect();
    for event in json(&reading.events).as_array().unwrap() {
        assert!(tells.contains(&event["type"].as_str().unwrap()), "{path}: {event}");
    }
    let silent = reading.events.is_empty() && reading.lookups.is_empty();
    assert_eq!(silent, reading.of_no_interest.is_some(), "{path}: {reading:?}");
    if topic.is_some() {
        let may_be_silent = tells.is_empty() || is_listed(TELLS_NOTHING, provider, name);
        // A handshake tells nothing, and yet something is to be asked for.
        let is_silent = silent || (tells.is_empty() && reading.events.is_empty());
        assert_eq!(is_silent, may_be_silent, "{path}: {reading:?}");
    }
}

#[test]
fn what_is_listed_is_published() {
    if fixture("shopify").is_none() {
        return;
    }
    let files = |provider: &&Provider| {
        let name = provider.name;
        published(provider).into_iter().map(move |published| format!("{name}/{}", published.file_name))
    };
    let all: Vec<String> = PROVIDERS.iter().flat_map(files).collect();
    assert!(all.len() > 50, "{all:?}");
    for (listed, _) in UNREADABLE.iter().chain(TELLS_NOTHING) {
        assert!(all.iter().any(|path| path == listed), "{listed}");
    }
}

/// The moment at which a published signature was made.
pub(crate) fn signed_at(timestamp: Option<&str>) -> Instant {
    let seconds = |text: &str| text.parse().map(Instant::from_seconds).ok();
    timestamp.map_or(Instant::from_seconds(0), |text| seconds(text).unwrap_or_else(|| instant(text)))
}
