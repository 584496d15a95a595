//! Conversations with their first message and the parts that came along.

use rihla_core::event::{ConversationState, Event, Person};
use rihla_core::instant::Instant;
use rihla_core::source::Channel;
use serde::Deserialize;

use super::Notification;
use super::part::Part;
use crate::conversation::{Conversation, SUBJECT_LIMIT};
use crate::json::{AnyMoment, Id, Loose};
use crate::{Reading, Unreadable, person, plain_text};

/// A conversation: <https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/conversation>.
#[derive(Deserialize)]
struct Item<'a> {
    id: Id,
    created_at: Option<AnyMoment>,
    updated_at: Option<AnyMoment>,
    #[serde(borrow, default)]
    title: Loose<'a>,
    #[serde(borrow, default)]
    state: Loose<'a>,
    open: Option<bool>,
    #[serde(borrow)]
    source: Option<Part<'a>>,
    contacts: Option<Contacts>,
    #[serde(borrow)]
    conversation_parts: Option<Parts<'a>>,
}

/// A list in a wrapper, or bare, as in the documentation of webhooks.
#[derive(Deserialize)]
#[serde(untagged)]
enum Contacts {
    Bare(Vec<ContactNamed>),
    Wrapped { contacts: Vec<ContactNamed> },
}

#[derive(Deserialize)]
struct ContactNamed {
    id: Option<Id>,
}

#[derive(Deserialize)]
struct Parts<'a> {
    #[serde(borrow)]
    conversation_parts: Option<Vec<Part<'a>>>,
}

/// Reads a conversation.
pub(super) fn read(notification: &Notification<'_>, topic: &str) -> Result<Reading, Unreadable> {
    let item: Item<'_> = notification.item()?;
    let Some(customer) = item.customer() else {
        return Ok(Reading::no_interest(topic, "it does not say who the customer is"));
    };
    let way = item.source.as_ref().and_then(|source| source.kind.trimmed());
    let known = way.and_then(channel);
    let conversation = Conversation { id: item.id.0.clone(), customer, channel: known };
    let told_at = notification.time()?;
    let mut events = Vec::new();
    let mut unknown_author = None;
    for (part, at) in item.messages(told_at) {
        match part.speaker() {
            Ok(speaker) => events.extend(part.message(&conversation, speaker, at)),
            Err(kind) => unknown_author = Some(kind),
        }
    }
    let (changed, unknown_state) = item.changed(&conversation, told_at);
    events.extend(changed);
    let reading = Reading::events_or(events, topic, "it tells neither a message nor a state");
    Ok(reading
        .and_unknown_if("source.type", way.filter(|_| known.is_none()))
        .and_unknown_if("author.type", unknown_author)
        .and_unknown_if("state", unknown_state))
}

fn channel(kind: &str) -> Option<Channel> {
    Some(match kind {
        "conversation" | "push" | "inapp" | "in_app" => Channel::Chat,
        "email" => Channel::Email,
        "facebook" => Channel::Messenger,
        "instagram" | "twitter" => Channel::Social,
        "whatsapp" => Channel::Whatsapp,
        "sms" => Channel::Sms,
        "phone_call" | "phone_switch" => Channel::Phone,
        _ => return None,
    })
}

impl<'a> Item<'a> {
    /// The first of its contacts, or the contact who began it.
    fn customer(&self) -> Option<Person> {
        let named = match &self.contacts {
            Some(Contacts::Bare(contacts) | Contacts::Wrapped { contacts }) => contacts.as_slice(),
            None => &[],
        };
        let first = named.iter().find_map(|contact| contact.id.as_ref());
        let customers =
            self.parts().filter_map(|part| part.author.as_ref()).filter(|author| author.is_customer());
        let mut customers = customers.filter(|author| first.is_none() || author.id.as_ref() == first);
        let author = customers.next();
        let id = first.or_else(|| author?.id.as_ref())?;
        let email = author.and_then(|author| person::email(author.email.text()));
        Some(Person { customer: Some(id.0.clone()), email, ..Person::default() })
    }

    fn parts(&self) -> impl Iterator<Item = &Part<'a>> {
        let parts =
            self.conversation_parts.iter().flat_map(|parts| parts.conversation_parts.iter().flatten());
        self.source.iter().chain(parts)
    }

    /// What the customer could read, with its time: the message that began it is as old as the conversation.
    fn messages(&self, told_at: Instant) -> impl Iterator<Item = (&Part<'a>, Instant)> {
        let at = move |part: &Part<'_>| part.created_at.or(self.created_at).map_or(told_at, |at| at.0);
        self.parts().filter(|part| part.is_message()).map(move |part| (part, at(part)))
    }

    /// How it stands, and the state where it is not known here.
    fn changed(&self, conversation: &Conversation, told_at: Instant) -> (Option<Event>, Option<&str>) {
        let (state, unknown) = match (self.state.trimmed(), self.open) {
            (Some("open"), _) | (None, Some(true)) => (ConversationState::Open, None),
            (Some("snoozed"), _) => (ConversationState::Waiting, None),
            (Some("closed"), _) | (None, Some(false)) => (ConversationState::Resolved, None),
            (Some(unknown), _) => (ConversationState::Unknown, Some(unknown)),
            (None, None) => return (None, None),
        };
        let at = self.updated_at.map_or(told_at, |at| at.0);
        (Some(conversation.changed(at, state, self.subject())), unknown)
    }

    fn subject(&self) -> Option<String> {
        let subject = || self.source.as_ref().and_then(|source| source.subject.trimmed());
        plain_text::from_html(self.title.trimmed().or_else(subject)?, SUBJECT_LIMIT)
    }
}
