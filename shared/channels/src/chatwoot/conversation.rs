//! Conversations: how they stand.

use rihla_core::event::{ConversationState, Person};
use rihla_core::instant::Instant;
use serde::Deserialize;

use super::contact::Contact;
use super::inbox;
use crate::conversation::{Conversation, SUBJECT_LIMIT};
use crate::json::{self, AnyMoment, Id, Loose};
use crate::{Reading, Unreadable, person};

/// A conversation: the body of its own events, and part of a message's.
#[derive(Deserialize)]
pub(super) struct Told<'a> {
    /// The number that people see: conversations are known by it, and it is one only within an account.
    id: Option<Id>,
    display_id: Option<Id>,
    #[serde(borrow, default)]
    channel: Loose<'a>,
    #[serde(borrow, default)]
    status: Loose<'a>,
    #[serde(borrow)]
    meta: Option<Meta<'a>>,
    #[serde(borrow)]
    contact_inbox: Option<Address<'a>>,
    #[serde(borrow)]
    additional_attributes: Option<Attributes<'a>>,
    updated_at: Option<AnyMoment>,
    timestamp: Option<AnyMoment>,
    created_at: Option<AnyMoment>,
}

#[derive(Deserialize)]
struct Meta<'a> {
    #[serde(borrow)]
    sender: Option<Contact<'a>>,
}

#[derive(Deserialize)]
struct Address<'a> {
    #[serde(borrow, default)]
    source_id: Loose<'a>,
}

#[derive(Deserialize)]
struct Attributes<'a> {
    #[serde(borrow, default)]
    browser_language: Loose<'a>,
    #[serde(borrow, default)]
    mail_subject: Loose<'a>,
}

/// Reads how a conversation stands.
pub(super) fn read(body: &[u8], topic: &str, sent_at: Option<Instant>) -> Result<Reading, Unreadable> {
    let told: Told<'_> = json::read(body)?;
    let status = told.status.trimmed().ok_or_else(|| Unreadable::missing("status"))?;
    let told_at = [told.updated_at, told.timestamp, told.created_at].into_iter().flatten().next();
    let at = told_at.map(|at| at.0).or(sent_at).ok_or_else(|| Unreadable::missing("updated_at"))?;
    let Some(customer) = told.customer() else {
        return Ok(Reading::no_interest(topic, "it does not say who the customer is"));
    };
    let state = state(status);
    let conversation = told.conversation(customer)?;
    let changed = conversation.changed(at, state.unwrap_or(ConversationState::Unknown), told.subject());
    Ok(Reading::events(vec![changed])
        .and_unknown_if("channel", told.unknown_channel())
        .and_unknown_if("status", Some(status).filter(|_| state.is_none())))
}

/// A pending conversation is with a bot, or waits for a triage; a snoozed one was put off.
fn state(status: &str) -> Option<ConversationState> {
    Some(match status {
        "open" => ConversationState::Open,
        "pending" | "snoozed" => ConversationState::Waiting,
        "resolved" => ConversationState::Resolved,
        _ => return None,
    })
}

impl Told<'_> {
    /// The contact with whom it is.
    pub(super) fn customer(&self) -> Option<Person> {
        self.meta.as_ref()?.sender.as_ref()?.person()
    }

    /// It, with a customer.
    pub(super) fn conversation(&self, mut customer: Person) -> Result<Conversation, Unreadable> {
        let id = self.id.as_ref().or(self.display_id.as_ref()).ok_or_else(|| Unreadable::missing("id"))?;
        let attributes = self.additional_attributes.as_ref();
        customer.locale =
            attributes.and_then(|attributes| person::locale(attributes.browser_language.text()));
        let address = self.contact_inbox.as_ref().and_then(|address| address.source_id.trimmed());
        let channel = self.channel.trimmed().and_then(|class| inbox::channel(class, address));
        Ok(Conversation { id: id.0.clone(), customer, channel })
    }

    /// The class of its inbox, where it is not known here.
    pub(super) fn unknown_channel(&self) -> Option<&str> {
        self.channel
            .trimmed()
            .filter(|class| inbox::channel(class, None).is_none() && !inbox::names_none(class))
    }

    fn subject(&self) -> Option<String> {
        self.additional_attributes.as_ref()?.mail_subject.limited(SUBJECT_LIMIT)
    }
}
