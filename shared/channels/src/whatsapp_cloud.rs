//! WhatsApp Cloud API (<https://developers.facebook.com/docs/whatsapp/cloud-api/guides/set-up-webhooks>).
//!
//! One address per app takes the messages of all its business accounts, many in one delivery. No delivery has an id, and
//! nothing but the body is signed: what is told is known by the ids of messages, and by its own times.

mod customer;
pub(crate) mod entry;
mod message;
mod preference;

use serde::Deserialize;

use crate::json::{self, Text};
use crate::{About, Delivery, Holds, Provider, Reading, Topic, Unreadable, meta};

use entry::Entry;

/// WhatsApp Cloud API.
pub const PROVIDER: Provider = Provider {
    name: "whatsapp-cloud",
    verify: |delivery, secrets, _| meta::verify(delivery, secrets),
    normalise,
    greet: meta::greet,
    topics: TOPICS,
    about: About {
        title: "WhatsApp (Cloud API)",
        verified: meta::VERIFIED,
        holds: Holds::Whole,
        ids: "the message's id (`wamid`)",
        limits: "some seconds; tries again for up to 7 days",
    },
    ..Provider::PLAIN
};

/// The fields of a change, which are what one subscribes to.
const TOPICS: &[Topic] = &[
    Topic { name: "messages", tells: &["conversation.message", "consent.changed"] },
    Topic { name: "smb_message_echoes", tells: &["conversation.message"] },
    Topic { name: "user_preferences", tells: &["consent.changed"] },
    Topic { name: "account_update", tells: &[] },
    Topic { name: "message_template_status_update", tells: &[] },
    Topic { name: "message_template_quality_update", tells: &[] },
    Topic { name: "phone_number_quality_update", tells: &[] },
    Topic { name: "history", tells: &[] },
];

const OBJECT: &str = "whatsapp_business_account";

#[derive(Deserialize)]
struct Body<'a> {
    #[serde(borrow)]
    object: Text<'a>,
    #[serde(borrow)]
    entry: Vec<Entry<'a>>,
}

fn normalise(delivery: &Delivery<'_>) -> Result<Reading, Unreadable> {
    let body: Body<'_> = json::read(delivery.body)?;
    match body.object.trimmed() {
        Some(OBJECT) => entry::read(&body.entry, |index| format!("entry[{index}].")),
        other => {
            let object = other.unwrap_or_default().chars().take(60).collect::<String>();
            Ok(Reading::no_interest(object, "it is not about WhatsApp"))
        }
    }
}
