//! Stripe (<https://docs.stripe.com/webhooks>): Checkout, payments, refunds, disputes and customers.
//!
//! An order's id is that of its payment intent, which everything about its money names; a session without one, such as a
//! subscription's, is an order by its own id. What was bought is not in any event: it is asked for, as are refunds where
//! the API is too new to send them with their charge.

mod customer;
mod dispute;
mod envelope;
mod line;
mod money;
mod payment;
mod refund;
mod session;
mod topics;

use rihla_core::event::{Event, Fact};
use rihla_core::instant::Instant;

use crate::{
    About, Api, Delivery, Holds, Lookup, Provider, Reading, Secret, Unreadable, Unverified, hmac,
    replay_window,
};
use envelope::Envelope;

/// Stripe.
pub const PROVIDER: Provider = Provider {
    name: "stripe",
    verify,
    normalise,
    api: Some(Api { base_url: "https://api.stripe.com", headers: bearer, exchange: None }),
    complete,
    topics: topics::TOPICS,
    about: About {
        title: "Stripe",
        verified: "HMAC-SHA-256 of time and body, hexadecimal, in `Stripe-Signature`; 5 minutes either way",
        holds: Holds::Both,
        ids: "what is told, with its time",
        limits: "redirects fail; tries for up to 3 days",
    },
    ..Provider::PLAIN
};

const SIGNATURE: &str = "stripe-signature";

/// The header is `t=<seconds>,v1=<digest>`, with one digest for each secret while one is replaced, and other schemes
/// that are passed over. The key is the whole secret, with its `whsec_`.
fn verify(delivery: &Delivery<'_>, secrets: &[Secret], now: Instant) -> Result<(), Unverified> {
    let header = delivery.headers.get(SIGNATURE).ok_or(Unverified::MissingHeader(SIGNATURE))?;
    let values = |name: &'static str| {
        header.split(',').filter_map(move |part| part.split_once('=').filter(|(key, _)| *key == name))
    };
    let (_, timestamp) = values("t").next().ok_or(Unverified::NotATimestamp(SIGNATURE))?;
    let signed_at: i64 = timestamp.parse().map_err(|_| Unverified::NotATimestamp(SIGNATURE))?;
    let given: Vec<hmac::Digest> = values("v1").filter_map(|(_, digest)| hmac::from_hex(digest)).collect();
    let keys = secrets.iter().filter_map(Secret::key);
    hmac::any_key_fits(keys, &signed(timestamp, delivery.body), &given)?;
    replay_window::check(signed_at, now)?;
    envelope::is_allowed(delivery)
}

/// What is signed, part by part.
pub(crate) fn signed<'a>(timestamp: &'a str, body: &'a [u8]) -> [&'a [u8]; 3] {
    [timestamp.as_bytes(), b".", body]
}

fn bearer(token: &Secret) -> Vec<(&'static str, String)> {
    vec![("authorization", format!("Bearer {}", token.text()))]
}

fn normalise(delivery: &Delivery<'_>) -> Result<Reading, Unreadable> {
    let envelope = Envelope::read(delivery.body)?;
    let topic = envelope.topic();
    let read = match topics::way(&envelope) {
        topics::Way::Pass(why) => return Ok(Reading::no_interest(topic, why)),
        topics::Way::Read(read) => read,
    };
    let reading = envelope.tell(read)?;
    Ok(reading.or_no_interest(&topic, "it tells nothing that a record holds"))
}

fn complete(delivery: &Delivery<'_>, lookup: &Lookup, answer: &[u8]) -> Result<Reading, Unreadable> {
    let envelope = Envelope::read(delivery.body)?;
    let reading = match lookup.what.as_str() {
        line::LINE_ITEMS => envelope.tell(|object, told| session::read_with_lines(object, told, answer)),
        refund::REFUNDS => envelope.tell(|_, told| refund::read_list(answer, told)),
        _ => Ok(Reading::default()),
    }?;
    Ok(reading.or_no_interest(&envelope.topic(), "the answer tells nothing that a record holds"))
}

fn event(at: Instant, fact: Fact) -> Event {
    Event { at, fact }
}
