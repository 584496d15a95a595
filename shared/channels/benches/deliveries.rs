//! How many deliveries a second one core verifies, reads and joins into an order:
//! `cargo bench -p rihla-channels`. Prints; judges nothing.

use std::hint::black_box;
use std::time::{Duration, Instant as Stopwatch};

use rihla_channels::{Delivery, Headers, Provider, Reading, Secret, provider, sign};
use rihla_core::instant::Instant;
use rihla_core::lattice::Join;
use rihla_core::order::Order;

const LONG_ENOUGH: Duration = Duration::from_secs(2);
const BATCH: u32 = 50;
const SECRET: &str = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

struct Subject {
    provider: &'static Provider,
    name: &'static str,
    headers: Headers,
    body: Vec<u8>,
}

fn main() {
    let now = Instant::from_seconds(1_795_410_507);
    let order = compact(include_str!("../tests/deliveries/shopify/order.json"));
    let event = compact(include_str!("../tests/deliveries/standard-webhooks/order_placed.json"));
    let secret = Secret::new(SECRET);
    let shopify = sign::shopify(&secret, "orders/updated", "dallah.myshopify.com", "d-1", now, &order);
    let standard = sign::standard_webhooks(&secret, "msg_1", now, &event);
    for (name, headers, body) in [("shopify", shopify, order), ("standard-webhooks", standard, event)] {
        let provider = provider(name).expect("it is a provider");
        let headers = headers.expect("the secret is a key");
        measure(&Subject { provider, name, headers, body }, &secret, now);
    }
}

fn compact(text: &str) -> Vec<u8> {
    let value: serde_json::Value = serde_json::from_str(text).expect("it is JSON");
    value.to_string().into_bytes()
}

fn measure(subject: &Subject, secret: &Secret, now: Instant) {
    let delivery = Delivery::new(&subject.headers, &subject.body);
    let secrets = std::slice::from_ref(secret);
    let verify = || (subject.provider.verify)(&delivery, secrets, now).expect("it was signed");
    let read = || (subject.provider.normalise)(&delivery).expect("it is readable");
    let size = subject.body.len();
    report(subject.name, "verify", size, verify);
    report(subject.name, "normalise", size, || drop(black_box(read())));
    report(subject.name, "verify, normalise, join", size, || {
        verify();
        black_box(joined(&read()));
    });
}

/// The order that the events make, as a record joins them.
fn joined(reading: &Reading) -> Order {
    reading.events.iter().map(Order::told_by).fold(Order::default(), |mut order, told| {
        order.join(told);
        order
    })
}

/// The quickest of many batches counts: whatever else runs on the machine only makes a batch slower.
#[expect(clippy::disallowed_methods, reason = "a benchmark is about time")]
fn report(name: &str, what: &str, size: usize, work: impl Fn()) {
    let start = Stopwatch::now();
    let mut quickest = Duration::MAX;
    while start.elapsed() < LONG_ENOUGH {
        let batch = Stopwatch::now();
        (0..BATCH).for_each(|_| work());
        quickest = quickest.min(batch.elapsed());
    }
    let each = quickest / BATCH;
    let per_second = 1.0 / each.as_secs_f64();
    println!("{name:18} {what:24} {size:6} bytes {each:>10.2?} each {per_second:>9.0} a second");
}
