//! Garbage: deliveries that are almost right. Each is read or refused with a reason; what is read can be worked with.
//!
//! A share of them by every run of the tests; a million for each provider, in some minutes, by
//! `cargo test -p rihla-channels --test channels -- --ignored a_million`.

use std::panic::{AssertUnwindSafe, catch_unwind};

use fastrand::Rng;
use rihla_channels::{Headers, PROVIDERS, Reading};
use rihla_core::event::Event;
use rihla_core::source::{Channel, SourceId};
use rihla_core::subject::Told;
use rihla_core::totals::Totals;
use serde_json::{Value, json};

use crate::hostile::{FORMS, deliveries, pointers};
use crate::read;

const SEED: u64 = 20_261_123;

/// A delivery of ours, to be altered.
struct Subject {
    headers: Headers,
    text: Vec<u8>,
    body: Value,
    places: Vec<String>,
}

impl Subject {
    fn of(provider: &str) -> Vec<Self> {
        let ours = deliveries().into_iter().filter(|(name, ..)| *name == provider);
        ours.map(|(_, headers, text)| {
            let body: Value = serde_json::from_slice(&text).unwrap();
            let mut places = Vec::new();
            pointers(&body, String::new(), &mut places);
            Self { headers, text: body.to_string().into_bytes(), body, places }
        })
        .collect()
    }

    /// Another body: some bytes altered, or some values.
    fn altered(&self, random: &mut Rng) -> Vec<u8> {
        if random.bool() { self.with_other_bytes(random) } else { self.with_other_values(random) }
    }

    fn with_other_bytes(&self, random: &mut Rng) -> Vec<u8> {
        let mut text = self.text.clone();
        for _ in 0..random.usize(1..6) {
            let place = random.usize(..text.len());
            let end = (place + random.usize(1..12)).min(text.len());
            match random.u8(..5) {
                0 => text[place] = random.u8(..),
                1 => text[place] ^= 1 << random.u8(..8),
                2 => drop(text.drain(place..end)),
                3 => text.extend_from_within(place..end),
                _ => drop(text.splice(place..place, **random.choice(TOKENS).unwrap())),
            }
            if text.is_empty() {
                break;
            }
        }
        text
    }

    fn with_other_values(&self, random: &mut Rng) -> Vec<u8> {
        let mut body = self.body.clone();
        for _ in 0..random.usize(1..4) {
            let place = random.choice(&self.places).unwrap();
            let other = match random.u8(..3) {
                0 => self.body.pointer(random.choice(&self.places).unwrap()).cloned().unwrap_or_default(),
                _ => nonsense(random),
            };
            if let Some(value) = body.pointer_mut(place) {
                *value = other;
            }
        }
        body.to_string().into_bytes()
    }
}

/// Bytes that mean something to a reader of JSON.
const TOKENS: &[&[u8; 4]] = &[
    b"null",
    b"true",
    b"-1e9",
    b"1e99",
    b"\"\\u0",
    b"[[[[",
    b"}}}}",
    b"\"\":{",
    b",,\"\"",
    b"\xf0\x9f\x98\x80",
    b"\xff\xfe\x00\x00",
    b"0000",
    b"9999",
    b"\\\\\\\"",
    b"2026",
    b"-0.0",
];

/// A value that is seldom expected.
fn nonsense(random: &mut Rng) -> Value {
    match random.u8(..12) {
        0 => Value::Null,
        1 => json!(random.bool()),
        2 => json!(random.i64(..)),
        3 => json!(random.u64(..)),
        4 => json!(random.f64() * 1e300),
        5 => json!(format!("{}.{}", random.i64(..), random.u16(..))),
        6 => json!("9".repeat(random.usize(..400))),
        7 => json!(format!("{:04}-{:02}-{:02}T00:00:00Z", random.u16(..), random.u8(..14), random.u8(..33))),
        8 => json!((0..random.usize(..20)).map(|_| random.char('\0'..='\u{2fff}')).collect::<String>()),
        9 => json!([]),
        10 => json!({}),
        _ => json!([[null, {}]]),
    }
}

/// Throws so many altered bodies at a provider.
fn throw(provider: &str, count: u64) {
    let subjects = Subject::of(provider);
    let (mut random, mut read_well) = (Rng::with_seed(SEED), 0);
    for number in 0..count {
        let subject = random.choice(&subjects).unwrap();
        let body = subject.altered(&mut random);
        let taken = catch_unwind(AssertUnwindSafe(|| take(provider, &subject.headers, &body)));
        let text = || String::from_utf8_lossy(&body);
        read_well += u64::from(taken.unwrap_or_else(|_| panic!("{provider}, body {number}: {}", text())));
    }
    println!("{provider}: {count} altered bodies, {read_well} of them read");
    // Both answers must come, or the bodies are too wild or too tame to find anything.
    assert!(read_well > count / 20 && read_well < count * 9 / 10, "{read_well} of {count}");
}

/// Reads a body and, if it can be read, works with what it tells.
fn take(provider: &str, headers: &Headers, body: &[u8]) -> bool {
    match read(provider, headers, body) {
        Ok(Reading { events, lookups, otherwise, of_no_interest, .. }) => {
            let events = [events, otherwise].concat();
            assert_eq!(events.is_empty() && lookups.is_empty(), of_no_interest.is_some());
            work_with(&events);
            true
        }
        Err(unreadable) => {
            assert!(!unreadable.to_string().is_empty());
            false
        }
    }
}

fn work_with(events: &[Event]) {
    let text = serde_json::to_string(events).unwrap();
    assert_eq!(serde_json::from_str::<Vec<Event>>(&text).unwrap(), events, "{text}");
    let told = Told::by(&SourceId::from_static("web"), Channel::Web, events);
    for (key, told) in told.orders {
        // A key of the table holds 1,024 bytes.
        assert!(key.to_string().len() < 1_000 && !key.order.is_empty(), "{key}");
        let _ = (
            Totals::of(&told.order, Channel::Web),
            told.order.is_refunded_whole(),
            told.order.delivered_at(),
        );
        let _ = told.buyer.map(|buyer| buyer.print());
    }
}

#[test]
fn altered_deliveries_are_read_or_refused() {
    for provider in PROVIDERS.iter().filter(|provider| !FORMS.contains(&provider.name)) {
        throw(provider.name, 20_000);
    }
}

#[test]
#[ignore = "takes minutes"]
fn a_million_altered_deliveries_of_each_provider() {
    for provider in PROVIDERS.iter().filter(|provider| !FORMS.contains(&provider.name)) {
        throw(provider.name, 1_000_000);
    }
}
