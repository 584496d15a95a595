//! `BigCommerce` (<https://docs.bigcommerce.com/docs/integrations/webhooks>).
//!
//! A delivery names a thing and its store; what it is, the store's API tells. So nearly everything here is in the
//! answers, and without a token little more is known than that there is an order.

mod cart;
mod customer;
mod hook;
mod line;
mod order;
mod refund;
mod shipment;
mod topics;

use rihla_core::event::{Event, Fact};
use rihla_core::instant::Instant;

use crate::{
    About, Api, Delivery, Holds, Lookup, Provider, Reading, Secret, Unreadable, Unverified, hmac,
    standard_webhooks,
};
use hook::Hook;

/// `BigCommerce`.
pub const PROVIDER: Provider = Provider {
    name: "bigcommerce",
    verify,
    normalise,
    api: Some(Api { base_url: "https://api.bigcommerce.com", headers: under_token, exchange: None }),
    complete,
    topics: topics::TOPICS,
    about: About {
        title: "BigCommerce",
        verified: "HMAC-SHA-256 of id, time and body, base64, in `webhook-signature`; or the secret itself in `X-Hook-Secret`",
        holds: Holds::Names,
        ids: "what is told, with its time",
        limits: "11 more tries within 48 hours",
    },
    ..Provider::PLAIN
};

/// The header that the shop registers with its hooks, to be sent back with every delivery.
const OWN_HEADER: &str = "x-hook-secret";

/// Apps are sent deliveries by Standard Webhooks, under the bytes of their client secret. Hooks that were registered
/// with a header of their own send it back, and sign nothing.
fn verify(delivery: &Delivery<'_>, secrets: &[Secret], now: Instant) -> Result<(), Unverified> {
    let keys: Vec<&[u8]> = secrets.iter().filter_map(Secret::key).collect();
    match delivery.headers.get(OWN_HEADER) {
        Some(given) if delivery.headers.first(standard_webhooks::SIGNATURE).is_none() => {
            is_one_of(given, &keys)
        }
        _ => standard_webhooks::verify_under(delivery, &keys, now),
    }?;
    hook::is_allowed(delivery)
}

/// Compared by digests, which are as long as each other.
fn is_one_of(given: &str, keys: &[&[u8]]) -> Result<(), Unverified> {
    let of = |text: &[u8]| hmac::digest(OWN_HEADER.as_bytes(), &[text]);
    if keys.is_empty() {
        return Err(Unverified::NoSecret);
    }
    let is_right = keys.iter().any(|key| hmac::equal(&of(given.as_bytes()), &of(key)));
    if is_right { Ok(()) } else { Err(Unverified::WrongSignature) }
}

fn under_token(token: &Secret) -> Vec<(&'static str, String)> {
    vec![("x-auth-token", token.text().to_owned()), ("accept", "application/json".to_owned())]
}

fn normalise(delivery: &Delivery<'_>) -> Result<Reading, Unreadable> {
    let hook = Hook::read(delivery.body)?;
    let topic = hook.topic();
    match topics::way(&topic) {
        topics::Way::Pass(why) => Ok(Reading::no_interest(topic, why)),
        topics::Way::Read(read) => {
            Ok(read(&hook)?.or_no_interest(&topic, "it names nothing that its store could be asked for"))
        }
    }
}

fn complete(delivery: &Delivery<'_>, lookup: &Lookup, answer: &[u8]) -> Result<Reading, Unreadable> {
    let hook = Hook::read(delivery.body)?;
    let (what, currency) = hook::parts(&lookup.what);
    let reading = match what {
        // No content: there are none.
        _ if answer.trim_ascii().is_empty() => Ok(Reading::default()),
        order::ORDER => order::read_answer(&hook, answer),
        line::PRODUCTS => line::read_answer(&hook, currency, answer),
        shipment::SHIPMENTS => shipment::read_answer(&hook, answer),
        refund::REFUNDS => refund::read_answer(&hook, currency, answer),
        customer::CUSTOMER => customer::read_answer(answer),
        customer::SUBSCRIBER => customer::read_subscriber(&hook, answer),
        cart::CART => cart::read_answer(&hook, answer),
        _ => Ok(Reading::default()),
    }?;
    Ok(reading.or_no_interest(&hook.topic(), "the answer tells nothing that a record holds"))
}

fn event(at: Instant, fact: Fact) -> Event {
    Event { at, fact }
}
