//! Square (<https://developer.squareup.com/docs/webhooks/overview>): the till, and what is sold online with it.
//!
//! An event of an order only names it; the API tells the order, and then its customer. An event of a refund names the
//! order that was made for the refund, not the one that was bought: only the payment knows that one.

mod customer;
mod dispute;
mod envelope;
mod fulfillment;
mod line;
mod money;
mod order;
mod payment;
mod stock;
mod topics;

use rihla_core::event::{Event, Fact};
use rihla_core::instant::Instant;

use crate::{About, Api, Delivery, Holds, Lookup, Provider, Reading, Secret, Unreadable, Unverified, hmac};
use envelope::Envelope;

/// Square.
pub const PROVIDER: Provider = Provider {
    name: "square",
    verify,
    normalise,
    api: Some(Api { base_url: "https://connect.squareup.com", headers: under_token, exchange: None }),
    complete,
    topics: topics::TOPICS,
    about: About {
        title: "Square",
        verified: "HMAC-SHA-256 of the configured address and the body, base64, in `x-square-hmacsha256-signature`",
        holds: Holds::Both,
        ids: "what is told, with its time",
        limits: "10 s; 11 more tries within 24 hours",
    },
    ..Provider::PLAIN
};

const SIGNATURE: &str = "x-square-hmacsha256-signature";

/// The version of the API whose answers are read here: without one, Square answers by that of the token.
const VERSION: &str = "2025-01-23";

/// The address is signed with the body, as it is configured at Square; the key is the subscription's, as text.
fn verify(delivery: &Delivery<'_>, secrets: &[Secret], _now: Instant) -> Result<(), Unverified> {
    let signature = delivery.headers.get(SIGNATURE).ok_or(Unverified::MissingHeader(SIGNATURE))?;
    let url = delivery.url.ok_or(Unverified::NoUrl)?;
    let given = hmac::from_base64(signature);
    let keys = secrets.iter().filter_map(Secret::key);
    hmac::any_key_fits(keys, &[url.as_bytes(), delivery.body], given.as_slice())
}

fn under_token(token: &Secret) -> Vec<(&'static str, String)> {
    vec![("authorization", format!("Bearer {}", token.text())), ("square-version", VERSION.to_owned())]
}

fn normalise(delivery: &Delivery<'_>) -> Result<Reading, Unreadable> {
    let envelope = Envelope::read(delivery)?;
    let topic = envelope.topic();
    let reading = match topics::way(&topic) {
        topics::Way::Pass(why) => return Ok(Reading::no_interest(topic, why)),
        // A trial order is kept as one; of anything else a sandbox has invented people and things.
        topics::Way::Read(_) if envelope.is_trial && !topic.starts_with("order.") => {
            return Ok(Reading::no_interest(topic, "a trial"));
        }
        topics::Way::Read(read) => read(&envelope)?,
    };
    Ok(reading.or_no_interest(&topic, "it tells nothing that a record holds"))
}

fn complete(delivery: &Delivery<'_>, lookup: &Lookup, answer: &[u8]) -> Result<Reading, Unreadable> {
    let envelope = Envelope::read(delivery)?;
    let reading = match lookup.what.as_str() {
        order::ORDER => order::read_answer(&envelope, answer),
        customer::CUSTOMER => customer::read_answer(answer),
        payment::PAYMENT => payment::read_answer(&envelope, answer),
        stock::LOCATION => stock::read_answer(&envelope, answer),
        _ => Ok(Reading::default()),
    }?;
    Ok(reading.or_no_interest(&envelope.topic(), "the answer tells nothing that a record holds"))
}

fn event(at: Instant, fact: Fact) -> Event {
    Event { at, fact }
}
