//! Messages of Zendesk messaging, which name their ticket by its id alone.
//!
//! The end user of a message has an id of the messaging platform, not of the desk. So the ticket is asked for: it names
//! the requester, whom the desk's own events name, too. Only where it cannot be asked for is a customer's message told
//! under the platform's id.

use rihla_core::event::{ConversationState, Person, Speaker};
use rihla_core::instant::Instant;
use rihla_core::source::Channel;
use serde::Deserialize;

use super::ticket::{Ticket, state};
use super::{Envelope, api};
use crate::conversation::{Conversation, TEXT_LIMIT};
use crate::json::{self, Id, Loose, Text};
use crate::{Delivery, Reading, Unreadable};

#[derive(Deserialize)]
struct TicketNamed {
    id: Id,
}

/// `event` of `messaging_ticket.message_added`.
#[derive(Deserialize)]
struct Added<'a> {
    #[serde(borrow)]
    actor: Actor<'a>,
    #[serde(borrow)]
    message: Message<'a>,
}

#[derive(Deserialize)]
struct Actor<'a> {
    id: Option<Id>,
    #[serde(borrow, rename = "type")]
    kind: Option<Text<'a>>,
}

#[derive(Deserialize)]
struct Message<'a> {
    id: Id,
    #[serde(borrow, default)]
    body: Loose<'a>,
}

/// Reads a message, and asks for its ticket.
pub(super) fn read(envelope: &Envelope<'_>, topic: &str) -> Result<Reading, Unreadable> {
    let ticket: TicketNamed = envelope.detail()?;
    let added: Added<'_> = envelope.event()?;
    let at = envelope.time()?;
    let Some(speaker) = added.speaker() else {
        let reading = Reading::no_interest(topic, "neither a customer nor somebody of the shop speaks");
        return Ok(reading.and_unknown_if("actor.type", added.kind()));
    };
    // Who the customer is does not show where somebody of the shop speaks.
    let customer = added.actor.id.as_ref().filter(|_| speaker == Speaker::Customer);
    let events = customer.map(|id| {
        let customer = Person { customer: Some(id.0.clone()), ..Person::default() };
        let id = ticket.id.0.clone();
        added.event(at, speaker, &Conversation { id, customer, channel: Some(Channel::Chat) })
    });
    let reading = Reading::default().otherwise(events.into_iter().collect());
    let reading = api::and_look_up_ticket(reading, &ticket.id);
    Ok(reading.or_no_interest(topic, "it does not say who the customer is"))
}

/// The message again, now that its ticket is known: under the requester, and how the ticket stands.
pub(super) fn complete(delivery: &Delivery<'_>, ticket: &Ticket<'_>) -> Result<Reading, Unreadable> {
    let envelope: Envelope<'_> = json::read(delivery.body)?;
    let added: Added<'_> = envelope.event()?;
    let Some((conversation, unknown_channel)) = ticket.conversation() else {
        return Ok(Reading::no_interest("messaging_ticket.message_added", "the ticket has no requester"));
    };
    let mut events = Vec::new();
    if let Some(speaker) = added.speaker() {
        events.push(added.event(envelope.time()?, speaker, &conversation));
    }
    let status = ticket.status.as_ref().and_then(Text::trimmed);
    if let (Some(status), Some(at)) = (status, ticket.updated_at) {
        let state = state(status).unwrap_or(ConversationState::Unknown);
        events.push(conversation.changed(at, state, ticket.subject()));
    }
    let unknown_status = status.filter(|status| state(status).is_none());
    let reading = Reading::events(events)
        .and_unknown_if("via.channel", unknown_channel.as_deref())
        .and_unknown_if("status", unknown_status);
    Ok(api::and_look_up_user(reading, ticket.requester_id.as_ref()))
}

impl Added<'_> {
    fn kind(&self) -> Option<&str> {
        self.actor.kind.as_ref().and_then(Text::trimmed)
    }

    fn speaker(&self) -> Option<Speaker> {
        match self.kind()? {
            "end_user" => Some(Speaker::Customer),
            "agent" => Some(Speaker::Staff),
            "system" | "bot" | "answer_bot" => Some(Speaker::Program),
            _ => None,
        }
    }

    fn event(&self, at: Instant, speaker: Speaker, conversation: &Conversation) -> rihla_core::event::Event {
        conversation.message(at, &self.message.id.0, speaker, self.message.body.limited(TEXT_LIMIT))
    }
}
