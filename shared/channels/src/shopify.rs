//! Shopify (<https://shopify.dev/docs/apps/build/webhooks>).
//!
//! Only the body is signed, not the headers, and no time with it: what a delivery changes must hold however often and
//! however late it comes. So every fact carries the time of its resource, and the topic only says how to read the body.

mod bare;
mod checkout;
mod customer;
mod dispute;
mod fulfillment;
mod line;
mod order;
mod person;
mod privacy;
mod product;
mod refund;
mod stock;
mod topics;
mod transaction;

use rihla_core::event::{Event, Fact};
use rihla_core::instant::Instant;

use crate::{About, Delivery, Headers, Holds, Provider, Reading, Secret, Unreadable, Unverified, hmac};

/// Shopify.
pub const PROVIDER: Provider = Provider {
    name: "shopify",
    verify,
    normalise,
    topics: topics::TOPICS,
    topic_header: Some("x-shopify-topic"),
    time_header: Some("x-shopify-triggered-at"),
    about: About {
        title: "Shopify",
        verified: "HMAC-SHA-256 of the body, base64, in `X-Shopify-Hmac-Sha256`",
        holds: Holds::Whole,
        ids: "what is told, with its time",
        limits: "5 s; 8 more tries within 4 hours",
    },
    ..Provider::PLAIN
};

// Shopify's own libraries take both families, and the newer one first where both are there.
const SIGNATURE: &[&str] = &["shopify-hmac-sha256", "x-shopify-hmac-sha256"];
const TOPIC: &[&str] = &["shopify-topic", "x-shopify-topic"];
const TRIGGERED_AT: &[&str] = &["shopify-triggered-at", "x-shopify-triggered-at"];

/// The signature is the HMAC of the raw body under the app's client secret, in base64. While a secret is replaced, up
/// to an hour of deliveries is signed with the old one.
fn verify(delivery: &Delivery<'_>, secrets: &[Secret], _now: Instant) -> Result<(), Unverified> {
    let signature = delivery.headers.first(SIGNATURE).ok_or(Unverified::MissingHeader(SIGNATURE[1]))?;
    let given = hmac::from_base64(signature);
    hmac::any_key_fits(secrets.iter().filter_map(Secret::key), &[delivery.body], given.as_slice())
}

fn normalise(delivery: &Delivery<'_>) -> Result<Reading, Unreadable> {
    let headers = delivery.headers;
    let topic = headers.first(TOPIC).ok_or(Unreadable::MissingHeader(TOPIC[1]))?;
    let no_interest = |why| Reading::no_interest(topic, why);
    let read = match topics::way(topic) {
        topics::Way::Pass(why) => return Ok(no_interest(why)),
        topics::Way::Read(_) if is_trial(headers, topic) => return Ok(no_interest("a trial from the admin")),
        topics::Way::Read(read) => read,
    };
    let told = Told { topic, triggered_at: triggered_at(headers), is_trial: says_trial(headers) };
    Ok(read(delivery.body, &told)?.or_no_interest(topic, "it tells nothing that a record holds"))
}

/// What the headers tell besides the body.
struct Told<'a> {
    topic: &'a str,
    /// When the event was, by Shopify's clock; the same however often the delivery is repeated.
    triggered_at: Option<Instant>,
    /// Sent by "Send test notification" of the admin.
    is_trial: bool,
}

impl Told<'_> {
    /// When a body became true that tells no time itself.
    fn time(&self) -> Result<Instant, Unreadable> {
        self.triggered_at.ok_or(Unreadable::MissingHeader(TRIGGERED_AT[1]))
    }
}

fn triggered_at(headers: &Headers) -> Option<Instant> {
    headers.first(TRIGGERED_AT)?.parse().ok()
}

fn says_trial(headers: &Headers) -> bool {
    headers.get("x-shopify-test").is_some_and(|value| value.eq_ignore_ascii_case("true"))
}

/// A trial order is kept as one. Of anything else the admin sends invented people and parcels. A request under privacy
/// law is never passed over: the header that says trial is not signed.
fn is_trial(headers: &Headers, topic: &str) -> bool {
    let is_law = topic.ends_with("/redact") || topic.ends_with("/data_request");
    says_trial(headers) && !topic.starts_with("orders/") && !is_law
}

fn event(at: Instant, fact: Fact) -> Event {
    Event { at, fact }
}
