//! eBay's Notification API (<https://developer.ebay.com/api-docs/commerce/notification/overview.html>).
//!
//! Deliveries are signed with eBay's own key, the same for every seller and every application: what is signed is eBay's
//! word, and not yet about this shop. Nobody else can have them sent here, because the address is checked first with a
//! word that only the shop and eBay know; but a seller could pass on what eBay told about their own orders. So the shop
//! names its sellers (`allow`).

mod api;
mod deletion;
mod order;
mod signature;

use rihla_core::event::{Event, Fact};
use rihla_core::instant::Instant;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::json::{self, Text, word};
use crate::{
    About, Answer, Delivery, Greeting, Holds, Provider, Reading, Secret, Topic, Unreadable, Unverified, hex,
};
pub(crate) use signature::lookup;

/// eBay.
pub const PROVIDER: Provider = Provider {
    name: "ebay",
    has_secrets: false,
    verify,
    normalise,
    greet,
    api: Some(api::API),
    topics: TOPICS,
    about: About {
        title: "eBay",
        verified: "ECDSA (P-256, SHA-1) of the body, with eBay's public key, in `X-EBAY-SIGNATURE`",
        holds: Holds::Whole,
        ids: "what is told, with its time",
        limits: "3 tries; an address that fails for a day is switched off",
    },
    ..Provider::PLAIN
};

const DELETION: &str = "MARKETPLACE_ACCOUNT_DELETION";
const ORDER: &str = "ORDER_CONFIRMATION";

const TOPICS: &[Topic] = &[
    Topic { name: DELETION, tells: &["privacy.requested"] },
    Topic { name: ORDER, tells: &["order.placed", "order.paid"] },
    Topic { name: "AUTHORIZATION_REVOCATION", tells: &[] },
    Topic { name: "BUYER_QUESTION", tells: &[] },
    Topic { name: "FEEDBACK_LEFT", tells: &[] },
    Topic { name: "FEEDBACK_RECEIVED", tells: &[] },
    Topic { name: "ITEM_AVAILABILITY", tells: &[] },
    Topic { name: "ITEM_MARKED_SHIPPED", tells: &[] },
    Topic { name: "NEW_MESSAGE", tells: &[] },
    Topic { name: "ORDER_CANCELLATION_ACTIVITY", tells: &[] },
    Topic { name: "ORDER_INQUIRY_ACTIVITY", tells: &[] },
    Topic { name: "ORDER_RETURN_ACTIVITY", tells: &[] },
];

/// Of the orders' deliveries those of other sellers are refused, where the source names its own.
fn verify(delivery: &Delivery<'_>, _secrets: &[Secret], _now: Instant) -> Result<(), Unverified> {
    signature::check(delivery)?;
    let is_order = Envelope::read(delivery.body).is_ok_and(|envelope| envelope.topic() == Some(ORDER));
    let is_ours = || order::is_of_one_of(delivery.allowed, delivery.body);
    if is_order && !delivery.allowed.is_empty() && !is_ours() {
        return Err(Unverified::NotAllowed("seller"));
    }
    Ok(())
}

/// Before eBay takes an address it asks it for the hash of a code of its own, the agreed word and the address.
fn greet(greeting: &Greeting<'_>) -> Option<Answer> {
    let mut pairs = form_urlencoded::parse(greeting.query.as_bytes());
    let (_, code) = pairs.find(|(name, _)| greeting.method == "GET" && name == "challenge_code")?;
    let token = greeting.token.and_then(Secret::key);
    let Some((token, url)) = token.zip(greeting.url) else { return Some(Answer::Refused) };
    let parts = [code.as_bytes(), token, url.as_bytes()];
    let digest = parts.iter().fold(Sha256::new(), Digest::chain_update).finalize();
    Some(Answer::Json(format!(r#"{{"challengeResponse":"{}"}}"#, hex::lower(&digest))))
}

/// What every delivery has.
#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow)]
    metadata: Option<Metadata<'a>>,
}

#[derive(Deserialize)]
struct Metadata<'a> {
    #[serde(borrow)]
    topic: Option<Text<'a>>,
}

impl<'a> Envelope<'a> {
    fn read(body: &'a [u8]) -> Result<Self, Unreadable> {
        json::read(body)
    }

    fn topic(&self) -> Option<&str> {
        word(self.metadata.as_ref()?.topic.as_ref())
    }
}

fn normalise(delivery: &Delivery<'_>) -> Result<Reading, Unreadable> {
    let envelope = Envelope::read(delivery.body)?;
    match envelope.topic().ok_or_else(|| Unreadable::missing("metadata.topic"))? {
        DELETION => deletion::read(delivery.body),
        ORDER => order::read(delivery.body),
        topic => {
            let topic: String = topic.chars().take(80).collect();
            Ok(Reading::no_interest(topic, "no topic that is read here"))
        }
    }
}

fn event(at: Instant, fact: Fact) -> Event {
    Event { at, fact }
}
