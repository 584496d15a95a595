//! Notifications of Amazon's Selling Partner API
//! (<https://developer-docs.amazon.com/sp-api/docs/notifications-api-v1-use-case-guide>).
//!
//! They come into a queue of the shop's own and are not signed: whose word they are is the queue's policy to see to. Older
//! types are written in `PascalCase`, newer ones in `camelCase`. Buyers are not to be written to: Amazon forbids it, and
//! gives no address but a relay of its own.

mod api;
mod milestone;
mod milestone_codes;
mod order;
mod order_change;
mod package;

use rihla_core::event::{Event, Fact};
use rihla_core::instant::Instant;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::json::{self, Text, word};
use crate::{About, Delivery, Holds, Lookup, Provider, Reading, Topic, Unreadable, Unverified};

/// Amazon's marketplace.
pub const PROVIDER: Provider = Provider {
    name: "amazon-sp-api",
    has_secrets: false,
    verify: |_, _, _| Err(Unverified::OnlyByQueue),
    normalise,
    api: Some(api::API),
    complete,
    topics: TOPICS,
    about: About {
        title: "Amazon (Selling Partner API)",
        verified: "comes by a queue into which only Amazon may send; over HTTP everything is refused",
        holds: Holds::Both,
        ids: "what is told, with its time",
        limits: "the queue keeps it for days",
    },
    ..Provider::PLAIN
};

const TOPICS: &[Topic] = &[
    Topic {
        name: "ORDER_CHANGE",
        tells: &["order.placed", "order.changed", "order.paid", "order.cancelled"],
    },
    Topic { name: "FULFILLMENT_ORDER_STATUS", tells: &["parcel.moved"] },
    Topic { name: "SHIPMENT_TRACKING_MILESTONE_CHANGED", tells: &["parcel.moved"] },
    Topic { name: "ANY_OFFER_CHANGED", tells: &[] },
    Topic { name: "FBA_INVENTORY_AVAILABILITY_CHANGES", tells: &[] },
    Topic { name: "FEED_PROCESSING_FINISHED", tells: &[] },
    Topic { name: "LISTINGS_ITEM_ISSUES_CHANGE", tells: &[] },
    Topic { name: "LISTINGS_ITEM_STATUS_CHANGE", tells: &[] },
    Topic { name: "REPORT_PROCESSING_FINISHED", tells: &[] },
    Topic { name: "TRANSACTION_UPDATE", tells: &[] },
];

/// What every notification has.
#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow, rename = "NotificationType", alias = "notificationType")]
    kind: Option<Text<'a>>,
    #[serde(rename = "EventTime", alias = "eventTime")]
    event_time: Option<Instant>,
    #[serde(borrow, rename = "Payload", alias = "payload")]
    payload: Option<&'a RawValue>,
}

impl<'a> Envelope<'a> {
    fn topic(&self) -> Result<&str, Unreadable> {
        word(self.kind.as_ref())
            .ok_or_else(|| Unreadable::field(json::WHOLE, "it names no `NotificationType`"))
    }

    /// The payload as what it is. `name` is how this type of notification writes it.
    fn read<T: Deserialize<'a>>(&self, name: &str) -> Result<T, Unreadable> {
        let payload = self.payload.ok_or_else(|| Unreadable::missing(name))?;
        json::read(payload.get().as_bytes()).map_err(|unreadable| unreadable.within(name))
    }

    fn time(&self) -> Result<Instant, Unreadable> {
        self.event_time.ok_or_else(|| Unreadable::field(json::WHOLE, "it tells no time (`EventTime`)"))
    }
}

fn normalise(delivery: &Delivery<'_>) -> Result<Reading, Unreadable> {
    let envelope: Envelope<'_> = json::read(delivery.body)?;
    match envelope.topic()? {
        "ORDER_CHANGE" => order_change::read(&envelope),
        "FULFILLMENT_ORDER_STATUS" => package::read(&envelope),
        "SHIPMENT_TRACKING_MILESTONE_CHANGED" => milestone::read(&envelope),
        topic => {
            let topic: String = topic.chars().take(80).collect();
            Ok(Reading::no_interest(topic, "no topic that is read here"))
        }
    }
}

fn complete(delivery: &Delivery<'_>, lookup: &Lookup, answer: &[u8]) -> Result<Reading, Unreadable> {
    let envelope: Envelope<'_> = json::read(delivery.body)?;
    let at = order_change::time(&envelope)?;
    let reading = match lookup.what.as_str() {
        api::ORDER => order::read(answer, at)?,
        api::ITEMS => order::read_items(answer, at)?,
        _ => Reading::default(),
    };
    Ok(reading.or_no_interest("ORDER_CHANGE", "the answer tells nothing that a record holds"))
}

fn event(at: Instant, fact: Fact) -> Event {
    Event { at, fact }
}
