//! Twilio: text messages, WhatsApp and calls (<https://www.twilio.com/docs/messaging/guides/webhook-request>,
//! <https://www.twilio.com/docs/voice/twiml>).
//!
//! Bodies are forms and name no topic: what is in them tells what they are. Messages come without any time, so that they
//! are as old as their first delivery. What a request is answered is what Twilio does next; an empty answer is none.

mod call;
mod form;
mod message;
mod party;
mod signature;

use rihla_core::instant::Instant;

use crate::{About, Delivery, Holds, Provider, RECEIVED_AT, Reading, Topic, Unreadable};

use form::Form;

pub(crate) use signature::{HEADER, sign};

/// Twilio.
pub const PROVIDER: Provider = Provider {
    name: "twilio",
    verify: |delivery, secrets, _| signature::verify(delivery, secrets),
    normalise,
    topics: TOPICS,
    time_header: Some(RECEIVED_AT),
    // <https://www.twilio.com/docs/api/errors/11200>: a 200 without a type of content is an error to Twilio.
    obeys_answers: true,
    about: About {
        title: "Twilio (text messages, WhatsApp, calls)",
        verified: "HMAC-SHA-1 of the address and the sorted fields of the form, base64, in `X-Twilio-Signature`",
        holds: Holds::Whole,
        ids: "`MessageSid` or `CallSid`",
        limits: "15 s; does not try again unless the address asks for it",
    },
    ..Provider::PLAIN
};

/// Twilio has no names for them.
const TOPICS: &[Topic] = &[
    Topic { name: "message in", tells: &["conversation.message", "consent.changed"] },
    Topic { name: "message status", tells: &["consent.changed"] },
    Topic { name: "call", tells: &["conversation.message"] },
];

fn normalise(delivery: &Delivery<'_>) -> Result<Reading, Unreadable> {
    if delivery.body.trim_ascii_start().starts_with(b"{")
        || delivery.body.trim_ascii_start().starts_with(b"[")
    {
        return Ok(Reading::no_interest("JSON", "only forms tell of messages and calls"));
    }
    let form = Form::read(delivery.body);
    let received_at = || received_at(delivery);
    if form.get("CallSid").is_some() {
        return call::read(&form, received_at);
    }
    if form.first(message::IDS).is_some() {
        return message::read(&form, received_at);
    }
    Ok(Reading::no_interest("form", "it has no MessageSid and no CallSid"))
}

fn received_at(delivery: &Delivery<'_>) -> Result<Instant, Unreadable> {
    let time = delivery.headers.get(RECEIVED_AT).and_then(|time| time.parse().ok());
    time.ok_or(Unreadable::MissingHeader(RECEIVED_AT))
}
