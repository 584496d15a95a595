//! Standard Webhooks 1.0.0 (<https://github.com/standard-webhooks/standard-webhooks>): the generic source for tills, own
//! shops and anything else, with the events of [`rihla_core::event`] as they are.
//!
//! A body is one event, `{"type", "timestamp", "data"}`, or an array of up to [`EVENTS_LIMIT`] of them under one
//! signature. Svix sends the same under `svix-*` names.

mod limits;
mod national;

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use rihla_core::event::{Event, Fact};
use rihla_core::instant::Instant;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::value::RawValue;

use crate::json::{self, Text};
use crate::{
    About, Delivery, Holds, Provider, Reading, Secret, Topic, Unreadable, Unverified, hmac, replay_window,
};

/// Standard Webhooks.
pub const PROVIDER: Provider = Provider {
    name: "standard-webhooks",
    verify,
    normalise,
    topics: TOPICS,
    about: About {
        title: "Standard Webhooks (anything else)",
        verified: "HMAC-SHA-256 of id, time and body, base64, in `webhook-signature`; 5 minutes either way",
        holds: Holds::Whole,
        ids: "what is told, with its time",
        limits: "the sender's own",
    },
    ..Provider::PLAIN
};

/// The header with the signatures.
pub(crate) const SIGNATURE: &[&str] = &["webhook-signature", "svix-signature"];

/// How many events one delivery may hold.
pub const EVENTS_LIMIT: usize = 100;

const TOPICS: &[Topic] = &[
    Topic { name: "order.placed", tells: &["order.placed"] },
    Topic { name: "order.changed", tells: &["order.changed"] },
    Topic { name: "order.paid", tells: &["order.paid"] },
    Topic { name: "order.cancelled", tells: &["order.cancelled"] },
    Topic { name: "order.refunded", tells: &["order.refunded"] },
    Topic { name: "order.payment_failed", tells: &["order.payment_failed"] },
    Topic { name: "order.disputed", tells: &["order.disputed"] },
    Topic { name: "parcel.moved", tells: &["parcel.moved"] },
    Topic { name: "profile.changed", tells: &["profile.changed"] },
    Topic { name: "consent.changed", tells: &["consent.changed"] },
    Topic { name: "conversation.message", tells: &["conversation.message"] },
    Topic { name: "conversation.changed", tells: &["conversation.changed"] },
    Topic { name: "checkout.changed", tells: &["checkout.changed"] },
    Topic { name: "stock.changed", tells: &["stock.changed"] },
    Topic { name: "location.changed", tells: &["location.changed"] },
    Topic { name: "product.changed", tells: &["product.changed"] },
    Topic { name: "privacy.requested", tells: &["privacy.requested"] },
];

/// The signed content is `{id}.{timestamp}.{body}`; of several signatures in the header, and of several secrets, one
/// pair must fit. Signatures of versions other than `v1` are passed over, as the specification asks.
fn verify(delivery: &Delivery<'_>, secrets: &[Secret], now: Instant) -> Result<(), Unverified> {
    let keys: Vec<Vec<u8>> = secrets.iter().filter_map(key).collect();
    verify_under(delivery, &keys, now)
}

/// The same under keys that are at hand as bytes.
pub(crate) fn verify_under(
    delivery: &Delivery<'_>,
    keys: &[impl AsRef<[u8]>],
    now: Instant,
) -> Result<(), Unverified> {
    let id = header(delivery, "webhook-id", "svix-id")?;
    let timestamp = header(delivery, "webhook-timestamp", "svix-timestamp")?;
    let signatures = header(delivery, "webhook-signature", "svix-signature")?;
    let signed_at: i64 = timestamp.parse().map_err(|_| Unverified::NotATimestamp("webhook-timestamp"))?;
    let given: Vec<hmac::Digest> = signatures.split(' ').filter_map(version_one).collect();
    hmac::any_key_fits(keys, &signed(id, timestamp, delivery.body), &given)?;
    replay_window::check(signed_at, now)
}

fn header<'a>(
    delivery: &Delivery<'a>,
    name: &'static str,
    svix_name: &'static str,
) -> Result<&'a str, Unverified> {
    delivery.headers.first(&[name, svix_name]).ok_or(Unverified::MissingHeader(name))
}

fn version_one(signature: &str) -> Option<hmac::Digest> {
    hmac::from_base64(signature.strip_prefix("v1,")?)
}

/// The key that a secret stands for: base64, with or without `whsec_` before it and `=` behind it.
pub(crate) fn key(secret: &Secret) -> Option<Vec<u8>> {
    const LENIENT: GeneralPurpose = GeneralPurpose::new(
        &STANDARD,
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
    );
    let text = secret.text();
    let key = LENIENT.decode(text.strip_prefix("whsec_").unwrap_or(text)).ok()?;
    Some(key).filter(|key| !key.is_empty())
}

pub(crate) fn digest(key: &[u8], id: &str, timestamp: &str, body: &[u8]) -> hmac::Digest {
    hmac::digest(key, &signed(id, timestamp, body))
}

/// What is signed, part by part.
fn signed<'a>(id: &'a str, timestamp: &'a str, body: &'a [u8]) -> [&'a [u8]; 5] {
    [id.as_bytes(), b".", timestamp.as_bytes(), b".", body]
}

#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow, rename = "type")]
    kind: Text<'a>,
    timestamp: Instant,
    #[serde(borrow)]
    data: &'a RawValue,
}

fn normalise(delivery: &Delivery<'_>) -> Result<Reading, Unreadable> {
    let body = delivery.body;
    let many = body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[');
    let envelopes: Vec<Envelope<'_>> = if many { json::read(body)? } else { vec![json::read(body)?] };
    if !(1..=EVENTS_LIMIT).contains(&envelopes.len()) {
        let problem = format!("expected 1 to {EVENTS_LIMIT} events, got {}", envelopes.len());
        return Err(Unreadable::field(json::WHOLE, problem));
    }
    let mut events = Vec::with_capacity(envelopes.len());
    for (index, envelope) in envelopes.iter().enumerate() {
        let path = if many { format!("[{index}].data") } else { "data".to_owned() };
        events.extend(event(envelope).map_err(|unreadable| unreadable.within(&path))?);
    }
    if events.is_empty() {
        let topic = envelopes.first().and_then(|envelope| envelope.kind.limited(80)).unwrap_or_default();
        return Ok(Reading::no_interest(topic, "no type of event that is known here"));
    }
    Ok(Reading::events(events))
}

/// The event of an envelope; none if its type is one that a newer producer knows.
fn event(envelope: &Envelope<'_>) -> Result<Option<Event>, Unreadable> {
    let data = envelope.data;
    let fact = match envelope.kind.trimmed().unwrap_or_default() {
        "order.placed" => Fact::OrderPlaced(read(data)?),
        "order.changed" => Fact::OrderChanged(read(data)?),
        "order.paid" => Fact::OrderPaid(read(data)?),
        "order.cancelled" => Fact::OrderCancelled(read(data)?),
        "order.refunded" => Fact::Refunded(read(data)?),
        "parcel.moved" => Fact::ParcelMoved(read(data)?),
        "profile.changed" => Fact::ProfileChanged(read(data)?),
        "consent.changed" => Fact::ConsentChanged(read(data)?),
        "order.payment_failed" => Fact::PaymentFailed(read(data)?),
        "order.disputed" => Fact::Disputed(read(data)?),
        "conversation.message" => Fact::MessagePassed(read(data)?),
        "conversation.changed" => Fact::ConversationChanged(read(data)?),
        "checkout.changed" => Fact::CheckoutChanged(read(data)?),
        "stock.changed" => Fact::StockChanged(read(data)?),
        "location.changed" => Fact::LocationChanged(read(data)?),
        "product.changed" => Fact::ProductChanged(read(data)?),
        "privacy.requested" => Fact::PrivacyRequested(read(data)?),
        _ => return Ok(None),
    };
    limits::check(&fact)?;
    Ok(Some(Event { at: envelope.timestamp, fact }))
}

fn read<T: DeserializeOwned>(data: &RawValue) -> Result<T, Unreadable> {
    json::read(data.get().as_bytes()).or_else(|unreadable| match national::with_country(data.get()) {
        Some(data) => json::read(data.as_bytes()),
        None => Err(unreadable),
    })
}
