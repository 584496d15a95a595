//! Intercom (<https://developers.intercom.com/docs/webhooks>): conversations with their parts, and contacts.
//!
//! Only the body is signed, and no time with it: every fact carries the time of its resource. A conversation comes
//! whole, with its first message and the part that was added last, so that any notification of it makes up for others.

mod contact;
mod conversation;
mod part;
mod subscription;

use rihla_core::event::{Event, Fact};
use rihla_core::instant::Instant;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::json::{self, AnyMoment, Id, Text};
use crate::{
    About, Answer, Delivery, Greeting, Holds, Provider, Reading, Secret, Topic, Unreadable, Unverified, hmac,
};

/// Intercom.
pub const PROVIDER: Provider = Provider {
    name: "intercom",
    verify,
    normalise,
    greet,
    topics: TOPICS,
    about: About {
        title: "Intercom",
        verified: "HMAC-SHA-1 of the body, hexadecimal, in `X-Hub-Signature`",
        holds: Holds::Whole,
        ids: "conversation, part and contact ids",
        limits: "5 s; tries again; a pause after 1,000 errors in 15 minutes, the end after a week of them",
    },
    ..Provider::PLAIN
};

const TALK: &[&str] = &["conversation.changed", "conversation.message"];
const PROFILE: &[&str] = &["profile.changed"];

const TOPICS: &[Topic] = &[
    Topic { name: "conversation.user.created", tells: TALK },
    Topic { name: "conversation.user.replied", tells: TALK },
    Topic { name: "conversation.admin.single.created", tells: TALK },
    Topic { name: "conversation.admin.replied", tells: TALK },
    Topic { name: "conversation.operator.replied", tells: TALK },
    Topic { name: "conversation.admin.assigned", tells: TALK },
    Topic { name: "conversation.admin.closed", tells: TALK },
    Topic { name: "conversation.admin.opened", tells: TALK },
    Topic { name: "conversation.admin.open.assigned", tells: TALK },
    Topic { name: "conversation.admin.snoozed", tells: TALK },
    Topic { name: "conversation.admin.unsnoozed", tells: TALK },
    Topic { name: "conversation.updated", tells: TALK },
    Topic { name: "conversation.contact.attached", tells: PROFILE },
    Topic { name: "conversation.deleted", tells: &[] },
    Topic { name: "conversation.admin.noted", tells: TALK },
    Topic { name: "contact.created", tells: PROFILE },
    Topic { name: "contact.user.created", tells: PROFILE },
    Topic { name: "contact.user.updated", tells: PROFILE },
    Topic { name: "contact.lead.created", tells: PROFILE },
    Topic { name: "contact.lead.updated", tells: PROFILE },
    Topic { name: "contact.lead.added_email", tells: PROFILE },
    Topic { name: "contact.lead.signed_up", tells: PROFILE },
    Topic { name: "contact.email.updated", tells: PROFILE },
    Topic { name: "contact.merged", tells: PROFILE },
    Topic { name: "contact.subscribed", tells: &["consent.changed"] },
    Topic { name: "contact.unsubscribed", tells: &["consent.changed"] },
    Topic { name: "contact.deleted", tells: &["privacy.requested"] },
    Topic { name: "contact.archived", tells: &[] },
    Topic { name: "ping", tells: &[] },
];

const SIGNATURE: &str = "x-hub-signature";

/// The key is the app's client secret.
fn verify(delivery: &Delivery<'_>, secrets: &[Secret], _now: Instant) -> Result<(), Unverified> {
    let signature = delivery.headers.get(SIGNATURE).ok_or(Unverified::MissingHeader(SIGNATURE))?;
    hmac::any_fits(secrets, |key| hmac::equal_texts(signature, &signature_of(key, delivery.body)))
}

pub(crate) fn signature_of(key: &[u8], body: &[u8]) -> String {
    format!("sha1={}", hmac::hex(&hmac::sha_1(key, &[body])))
}

/// A ping is short. Nothing longer is looked into before it is believed.
const PING_LIMIT_BYTES: usize = 4096;

/// Intercom looks whether somebody is there, by HEAD, and sends a ping when a subscription is made.
fn greet(greeting: &Greeting<'_>) -> Option<Answer> {
    #[derive(Deserialize)]
    struct Ping<'a> {
        #[serde(borrow)]
        topic: Text<'a>,
    }
    let is_ping = || {
        greeting.body.len() <= PING_LIMIT_BYTES
            && serde_json::from_slice(greeting.body)
                .is_ok_and(|ping: Ping<'_>| ping.topic.trimmed() == Some("ping"))
    };
    let is_greeting = greeting.method == "HEAD" || (greeting.method == "POST" && is_ping());
    is_greeting.then_some(Answer::Welcome)
}

/// A notification: <https://developers.intercom.com/docs/references/webhooks/webhook-models>.
#[derive(Deserialize)]
struct Notification<'a> {
    #[serde(borrow)]
    topic: Text<'a>,
    id: Option<Id>,
    created_at: Option<AnyMoment>,
    #[serde(borrow)]
    data: Option<Data<'a>>,
}

#[derive(Deserialize)]
struct Data<'a> {
    #[serde(borrow)]
    item: Option<&'a RawValue>,
}

impl<'a> Notification<'a> {
    /// What it is about.
    fn item<T: Deserialize<'a>>(&self) -> Result<T, Unreadable> {
        let item = self.data.as_ref().and_then(|data| data.item);
        let item = item.ok_or_else(|| Unreadable::missing("data.item"))?;
        json::read(item.get().as_bytes()).map_err(|unreadable| unreadable.within("data.item"))
    }

    /// When it was made, for items that tell no time.
    fn time(&self) -> Result<Instant, Unreadable> {
        Ok(self.created_at.ok_or_else(|| Unreadable::missing("created_at"))?.0)
    }
}

fn normalise(delivery: &Delivery<'_>) -> Result<Reading, Unreadable> {
    let notification: Notification<'_> = json::read(delivery.body)?;
    let topic = notification.topic.limited(80).unwrap_or_default();
    match topic.as_str() {
        "ping" => Ok(Reading::no_interest(topic, "a ping")),
        "conversation.deleted" => Ok(Reading::no_interest(topic, "it does not say whose it was")),
        "conversation.contact.attached" => contact::read_attached(&notification, &topic),
        "contact.subscribed" | "contact.unsubscribed" => subscription::read(&notification, &topic),
        "contact.deleted" => contact::read_deleted(&notification),
        "contact.archived" => {
            Ok(Reading::no_interest(topic, "it can be undone, and nobody asked to be forgotten"))
        }
        _ if is_among(&topic, TALK) => conversation::read(&notification, &topic),
        _ if is_among(&topic, PROFILE) => contact::read(&notification, &topic),
        _ => Ok(Reading::no_interest(topic, "no topic that is read here")),
    }
}

fn is_among(topic: &str, tells: &[&str]) -> bool {
    TOPICS.iter().any(|known| known.name == topic && known.tells == tells)
}

fn event(at: Instant, fact: Fact) -> Event {
    Event { at, fact }
}
