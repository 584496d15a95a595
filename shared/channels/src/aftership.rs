//! `AfterShip` Tracking (<https://www.aftership.com/docs/tracking/webhook/webhook-overview>).
//!
//! The signature covers the body alone, and no header holds a time. Names inside `msg` differ between the versions of
//! the API; those that are read here are the same in all of them.

mod state;

use rihla_core::instant::Instant;
use rihla_core::parcel::ParcelState;
use serde::Deserialize;

use crate::json::{self, Seconds, Text, word};
use crate::moves::Moves;
use crate::{About, Delivery, Holds, Provider, Reading, Secret, Topic, Unreadable, Unverified, hmac};

/// `AfterShip`.
pub const PROVIDER: Provider = Provider {
    name: "aftership",
    verify,
    normalise,
    topics: TOPICS,
    about: About {
        title: "AfterShip",
        verified: "HMAC-SHA-256 of the body, base64, in `aftership-hmac-sha256`",
        holds: Holds::Whole,
        ids: "tracking number and state, with its time",
        limits: "up to 14 tries within 3 days",
    },
    ..Provider::PLAIN
};

const TOPICS: &[Topic] = &[
    Topic { name: "tracking_update", tells: &["parcel.moved"] },
    Topic { name: "edd_revise", tells: &[] },
    Topic { name: "tracking_pending_time", tells: &[] },
    Topic { name: "return.approved", tells: &[] },
];

/// Tracking signs with the first, Returns and Warranty with the second, Shipping with the third: each the same way.
const SIGNATURE: &[&str] = &["aftership-hmac-sha256", "as-signature-hmac-sha256", "am-webhook-signature"];

fn verify(delivery: &Delivery<'_>, secrets: &[Secret], _now: Instant) -> Result<(), Unverified> {
    let signature = delivery.headers.first(SIGNATURE).ok_or(Unverified::MissingHeader(SIGNATURE[0]))?;
    let given = hmac::from_base64(signature.strip_prefix("hmac-sha256=").unwrap_or(signature));
    hmac::any_key_fits(secrets.iter().filter_map(Secret::key), &[delivery.body], given.as_slice())
}

#[derive(Deserialize)]
struct Named<'a> {
    #[serde(borrow)]
    event: Option<Text<'a>>,
}

#[derive(Deserialize)]
struct Update<'a> {
    #[serde(borrow)]
    msg: Option<Message<'a>>,
    /// When it happened.
    ts: Option<Seconds>,
}

#[derive(Deserialize)]
struct Message<'a> {
    #[serde(borrow)]
    tracking_number: Option<Text<'a>>,
    #[serde(borrow)]
    slug: Option<Text<'a>>,
    #[serde(borrow)]
    tag: Option<Text<'a>>,
    #[serde(borrow)]
    subtag: Option<Text<'a>>,
    return_to_sender: Option<bool>,
    #[serde(borrow)]
    checkpoints: Option<Vec<Checkpoint<'a>>>,
}

#[derive(Deserialize)]
struct Checkpoint<'a> {
    /// Often the carrier's local time without its zone, which nobody can place; then it is passed over.
    #[serde(borrow, rename = "checkpoint_time")]
    time: Option<Text<'a>>,
    #[serde(borrow)]
    tag: Option<Text<'a>>,
    #[serde(borrow)]
    subtag: Option<Text<'a>>,
}

fn normalise(delivery: &Delivery<'_>) -> Result<Reading, Unreadable> {
    let named: Named<'_> = json::read(delivery.body)?;
    let topic = named.event.as_ref().and_then(|event| event.limited(80));
    let no_interest = |topic, why| Ok(Reading::no_interest(topic, why));
    match topic.ok_or_else(|| Unreadable::missing("event"))? {
        topic if topic == "tracking_update" => read(delivery.body),
        topic if topic == "edd_revise" => no_interest(topic, "an expected day; the parcel did not move"),
        topic if topic.starts_with("return.") => no_interest(topic, "returns are told by the shop itself"),
        topic => no_interest(topic, "no topic that is read here"),
    }
}

fn read(body: &[u8]) -> Result<Reading, Unreadable> {
    let update: Update<'_> = json::read(body)?;
    let message = update.msg.ok_or_else(|| Unreadable::missing("msg"))?;
    let (tag, subtag) = (word(message.tag.as_ref()), word(message.subtag.as_ref()));
    let tag = tag.ok_or_else(|| Unreadable::missing("msg.tag"))?;
    let mut moves =
        Moves::of("msg.tracking_number", message.tracking_number.as_ref(), message.slug.as_ref())?;
    for checkpoint in message.checkpoints.iter().flatten() {
        let tag = word(checkpoint.tag.as_ref()).unwrap_or_default();
        let state = state::of(tag, word(checkpoint.subtag.as_ref()));
        moves.past(state, checkpoint.time.as_ref());
    }
    moves.now(message.state(tag, subtag), update.ts.map(|ts| ts.0))?;
    let mut reading = Reading::events(moves.events());
    if !state::is_tag(tag) {
        reading = reading.and_unknown("msg.tag", tag);
    }
    if let Some(subtag) = subtag.filter(|subtag| !state::is_subtag(subtag)) {
        reading = reading.and_unknown("msg.subtag", subtag);
    }
    Ok(reading)
}

impl Message<'_> {
    /// What was sent back and then delivered was delivered to the shop.
    fn state(&self, tag: &str, subtag: Option<&str>) -> ParcelState {
        match state::of(tag, subtag) {
            ParcelState::Delivered if self.return_to_sender.unwrap_or_default() => ParcelState::Returned,
            state => state,
        }
    }
}
