//! How many deliveries, and events, a second one core reads, and verifies and reads, provider by provider, over our own
//! sample deliveries: `cargo bench -p rihla-channels`. Prints; judges nothing.

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant as Stopwatch};

use rihla_channels::{Delivery, Headers, PROVIDERS, Provider, Secret, sign};
use rihla_core::instant::Instant;

const LONG_ENOUGH: Duration = Duration::from_secs(1);
const BATCH: u32 = 50;
const SECRET: &str = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/deliveries");

type Sign = fn(&Secret, Instant, &[u8]) -> Option<Headers>;

/// One line for each provider that signs.
const SIGNERS: &[(&str, Sign)] = &[
    ("shopify", |secret, at, body| sign::shopify(secret, "", "dallah.myshopify.com", "d-1", at, body)),
    ("standard-webhooks", |secret, at, body| sign::standard_webhooks(secret, "msg_1", at, body)),
    ("aftership", |secret, _, body| sign::aftership(secret, body)),
    ("chatwoot", |secret, at, body| sign::chatwoot(secret, "d-1", at, body)),
    ("easypost", |secret, _, body| sign::easypost(secret, body)),
    ("intercom", |secret, _, body| sign::intercom(secret, body)),
    ("shippo", sign::shippo),
    ("stripe", sign::stripe),
    ("woocommerce", |secret, _, body| sign::woocommerce(secret, "", body)),
    ("zendesk", sign::zendesk),
];

/// A sample, as it comes over the wire.
struct Sample {
    headers: Headers,
    body: Vec<u8>,
    events: usize,
}

fn main() {
    let now = Instant::from_seconds(1_795_410_507);
    let secret = Secret::new(SECRET);
    println!("{:49}{:^28}{:^28}", "", "normalise", "verify and normalise");
    println!(
        "{:18}{:>10}{:>9}{:>12}{:>14}{:>14}{:>14}{:>14}",
        "provider", "samples", "bytes", "events", "deliveries/s", "events/s", "deliveries/s", "events/s"
    );
    for provider in PROVIDERS {
        measure(provider, &secret, now);
    }
}

/// One line of the table: bytes and events are those of a delivery, on average.
fn measure(provider: &Provider, secret: &Secret, now: Instant) {
    let signer = SIGNERS.iter().find(|(name, _)| *name == provider.name).map(|(_, sign)| *sign);
    let samples = samples(provider, signer, secret, now);
    if samples.is_empty() {
        println!("{:18}no samples", provider.name);
        return;
    }
    let count = f64::from(u32::try_from(samples.len()).expect("a few files"));
    let sum = |what: fn(&Sample) -> usize| {
        f64::from(u32::try_from(samples.iter().map(what).sum::<usize>()).expect("a few kilobytes")) / count
    };
    let (bytes, events) = (sum(|sample| sample.body.len()), sum(|sample| sample.events));
    print!("{:18}{count:>10}{bytes:>9.0}{events:>12.1}", provider.name);
    let read = |sample: &Sample| drop(black_box((provider.normalise)(&sample.delivery())));
    let normalise = a_second(|| samples.iter().for_each(read)) * count;
    print!("{normalise:>14.0}{:>14.0}", normalise * events);
    let secrets = std::slice::from_ref(secret);
    let verify =
        |sample: &Sample| (provider.verify)(&sample.delivery(), secrets, now).expect("it was signed");
    match signer {
        Some(_) => {
            let both =
                a_second(|| samples.iter().for_each(|sample| (verify(sample), read(sample)).1)) * count;
            println!("{both:>14.0}{:>14.0}", both * events);
        }
        None => println!("{:>14}{:>14}", "-", "-"),
    }
}

/// Our deliveries of a provider that can be read, signed where it signs.
fn samples(provider: &Provider, signer: Option<Sign>, secret: &Secret, now: Instant) -> Vec<Sample> {
    let Ok(files) = fs::read_dir(Path::new(SAMPLES).join(provider.name)) else { return Vec::new() };
    let bodies = files.filter_map(|file| fs::read(file.ok()?.path()).ok()).map(compact);
    let sample = |body: Vec<u8>| {
        let headers = signer.and_then(|sign| sign(secret, now, &body)).unwrap_or_default();
        Sample::of(provider, &headers, body, now)
    };
    bodies.filter_map(sample).collect()
}

/// JSON without the white space of our files.
fn compact(text: Vec<u8>) -> Vec<u8> {
    let value: Result<serde_json::Value, _> = serde_json::from_slice(&text);
    value.map_or(text, |value| value.to_string().into_bytes())
}

impl Sample {
    /// The delivery under the topic by which it tells most, where a header names the topic. Nothing for a body that is
    /// no delivery, such as an answer of an API.
    fn of(provider: &Provider, headers: &Headers, body: Vec<u8>, now: Instant) -> Option<Self> {
        let topics: &[&str] = &provider.topics.iter().map(|topic| topic.name).collect::<Vec<_>>();
        let topics = if provider.topic_header.is_some() { topics } else { &[""] };
        let read = |topic: &&str| {
            let mut headers = headers.clone();
            if let Some(name) = provider.topic_header {
                headers.set(name, *topic);
            }
            let headers = provider.headers_of_file(headers, "", now);
            let reading = (provider.normalise)(&Delivery::new(&headers, &body)).ok()?;
            let tells = !reading.events.is_empty() || !reading.lookups.is_empty();
            tells.then_some((reading.events.len(), headers))
        };
        let (events, headers) = topics.iter().filter_map(read).max_by_key(|(events, _)| *events)?;
        Some(Self { headers, body, events })
    }

    fn delivery(&self) -> Delivery<'_> {
        Delivery::new(&self.headers, &self.body)
    }
}

/// How often a second. The quickest of many batches counts: whatever else runs on the machine only makes one slower.
#[expect(clippy::disallowed_methods, reason = "a benchmark is about time")]
fn a_second(work: impl Fn()) -> f64 {
    let start = Stopwatch::now();
    let mut quickest = Duration::MAX;
    while start.elapsed() < LONG_ENOUGH {
        let batch = Stopwatch::now();
        (0..BATCH).for_each(|_| work());
        quickest = quickest.min(batch.elapsed());
    }
    f64::from(BATCH) / quickest.as_secs_f64()
}
