//! One thing that happened in a conversation.

use rihla_core::event::{ConsentState, Event, Fact, MessagePassed, Person, Speaker};
use rihla_core::instant::Instant;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::Found;
use crate::Unreadable;
use crate::json::{Id, Text, UnixTime};
use crate::messaging::{TEXT_CHARACTERS, Word};
use crate::reading::Unknown;

/// One of `messaging` or `standby`: a customer, a page, and one of the rest.
#[derive(Deserialize)]
pub(super) struct Item<'a> {
    sender: Option<Party>,
    recipient: Option<Party>,
    timestamp: Option<UnixTime>,
    #[serde(borrow)]
    message: Option<Message<'a>>,
    #[serde(borrow)]
    postback: Option<Postback<'a>>,
    #[serde(borrow)]
    optin: Option<Optin<'a>>,
    delivery: Option<IgnoredAny>,
    read: Option<IgnoredAny>,
    reaction: Option<IgnoredAny>,
    message_edit: Option<IgnoredAny>,
    referral: Option<IgnoredAny>,
    account_linking: Option<IgnoredAny>,
    #[serde(rename = "policy-enforcement", alias = "policy_enforcement")]
    policy_enforcement: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct Party {
    id: Option<Id>,
}

#[derive(Deserialize)]
struct Message<'a> {
    mid: Id,
    #[serde(borrow)]
    text: Option<Text<'a>>,
    is_echo: Option<bool>,
    is_deleted: Option<bool>,
    app_id: Option<Id>,
}

/// A button was pressed.
#[derive(Deserialize)]
struct Postback<'a> {
    mid: Option<Id>,
    #[serde(borrow)]
    title: Option<Text<'a>>,
}

/// <https://developers.facebook.com/docs/messenger-platform/reference/webhook-events/messaging_optins>.
#[derive(Deserialize)]
struct Optin<'a> {
    #[serde(borrow, rename = "type")]
    kind: Option<Text<'a>>,
    #[serde(borrow)]
    notification_messages_status: Option<Text<'a>>,
}

/// Meta's own inbox, in which staff write
/// (<https://developers.facebook.com/docs/messenger-platform/handover-protocol>).
const INBOX_APP: &str = "263902037430900";

impl Item<'_> {
    /// Takes in what happened.
    pub(super) fn read(&self, found: &mut Found) -> Result<(), Unreadable> {
        if let Some(message) = &self.message {
            return self.message(message, found);
        }
        if let Some(postback) = &self.postback {
            return self.postback(postback, found);
        }
        if let Some(optin) = &self.optin {
            return self.optin(optin, found);
        }
        let (topic, why) = self.other();
        found.pass(topic, why);
        Ok(())
    }

    fn message(&self, message: &Message<'_>, found: &mut Found) -> Result<(), Unreadable> {
        let is_echo = message.is_echo == Some(true);
        if message.is_deleted == Some(true) {
            found.pass("messages", "a message was taken back");
            return Ok(());
        }
        let by_staff = message.app_id.as_ref().is_none_or(|app| app.0 == INBOX_APP);
        let speaker = match (is_echo, by_staff) {
            (false, _) => Speaker::Customer,
            (true, true) => Speaker::Staff,
            (true, false) => Speaker::Program,
        };
        let customer = if is_echo {
            id("recipient", self.recipient.as_ref())
        } else {
            id("sender", self.sender.as_ref())
        };
        found.events.push(self.passed(customer?, &message.mid.0, speaker, message.text.as_ref(), found)?);
        Ok(())
    }

    /// Postbacks had no id of their own once: who pressed a button when is one.
    fn postback(&self, postback: &Postback<'_>, found: &mut Found) -> Result<(), Unreadable> {
        let customer = id("sender", self.sender.as_ref())?;
        let at = self.at()?.milliseconds();
        let mid = postback.mid.as_ref().map_or_else(|| format!("{at}:{customer}"), |mid| mid.0.clone());
        let title = postback.title.as_ref();
        found.events.push(self.passed(customer, &mid, Speaker::Customer, title, found)?);
        Ok(())
    }

    fn passed(
        &self,
        customer: &str,
        mid: &str,
        speaker: Speaker,
        text: Option<&Text<'_>>,
        found: &Found,
    ) -> Result<Event, Unreadable> {
        let passed = MessagePassed {
            conversation: customer.to_owned(),
            message: mid.to_owned(),
            customer: person(customer),
            dated_by_arrival: false,
            speaker,
            channel: Some(found.channel),
            text: text.and_then(|text| text.limited(TEXT_CHARACTERS)),
        };
        Ok(Event { at: self.at()?, fact: Fact::MessagePassed(passed) })
    }

    fn optin(&self, optin: &Optin<'_>, found: &mut Found) -> Result<(), Unreadable> {
        if optin.kind.as_ref().and_then(Text::trimmed) != Some("notification_messages") {
            found.pass("messaging_optins", "a conversation was begun by a plugin of the shop's site");
            return Ok(());
        }
        let status = optin.notification_messages_status.as_ref().and_then(Text::trimmed);
        let state = match status.map(|status| status.replace(' ', "_")).as_deref() {
            None | Some("RESUME_NOTIFICATIONS") => ConsentState::Granted,
            Some("STOP_NOTIFICATIONS") => ConsentState::Withdrawn,
            Some(other) => {
                found.unknown.push(Unknown::new("optin.notification_messages_status", other));
                found.pass("messaging_optins", "its word is not known here");
                return Ok(());
            }
        };
        let wording = "marketing messages, asked for in the conversation";
        let word = Word { at: self.at()?, channel: found.channel, state, wording };
        found.events.extend(word.on_marketing(&person(id("sender", self.sender.as_ref())?)));
        Ok(())
    }

    fn at(&self) -> Result<Instant, Unreadable> {
        self.timestamp.map(|time| time.0).ok_or_else(|| Unreadable::missing("timestamp"))
    }

    /// The topic of what tells no event, and why it tells none.
    fn other(&self) -> (&'static str, &'static str) {
        let of_a_message = "it tells what became of a message";
        let known = [
            (&self.delivery, "message_deliveries", of_a_message),
            (&self.read, "message_reads", of_a_message),
            (&self.reaction, "message_reactions", "a reaction is no message"),
            (&self.message_edit, "message_edits", "the message is kept as it came first"),
            (&self.referral, "messaging_referrals", "nothing was said"),
            (&self.account_linking, "messaging_account_linking", "nothing was said"),
            (&self.policy_enforcement, "messaging_policy_enforcement", "it is about the page"),
        ];
        let held = known.into_iter().find(|(member, ..)| member.is_some());
        held.map_or(("messaging", "nothing that is read here"), |(_, topic, why)| (topic, why))
    }
}

fn id<'a>(name: &str, party: Option<&'a Party>) -> Result<&'a str, Unreadable> {
    let id = party.and_then(|party| party.id.as_ref());
    id.map(|id| id.0.as_str()).ok_or_else(|| Unreadable::missing(name))
}

fn person(customer: &str) -> Person {
    Person { customer: Some(customer.to_owned()), ..Person::default() }
}
