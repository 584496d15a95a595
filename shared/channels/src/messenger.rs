//! Messenger (<https://developers.facebook.com/docs/messenger-platform/webhooks>) and Instagram, which sends the same
//! under another name (<https://developers.facebook.com/docs/instagram-platform/webhooks>).
//!
//! A customer is known by an id that holds for one page or account only; no address and no number is ever told.

mod item;

use rihla_core::event::Event;
use rihla_core::source::Channel;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

use crate::json::{self, Text};
use crate::reading::{OfNoInterest, Unknown};
use crate::{About, Delivery, Holds, Provider, Reading, Topic, Unreadable, meta};

use item::Item;

/// Messenger and Instagram.
pub const PROVIDER: Provider = Provider {
    name: "messenger",
    verify: |delivery, secrets, _| meta::verify(delivery, secrets),
    normalise,
    greet: meta::greet,
    topics: TOPICS,
    about: About {
        title: "Messenger and Instagram",
        verified: meta::VERIFIED,
        holds: Holds::Whole,
        ids: "the message's id (`mid`)",
        limits: "5 s; a page whose deliveries fail for long is unsubscribed",
    },
    ..Provider::PLAIN
};

/// The fields that one subscribes to.
const TOPICS: &[Topic] = &[
    Topic { name: "messages", tells: &["conversation.message"] },
    Topic { name: "message_echoes", tells: &["conversation.message"] },
    Topic { name: "messaging_postbacks", tells: &["conversation.message"] },
    Topic { name: "messaging_optins", tells: &["consent.changed"] },
    Topic { name: "message_deliveries", tells: &[] },
    Topic { name: "message_reads", tells: &[] },
    Topic { name: "message_reactions", tells: &[] },
    Topic { name: "message_edits", tells: &[] },
    Topic { name: "messaging_referrals", tells: &[] },
    Topic { name: "messaging_account_linking", tells: &[] },
    Topic { name: "messaging_handovers", tells: &[] },
    Topic { name: "messaging_policy_enforcement", tells: &[] },
];

#[derive(Deserialize)]
struct Body<'a> {
    #[serde(borrow)]
    object: Option<Text<'a>>,
    #[serde(borrow)]
    entry: Option<Vec<Entry<'a>>>,
}

/// What happened on one page or account.
#[derive(Deserialize)]
struct Entry<'a> {
    #[serde(borrow)]
    messaging: Option<Vec<&'a RawValue>>,
    /// The same, of conversations that another app is at.
    #[serde(borrow)]
    standby: Option<Vec<&'a RawValue>>,
    /// Posts and comments.
    changes: Option<IgnoredAny>,
}

/// What was found so far.
struct Found {
    channel: Channel,
    events: Vec<Event>,
    unknown: Vec<Unknown>,
    passed: Option<OfNoInterest>,
}

fn normalise(delivery: &Delivery<'_>) -> Result<Reading, Unreadable> {
    let body: Body<'_> = json::read(delivery.body)?;
    let object = body.object.as_ref().and_then(|object| object.limited(60));
    let channel = match object.as_deref() {
        None | Some("page") => Channel::Messenger,
        Some("instagram") => Channel::Social,
        Some(other) => return Ok(Reading::no_interest(other, "it is not about Messenger or Instagram")),
    };
    let mut found = Found { channel, events: Vec::new(), unknown: Vec::new(), passed: None };
    match &body.entry {
        Some(entries) => read_all(entries, &mut found)?,
        // Meta's documentation shows what happened alone, without a body around it.
        None if object.is_none() => json::read::<Item<'_>>(delivery.body)?.read(&mut found)?,
        None => return Err(Unreadable::missing("entry")),
    }
    Ok(found.reading())
}

fn read_all(entries: &[Entry<'_>], found: &mut Found) -> Result<(), Unreadable> {
    for (index, entry) in entries.iter().enumerate() {
        for (list, items) in [("messaging", &entry.messaging), ("standby", &entry.standby)] {
            for (number, item) in items.iter().flatten().enumerate() {
                let path = format!("entry[{index}].{list}[{number}]");
                let read = json::read::<Item<'_>>(item.get().as_bytes()).and_then(|item| item.read(found));
                read.map_err(|unreadable| unreadable.within(&path))?;
            }
        }
        if entry.changes.is_some() {
            found.pass("changes", "it is about posts and comments");
        }
    }
    Ok(())
}

impl Found {
    /// Keeps the first thing that tells no event, and why.
    fn pass(&mut self, topic: &str, why: &'static str) {
        self.passed.get_or_insert_with(|| OfNoInterest { topic: topic.to_owned(), why });
    }

    fn reading(self) -> Reading {
        let nothing = || OfNoInterest { topic: "page".to_owned(), why: "nothing happened" };
        let of_no_interest = self.events.is_empty().then(|| self.passed.unwrap_or_else(nothing));
        Reading { events: self.events, unknown: self.unknown, of_no_interest, ..Reading::default() }
    }
}
