//! AWS End User Messaging Social: WhatsApp by way of an SNS topic
//! (<https://docs.aws.amazon.com/social-messaging/latest/userguide/managing-event-destination-dlrs.html>).
//!
//! An entry of Meta's, as JSON text in a message, which is again JSON text, in an envelope of SNS. By a queue the
//! envelope may be left off; who may send is then the queue's policy.

use serde::Deserialize;

use crate::json;
use crate::sns::{self, Said};
use crate::whatsapp_cloud::entry::{self, Entry};
use crate::{About, Delivery, Holds, Provider, Reading, Topic, Unreadable};

/// AWS End User Messaging Social.
pub const PROVIDER: Provider = Provider {
    name: "aws-eum-social",
    verify: |delivery, _, now| sns::verify(delivery, now),
    normalise,
    complete: |_, _, _| Ok(sns::complete()),
    topics: TOPICS,
    about: About {
        title: "WhatsApp (AWS End User Messaging)",
        verified: sns::VERIFIED,
        holds: Holds::Whole,
        ids: "the message's id (`wamid`)",
        limits: "15 s; tries again for an hour; by a queue as long as that keeps it",
    },
    ..Provider::PLAIN
};

const TOPICS: &[Topic] = &[
    Topic { name: "messages", tells: &["conversation.message", "consent.changed"] },
    Topic { name: "user_preferences", tells: &["consent.changed"] },
    Topic { name: "account_update", tells: &[] },
    Topic { name: "message_template_status_update", tells: &[] },
    sns::SUBSCRIPTION,
    sns::GOODBYE,
];

#[derive(Deserialize)]
struct Message<'a> {
    /// An entry as JSON text.
    #[serde(rename = "whatsAppWebhookEntry")]
    entry: Option<String>,
    /// What an entry itself has.
    #[serde(borrow)]
    changes: Option<&'a serde_json::value::RawValue>,
}

fn normalise(delivery: &Delivery<'_>) -> Result<Reading, Unreadable> {
    match sns::open(delivery.body)? {
        None => read(delivery.body),
        Some(Said::Own(reading)) => Ok(reading),
        Some(Said::Message(text)) if text.trim_start().starts_with('{') => {
            read(text.as_bytes()).map_err(|unreadable| unreadable.inside("Message"))
        }
        Some(Said::Message(_)) => Ok(no_entry()),
    }
}

fn no_entry() -> Reading {
    Reading::no_interest("Notification", "it holds no entry of WhatsApp")
}

fn read(message: &[u8]) -> Result<Reading, Unreadable> {
    let read: Message<'_> = json::read(message)?;
    match (&read.entry, read.changes) {
        (Some(text), _) => {
            self::entry(text.as_bytes()).map_err(|unreadable| unreadable.inside("whatsAppWebhookEntry"))
        }
        (None, Some(_)) => self::entry(message),
        (None, None) => Ok(no_entry()),
    }
}

fn entry(text: &[u8]) -> Result<Reading, Unreadable> {
    entry::read(&[json::read::<Entry<'_>>(text)?], |_| String::new())
}
