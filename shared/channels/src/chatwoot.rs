//! Chatwoot (<https://www.chatwoot.com/docs/product/features/webhooks>): conversations, messages and contacts of a desk
//! that many shops run themselves, so that old versions of it are about.
//!
//! Newer versions sign. For those that do not, a secret stands as `token` in the address, and nothing proves that a
//! body or its time is as it was sent: every fact carries the time of its resource.

mod contact;
mod conversation;
mod inbox;
mod message;

use rihla_core::event::{Event, Fact};
use rihla_core::instant::Instant;
use serde::Deserialize;

use crate::json::{self, Loose};
use crate::{
    About, Delivery, Headers, Holds, Provider, Reading, Secret, Topic, Unreadable, Unverified, address_token,
    hmac, replay_window,
};

/// Chatwoot.
pub const PROVIDER: Provider = Provider {
    name: "chatwoot",
    verify,
    normalise,
    topics: TOPICS,
    time_header: Some(SIGNED_AT),
    about: About {
        title: "Chatwoot",
        verified: "HMAC-SHA-256 of time and body, hexadecimal, in `X-Chatwoot-Signature`, 5 minutes either way; \
                   or a secret as `token` in the address",
        holds: Holds::Whole,
        ids: "conversation, message and contact ids",
        limits: "5 s; not sent again by most versions",
    },
    ..Provider::PLAIN
};

const MESSAGE: &[&str] = &["conversation.message"];
const STATE: &[&str] = &["conversation.changed"];
const PROFILE: &[&str] = &["profile.changed"];

const TOPICS: &[Topic] = &[
    Topic { name: "message_created", tells: MESSAGE },
    Topic { name: "message_updated", tells: MESSAGE },
    Topic { name: "conversation_created", tells: STATE },
    Topic { name: "conversation_updated", tells: STATE },
    Topic { name: "conversation_status_changed", tells: STATE },
    Topic { name: "contact_created", tells: PROFILE },
    Topic { name: "contact_updated", tells: PROFILE },
    Topic { name: "webwidget_triggered", tells: &[] },
    Topic { name: "conversation_typing_on", tells: &[] },
    Topic { name: "conversation_typing_off", tells: &[] },
    Topic { name: "inbox_created", tells: &[] },
    Topic { name: "inbox_updated", tells: &[] },
];

const SIGNATURE: &str = "x-chatwoot-signature";
const SIGNED_AT: &str = "x-chatwoot-timestamp";

/// Where there is a signature it has to be right, whatever stands in the address.
fn verify(delivery: &Delivery<'_>, secrets: &[Secret], now: Instant) -> Result<(), Unverified> {
    let Some(given) = delivery.headers.get(SIGNATURE) else {
        return address_token::check(delivery.query, secrets);
    };
    let time = delivery.headers.get(SIGNED_AT).ok_or(Unverified::MissingHeader(SIGNED_AT))?;
    let signed_at: i64 = time.parse().map_err(|_| Unverified::NotATimestamp(SIGNED_AT))?;
    let given = given.strip_prefix(SCHEME).and_then(hmac::from_hex);
    let keys = secrets.iter().filter_map(Secret::key);
    hmac::any_key_fits(keys, &signed(time, delivery.body), given.as_slice())?;
    replay_window::check(signed_at, now)
}

/// What stands before a signature.
pub(crate) const SCHEME: &str = "sha256=";

/// What is signed.
pub(crate) fn signed<'a>(time: &'a str, body: &'a [u8]) -> [&'a [u8]; 3] {
    [time.as_bytes(), b".", body]
}

fn normalise(delivery: &Delivery<'_>) -> Result<Reading, Unreadable> {
    #[derive(Deserialize)]
    struct Named<'a> {
        #[serde(borrow, default)]
        event: Loose<'a>,
    }
    let body = delivery.body;
    let named: Named<'_> = json::read(body)?;
    let topic = named.event.limited(80).unwrap_or_default();
    match topic.as_str() {
        "message_created" | "message_updated" => message::read(body, &topic),
        "conversation_created" | "conversation_updated" | "conversation_status_changed" => {
            conversation::read(body, &topic, sent_at(delivery.headers))
        }
        "contact_created" | "contact_updated" => contact::read(body, &topic, sent_at(delivery.headers)),
        "" => Ok(Reading::no_interest("nothing", "it does not say what happened")),
        _ => Ok(Reading::no_interest(topic, "no topic that is read here")),
    }
}

/// When it was sent, for bodies that tell no time: seconds since 1970, where a file keeps no other.
fn sent_at(headers: &Headers) -> Option<Instant> {
    let time = headers.get(SIGNED_AT)?;
    time.parse().map(Instant::from_seconds).ok().or_else(|| time.parse().ok())
}

fn profile(at: Instant, person: rihla_core::event::Person) -> Event {
    Event { at, fact: Fact::ProfileChanged(person) }
}
