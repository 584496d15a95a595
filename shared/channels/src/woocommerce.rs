//! `WooCommerce` (<https://woocommerce.com/document/webhooks/>, and `class-wc-webhook.php` of its source).
//!
//! The body is made when it is sent, not when something happened, so that two deliveries may tell the same later state.
//! The id of a delivery is made of the webhook and the second: two orders of one second share it, so it is not read.

mod customer;
mod line;
mod order;
mod person;
mod product;
mod special_characters;
mod topics;
mod tracking;

use rihla_core::instant::Instant;

use crate::{
    About, Answer, Delivery, Greeting, Headers, Holds, Provider, Reading, Secret, Unreadable, Unverified,
    hmac,
};

/// `WooCommerce`.
pub const PROVIDER: Provider = Provider {
    name: "woocommerce",
    verify,
    normalise,
    greet,
    topics: topics::TOPICS,
    topic_header: Some(TOPIC),
    about: About {
        title: "WooCommerce",
        verified: "HMAC-SHA-256 of the body, base64, in `X-WC-Webhook-Signature`",
        holds: Holds::Whole,
        ids: "what is told, with its time",
        limits: "60 s; no other try, and switched off after 5 failures in a row",
    },
    ..Provider::PLAIN
};

const SIGNATURE: &str = "x-wc-webhook-signature";
const TOPIC: &str = "x-wc-webhook-topic";

/// The signature is the HMAC of the raw body, in base64, under the secret with its HTML entities decoded.
fn verify(delivery: &Delivery<'_>, secrets: &[Secret], _now: Instant) -> Result<(), Unverified> {
    let signature = delivery.headers.get(SIGNATURE).ok_or(Unverified::MissingHeader(SIGNATURE))?;
    let given = hmac::from_base64(signature);
    hmac::any_key_fits(secrets.iter().filter_map(key), &[delivery.body], given.as_slice())
}

/// The key that a secret stands for. The owner's `&` is stored as `&amp;` and decoded again before signing.
pub(crate) fn key(secret: &Secret) -> Option<String> {
    secret.key()?;
    Some(special_characters::decoded(secret.text())).filter(|key| !key.is_empty())
}

/// The ping that is sent when a webhook is saved: a form, unsigned and without any of the usual headers. Nothing but
/// status 200 is taken for an answer.
fn greet(greeting: &Greeting<'_>) -> Option<Answer> {
    let is_delivery = greeting.headers.iter().any(|(name, _)| name.starts_with("x-wc-"));
    let id = greeting.body.trim_ascii().strip_prefix(b"webhook_id=")?;
    let is_number = (1..=20).contains(&id.len()) && id.iter().all(u8::is_ascii_digit);
    (greeting.method == "POST" && !is_delivery && is_number).then_some(Answer::Welcome)
}

fn normalise(delivery: &Delivery<'_>) -> Result<Reading, Unreadable> {
    let topic = topic(delivery.headers)?;
    match topics::way(topic) {
        topics::Way::Pass(why) => Ok(Reading::no_interest(topic, why)),
        topics::Way::Read(read) => {
            Ok(read(delivery.body)?.or_no_interest(topic, "it tells nothing that a record holds"))
        }
    }
}

fn topic(headers: &Headers) -> Result<&str, Unreadable> {
    headers.get(TOPIC).ok_or(Unreadable::MissingHeader(TOPIC))
}
