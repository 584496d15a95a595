//! Zendesk (<https://developer.zendesk.com/api-reference/webhooks/event-types/webhook-event-types/>): tickets, their
//! public comments, messages of Zendesk messaging.
//!
//! A ticket names its requester by an id: the e-mail address is asked of the API, which lies at the shop's own
//! subdomain. Webhooks of a trigger or an automation have a body that the shop writes itself, and are not read.

mod api;
mod channel;
mod messaging;
mod ticket;
mod user;

use rihla_core::instant::Instant;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::json::{self, Loose};
use crate::{
    About, Delivery, Holds, Provider, Reading, Secret, Topic, Unreadable, Unverified, hmac, replay_window,
};

/// Zendesk.
pub const PROVIDER: Provider = Provider {
    name: "zendesk",
    verify,
    normalise,
    api: Some(api::API),
    complete: api::complete,
    topics: TOPICS,
    about: About {
        title: "Zendesk",
        verified: "HMAC-SHA-256 of time and body, base64, in `X-Zendesk-Webhook-Signature`; 5 minutes either way",
        holds: Holds::Both,
        ids: "ticket, comment and message ids",
        limits: "12 s; up to 5 more tries after a time-out, 3 after a 409, and after a 429 or 503 that names a wait under 60 s",
    },
    ..Provider::PLAIN
};

const STATE: &[&str] = &["conversation.changed"];
const MESSAGE: &[&str] = &["conversation.message"];

const TOPICS: &[Topic] = &[
    Topic { name: "ticket.created", tells: STATE },
    Topic { name: "ticket.status_changed", tells: STATE },
    Topic { name: "ticket.subject_changed", tells: STATE },
    Topic { name: "ticket.requester_changed", tells: STATE },
    Topic { name: "ticket.comment_added", tells: MESSAGE },
    Topic {
        name: "messaging_ticket.message_added",
        tells: &["conversation.message", "conversation.changed"],
    },
    Topic { name: "user.created", tells: &["profile.changed"] },
    Topic { name: "user.identity_created", tells: &["profile.changed"] },
    Topic { name: "user.identity_changed", tells: &["profile.changed"] },
    Topic { name: "ticket.merged", tells: &[] },
    Topic { name: "ticket.agent_assignment_changed", tells: &[] },
    Topic { name: "ticket.priority_changed", tells: &[] },
    Topic { name: "user.deleted", tells: &[] },
];

const SIGNATURE: &str = "x-zendesk-webhook-signature";
const SIGNED_AT: &str = "x-zendesk-webhook-signature-timestamp";

/// The secret under which Zendesk signs trials of a webhook that is not saved yet. It stands in the documentation.
const PUBLIC_SECRET: &str = "dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==";

/// The signed content is the time as it stands in its header and then the body, with nothing between; the key is the
/// text of the secret as it is.
fn verify(delivery: &Delivery<'_>, secrets: &[Secret], now: Instant) -> Result<(), Unverified> {
    let signature = delivery.headers.get(SIGNATURE).ok_or(Unverified::MissingHeader(SIGNATURE))?;
    let time = delivery.headers.get(SIGNED_AT).ok_or(Unverified::MissingHeader(SIGNED_AT))?;
    let signed_at: Instant = time.parse().map_err(|_| Unverified::NotATimestamp(SIGNED_AT))?;
    let given = hmac::from_base64(signature);
    let fits = |secrets: &[&Secret]| {
        let keys = secrets.iter().filter_map(|secret| secret.key());
        hmac::any_key_fits(keys, &signed(time, delivery.body), given.as_slice())
    };
    let own: Vec<&Secret> = secrets.iter().filter(|secret| secret.text() != PUBLIC_SECRET).collect();
    match fits(&own) {
        Ok(()) => replay_window::check(signed_at.seconds(), now),
        Err(_) if fits(&[&Secret::new(PUBLIC_SECRET)]).is_ok() => Err(Unverified::PublicSecret),
        Err(refused) => Err(refused),
    }
}

/// What is signed.
pub(crate) fn signed<'a>(time: &'a str, body: &'a [u8]) -> [&'a [u8]; 2] {
    [time.as_bytes(), body]
}

/// What every event has: <https://developer.zendesk.com/api-reference/webhooks/event-types/webhook-event-types/>.
#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow, default, rename = "type")]
    kind: Loose<'a>,
    time: Option<Instant>,
    /// The ticket or the user as it was then.
    #[serde(borrow)]
    detail: Option<&'a RawValue>,
    /// What happened to it.
    #[serde(borrow)]
    event: Option<&'a RawValue>,
}

impl<'a> Envelope<'a> {
    fn time(&self) -> Result<Instant, Unreadable> {
        self.time.ok_or_else(|| Unreadable::missing("time"))
    }

    fn detail<T: Deserialize<'a>>(&self) -> Result<T, Unreadable> {
        part(self.detail, "detail")
    }

    fn event<T: Deserialize<'a>>(&self) -> Result<T, Unreadable> {
        part(self.event, "event")
    }
}

fn part<'a, T: Deserialize<'a>>(raw: Option<&'a RawValue>, name: &'static str) -> Result<T, Unreadable> {
    let raw = raw.ok_or_else(|| Unreadable::missing(name))?;
    json::read(raw.get().as_bytes()).map_err(|unreadable| unreadable.within(name))
}

fn normalise(delivery: &Delivery<'_>) -> Result<Reading, Unreadable> {
    let envelope: Envelope<'_> = json::read(delivery.body)?;
    let kind = envelope.kind.limited(80).unwrap_or_default();
    let Some(topic) = kind.strip_prefix("zen:event-type:") else {
        return Ok(Reading::no_interest(kind, "no event of Zendesk: a trigger's body is the shop's own"));
    };
    match topic {
        "ticket.created" | "ticket.requester_changed" => {
            ticket::read(&envelope, topic, ticket::Asks::Requester)
        }
        "ticket.status_changed" | "ticket.subject_changed" => {
            ticket::read(&envelope, topic, ticket::Asks::Nothing)
        }
        "ticket.comment_added" => ticket::read_comment(&envelope, topic),
        "messaging_ticket.message_added" => messaging::read(&envelope, topic),
        "user.created" | "user.identity_created" | "user.identity_changed" => user::read(&envelope, topic),
        "user.deleted" => Ok(Reading::no_interest(topic, "desks tidy up; who asks to be forgotten says so")),
        _ => Ok(Reading::no_interest(topic, "no topic that is read here")),
    }
}
