//! `EasyPost` (<https://docs.easypost.com/docs/webhooks>, <https://docs.easypost.com/docs/trackers>).
//!
//! Its newer header `X-Hmac-Signature-V2` comes beside the older one and is not asked for. Without a secret set at
//! `EasyPost` it signs nothing, and nothing is believed.

mod state;

use rihla_core::instant::Instant;
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use crate::json::{self, Text, word};
use crate::moves::Moves;
use crate::{About, Delivery, Holds, Provider, Reading, Secret, Topic, Unreadable, Unverified, hmac};

/// `EasyPost`.
pub const PROVIDER: Provider = Provider {
    name: "easypost",
    verify,
    normalise,
    topics: TOPICS,
    about: About {
        title: "EasyPost",
        verified: "HMAC-SHA-256 of the body, hexadecimal, in `X-Hmac-Signature`",
        holds: Holds::Whole,
        ids: "tracking number and state, with its time",
        limits: "7 s; tries again for a day",
    },
    ..Provider::PLAIN
};

const TOPICS: &[Topic] = &[
    Topic { name: "tracker.created", tells: &["parcel.moved"] },
    Topic { name: "tracker.updated", tells: &["parcel.moved"] },
    Topic { name: "batch.created", tells: &[] },
    Topic { name: "batch.updated", tells: &[] },
    Topic { name: "insurance.purchased", tells: &[] },
    Topic { name: "payment.created", tells: &[] },
    Topic { name: "refund.successful", tells: &[] },
    Topic { name: "report.available", tells: &[] },
    Topic { name: "scan_form.created", tells: &[] },
];

const SIGNATURE: &str = "x-hmac-signature";

fn verify(delivery: &Delivery<'_>, secrets: &[Secret], _now: Instant) -> Result<(), Unverified> {
    let signature = delivery.headers.get(SIGNATURE).ok_or(Unverified::MissingHeader(SIGNATURE))?;
    let given = signature.strip_prefix("hmac-sha256-hex=").and_then(hmac::from_hex);
    hmac::any_key_fits(secrets.iter().filter_map(key), &[delivery.body], given.as_slice())
}

/// The key that a secret stands for: its characters taken apart (`é` is `e` with an accent), as UTF-8.
pub(crate) fn key(secret: &Secret) -> Option<String> {
    secret.key()?;
    Some(secret.text().nfkd().collect())
}

#[derive(Deserialize)]
struct Named<'a> {
    #[serde(borrow)]
    description: Option<Text<'a>>,
    #[serde(borrow)]
    mode: Option<Text<'a>>,
}

#[derive(Deserialize)]
struct TrackerEvent<'a> {
    #[serde(borrow)]
    result: Option<Tracker<'a>>,
}

#[derive(Deserialize)]
struct Tracker<'a> {
    #[serde(borrow)]
    tracking_code: Option<Text<'a>>,
    #[serde(borrow)]
    carrier: Option<Text<'a>>,
    #[serde(borrow)]
    status: Option<Text<'a>>,
    #[serde(borrow)]
    status_detail: Option<Text<'a>>,
    updated_at: Option<Instant>,
    /// It is one that a customer sends back to the shop.
    is_return: Option<bool>,
    #[serde(borrow)]
    tracking_details: Option<Vec<Scan<'a>>>,
}

#[derive(Deserialize)]
struct Scan<'a> {
    #[serde(borrow)]
    datetime: Option<Text<'a>>,
    #[serde(borrow)]
    status: Option<Text<'a>>,
    #[serde(borrow)]
    status_detail: Option<Text<'a>>,
}

fn normalise(delivery: &Delivery<'_>) -> Result<Reading, Unreadable> {
    let named: Named<'_> = json::read(delivery.body)?;
    let Some(topic) = named.description.as_ref().and_then(|description| description.limited(80)) else {
        return Ok(Reading::no_interest(
            "a body without a description",
            "no delivery, but an answer of the API",
        ));
    };
    if !matches!(topic.as_str(), "tracker.created" | "tracker.updated") {
        return Ok(Reading::no_interest(topic, "no topic that is read here"));
    }
    if word(named.mode.as_ref()) == Some("test") {
        return Ok(Reading::no_interest(topic, "a trial"));
    }
    let event: TrackerEvent<'_> = json::read(delivery.body)?;
    event.result.ok_or_else(|| Unreadable::missing("result"))?.read(topic)
}

impl Tracker<'_> {
    fn read(&self, topic: String) -> Result<Reading, Unreadable> {
        if self.is_return.unwrap_or_default() {
            return Ok(Reading::no_interest(topic, "a parcel that the customer sends back"));
        }
        let (status, detail) = (word(self.status.as_ref()), word(self.status_detail.as_ref()));
        let status = status.ok_or_else(|| Unreadable::missing("result.status"))?;
        let mut moves =
            Moves::of("result.tracking_code", self.tracking_code.as_ref(), self.carrier.as_ref())?;
        for scan in self.tracking_details.iter().flatten() {
            let status = word(scan.status.as_ref()).unwrap_or_default();
            moves.past(state::of(status, word(scan.status_detail.as_ref())), scan.datetime.as_ref());
        }
        moves.now(state::of(status, detail), self.updated_at)?;
        let mut reading = Reading::events(moves.events());
        if !state::is_status(status) {
            reading = reading.and_unknown("result.status", status);
        }
        if let Some(detail) = detail.filter(|detail| !state::is_detail(detail)) {
            reading = reading.and_unknown("result.status_detail", detail);
        }
        Ok(reading)
    }
}
