//! Shippo (<https://docs.goshippo.com/docs/Tracking/Webhooks>, <https://docs.goshippo.com/docs/Tracking/WebhookSecurity>).
//!
//! It signs only where its support was asked to set that up. Else the secret stands in the address, as `?token=`.

mod state;

use rihla_core::instant::Instant;
use rihla_core::parcel::ParcelState;
use serde::Deserialize;

use crate::json::{self, Text, word};
use crate::moves::Moves;
use crate::{
    About, Delivery, Holds, Provider, Reading, Secret, Topic, Unreadable, Unverified, address_token, hmac,
    replay_window,
};

/// Shippo.
pub const PROVIDER: Provider = Provider {
    name: "shippo",
    verify,
    normalise,
    topics: TOPICS,
    about: About {
        title: "Shippo",
        verified: "HMAC-SHA-256 of time and body, hexadecimal, in `Shippo-Auth-Signature`, 5 minutes either way; or a token in the address",
        holds: Holds::Whole,
        ids: "tracking number and state, with its time",
        limits: "3 s; 2 more tries",
    },
    ..Provider::PLAIN
};

const TOPICS: &[Topic] = &[
    Topic { name: "track_updated", tells: &["parcel.moved"] },
    Topic { name: "transaction_created", tells: &[] },
    Topic { name: "transaction_updated", tells: &[] },
    Topic { name: "batch_created", tells: &[] },
    Topic { name: "batch_purchased", tells: &[] },
];

const SIGNATURE: &str = "shippo-auth-signature";

/// Where it signs, the signature decides; the token in the address is asked for where there is none.
fn verify(delivery: &Delivery<'_>, secrets: &[Secret], now: Instant) -> Result<(), Unverified> {
    match delivery.headers.get(SIGNATURE) {
        Some(signature) => verify_signature(signature, delivery.body, secrets, now),
        None => address_token::check(delivery.query, secrets),
    }
}

/// The header is `t=<seconds>,v1=<signature>`; the signature covers the seconds, a point and the body.
fn verify_signature(
    signature: &str,
    body: &[u8],
    secrets: &[Secret],
    now: Instant,
) -> Result<(), Unverified> {
    let parts = || signature.split(',').filter_map(|part| part.trim().split_once('='));
    let seconds = parts().find(|(name, _)| *name == "t").map(|(_, seconds)| seconds).unwrap_or_default();
    let signed_at = seconds.parse().map_err(|_| Unverified::NotATimestamp(SIGNATURE))?;
    let given: Vec<hmac::Digest> =
        parts().filter(|(name, _)| *name == "v1").filter_map(|(_, hex)| hmac::from_hex(hex)).collect();
    let keys = secrets.iter().filter_map(Secret::key);
    hmac::any_key_fits(keys, &[seconds.as_bytes(), b".", body], &given)?;
    replay_window::check(signed_at, now)
}

#[derive(Deserialize)]
struct Named<'a> {
    #[serde(borrow)]
    event: Option<Text<'a>>,
    test: Option<bool>,
}

#[derive(Deserialize)]
struct Update<'a> {
    #[serde(borrow)]
    data: Option<Track<'a>>,
}

#[derive(Deserialize)]
struct Track<'a> {
    #[serde(borrow)]
    tracking_number: Option<Text<'a>>,
    #[serde(borrow)]
    carrier: Option<Text<'a>>,
    #[serde(borrow)]
    tracking_status: Option<Stage<'a>>,
    #[serde(borrow)]
    tracking_history: Option<Vec<Stage<'a>>>,
}

#[derive(Deserialize)]
struct Stage<'a> {
    #[serde(borrow)]
    status: Option<Text<'a>>,
    #[serde(borrow)]
    substatus: Option<Substatus<'a>>,
    #[serde(borrow)]
    status_date: Option<Text<'a>>,
    object_updated: Option<Instant>,
}

#[derive(Deserialize)]
struct Substatus<'a> {
    #[serde(borrow)]
    code: Option<Text<'a>>,
}

fn normalise(delivery: &Delivery<'_>) -> Result<Reading, Unreadable> {
    let named: Named<'_> = json::read(delivery.body)?;
    let Some(topic) = named.event.as_ref().and_then(|event| event.limited(80)) else {
        return Ok(Reading::no_interest("a body without an event", "no delivery, but an answer of the API"));
    };
    if topic != "track_updated" {
        return Ok(Reading::no_interest(topic, "no topic that is read here"));
    }
    if named.test.unwrap_or_default() {
        return Ok(Reading::no_interest(topic, "a trial"));
    }
    let update: Update<'_> = json::read(delivery.body)?;
    update.data.ok_or_else(|| Unreadable::missing("data"))?.read(&topic)
}

impl Track<'_> {
    fn read(&self, topic: &str) -> Result<Reading, Unreadable> {
        let mut moves =
            Moves::of("data.tracking_number", self.tracking_number.as_ref(), self.carrier.as_ref())?;
        for past in self.tracking_history.iter().flatten() {
            moves.past(past.state(), past.status_date.as_ref());
        }
        // A number that was just registered has no status yet.
        let Some(now) = &self.tracking_status else {
            return Ok(Reading::events_or(moves.events(), topic, "the carrier has told nothing yet"));
        };
        moves.past(now.state(), now.status_date.as_ref());
        moves.now(now.state(), now.object_updated)?;
        let mut reading = Reading::events(moves.events());
        let status = word(now.status.as_ref());
        let status = status.ok_or_else(|| Unreadable::missing("data.tracking_status.status"))?;
        if !state::is_status(status) {
            reading = reading.and_unknown("data.tracking_status.status", status);
        }
        if let Some(code) = now.code().filter(|code| !state::is_code(code)) {
            reading = reading.and_unknown("data.tracking_status.substatus.code", code);
        }
        Ok(reading)
    }
}

impl Stage<'_> {
    fn state(&self) -> ParcelState {
        let status = word(self.status.as_ref()).unwrap_or_default();
        state::of(status, self.code())
    }

    fn code(&self) -> Option<&str> {
        word(self.substatus.as_ref()?.code.as_ref())
    }
}
