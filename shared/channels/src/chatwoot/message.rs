//! Messages, of which only those are read that pass between the customer and the shop.

use rihla_core::event::{Person, Speaker};
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::contact::Contact;
use super::conversation::Told;
use crate::conversation::TEXT_LIMIT;
use crate::json::{self, AnyMoment, Id, Loose};
use crate::{Reading, Unreadable};

/// Body of `message_created` and `message_updated`.
#[derive(Deserialize)]
struct Message<'a> {
    id: Id,
    #[serde(borrow, default)]
    content: Loose<'a>,
    created_at: Option<AnyMoment>,
    #[serde(rename = "message_type")]
    kind: Option<Id>,
    private: Option<bool>,
    content_attributes: Option<ContentAttributes>,
    attachments: Option<Vec<IgnoredAny>>,
    #[serde(borrow)]
    sender: Option<Contact<'a>>,
    /// Older versions name the contact here.
    #[serde(borrow)]
    contact: Option<Contact<'a>>,
    #[serde(borrow)]
    conversation: Told<'a>,
}

#[derive(Deserialize)]
struct ContentAttributes {
    deleted: Option<bool>,
}

/// What a `message_type` is, by its name or its number.
enum Kind {
    Incoming,
    Outgoing,
    Template,
    Activity,
}

/// Reads a message. Told again, altered, it is the same message.
pub(super) fn read(body: &[u8], topic: &str) -> Result<Reading, Unreadable> {
    let message: Message<'_> = json::read(body)?;
    let no_interest = |why| Ok(Reading::no_interest(topic, why));
    if message.private == Some(true) {
        return no_interest("a note that only the staff can read");
    }
    let kind = message.kind.as_ref().ok_or_else(|| Unreadable::missing("message_type"))?;
    let speaker = match kind_of(&kind.0) {
        Some(Kind::Incoming) => Speaker::Customer,
        Some(Kind::Outgoing) if message.is_by_a_program() => Speaker::Program,
        Some(Kind::Outgoing) => Speaker::Staff,
        Some(Kind::Template) => Speaker::Program,
        Some(Kind::Activity) => return no_interest("what somebody did at the desk"),
        None => {
            return Ok(
                no_interest("no kind of message that is known here")?.and_unknown("message_type", &kind.0)
            );
        }
    };
    if message.is_empty() {
        return no_interest("a message without text or attachment, or one taken back");
    }
    let at = message.created_at.ok_or_else(|| Unreadable::missing("created_at"))?;
    let Some(customer) = message.customer(speaker) else {
        return no_interest("it does not say who the customer is");
    };
    let told = &message.conversation;
    let conversation = told.conversation(customer).map_err(|unreadable| unreadable.within("conversation"))?;
    let text = message.content.limited(TEXT_LIMIT);
    let event = conversation.message(at.0, &message.id.0, speaker, text);
    Ok(Reading::events(vec![event]).and_unknown_if("channel", told.unknown_channel()))
}

fn kind_of(message_type: &str) -> Option<Kind> {
    Some(match message_type {
        "incoming" | "0" => Kind::Incoming,
        "outgoing" | "1" => Kind::Outgoing,
        "activity" | "2" => Kind::Activity,
        "template" | "3" => Kind::Template,
        _ => return None,
    })
}

impl Message<'_> {
    /// The contact of the conversation, or the one that is named beside it, or who speaks, if that is the customer.
    fn customer(&self, speaker: Speaker) -> Option<Person> {
        let speaks = || {
            let sender = self.sender.as_ref().filter(|sender| !sender.is_of_the_shop());
            sender.filter(|_| speaker == Speaker::Customer)?.person()
        };
        let named = || self.contact.as_ref()?.person();
        self.conversation.customer().or_else(named).or_else(speaks)
    }

    fn is_by_a_program(&self) -> bool {
        let kind = self.sender.as_ref().and_then(|sender| sender.kind.trimmed());
        matches!(kind, Some("agent_bot" | "captain_assistant"))
    }

    fn is_empty(&self) -> bool {
        let is_deleted = self.content_attributes.as_ref().and_then(|attributes| attributes.deleted);
        let has_attachments = self.attachments.as_ref().is_some_and(|attachments| !attachments.is_empty());
        is_deleted == Some(true) || (self.content.trimmed().is_none() && !has_attachments)
    }
}
