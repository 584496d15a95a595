//! Tickets: how they stand, and the comments that customers can read.

use rihla_core::event::{ConversationState, Person, Speaker};
use rihla_core::instant::Instant;
use serde::Deserialize;

use super::channel::Via;
use super::{Envelope, api};
use crate::conversation::{Conversation, SUBJECT_LIMIT, TEXT_LIMIT};
use crate::json::{Id, Loose, Text};
use crate::{Reading, Unreadable};

/// A ticket as it was when something happened to it; the API tells it in the same words.
#[derive(Deserialize)]
pub(super) struct Ticket<'a> {
    pub(super) id: Id,
    pub(super) requester_id: Option<Id>,
    #[serde(borrow)]
    pub(super) status: Option<Text<'a>>,
    #[serde(borrow, default)]
    subject: Loose<'a>,
    #[serde(borrow)]
    via: Option<Via<'a>>,
    pub(super) updated_at: Option<Instant>,
}

/// `event` of `ticket.status_changed`.
#[derive(Deserialize)]
struct Change<'a> {
    #[serde(borrow, default)]
    current: Option<Text<'a>>,
}

/// `event` of `ticket.comment_added`.
#[derive(Deserialize)]
struct Commented<'a> {
    #[serde(borrow)]
    comment: Comment<'a>,
}

#[derive(Deserialize)]
struct Comment<'a> {
    id: Id,
    #[serde(borrow)]
    body: Option<Text<'a>>,
    is_public: bool,
    author: Option<Author>,
}

#[derive(Deserialize)]
struct Author {
    id: Option<Id>,
    is_staff: Option<bool>,
}

/// The author of what Zendesk itself writes.
const SYSTEM: &str = "-1";

/// What is asked of the API besides.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Asks {
    /// Who the requester is.
    Requester,
    /// Nothing: it was asked when the ticket was made.
    Nothing,
}

impl Ticket<'_> {
    /// The conversation that it is, and the channel's value where it is not known here. Nothing without a requester.
    pub(super) fn conversation(&self) -> Option<(Conversation, Option<String>)> {
        let customer = Some(self.requester_id.as_ref()?.0.clone());
        let (channel, unknown) = self.via.as_ref().map(Via::channel).unwrap_or_default();
        let customer = Person { customer, ..Person::default() };
        Some((Conversation { id: self.id.0.clone(), customer, channel }, unknown))
    }

    pub(super) fn subject(&self) -> Option<String> {
        self.subject.limited(SUBJECT_LIMIT)
    }
}

/// The state of a status, in whichever case it is written: events have capitals, the API has small letters.
pub(super) fn state(status: &str) -> Option<ConversationState> {
    Some(match status.to_ascii_lowercase().as_str() {
        "new" | "open" => ConversationState::Open,
        "pending" | "hold" => ConversationState::Waiting,
        "solved" | "closed" | "deleted" | "archived" | "scrubbed" => ConversationState::Resolved,
        _ => return None,
    })
}

/// Reads how a ticket stands.
pub(super) fn read(envelope: &Envelope<'_>, topic: &str, asks: Asks) -> Result<Reading, Unreadable> {
    let ticket: Ticket<'_> = envelope.detail()?;
    let change: Option<Change<'_>> =
        if topic == "ticket.status_changed" { Some(envelope.event()?) } else { None };
    // The ticket may have gone on since; what happened is what `current` says.
    let current = change.as_ref().and_then(|change| change.current.as_ref()?.trimmed());
    let status = current.or_else(|| ticket.status.as_ref()?.trimmed());
    let status = status.ok_or_else(|| Unreadable::missing("detail.status"))?;
    let Some((conversation, unknown_channel)) = ticket.conversation() else {
        return Ok(Reading::no_interest(topic, "the ticket has no requester"));
    };
    let state = state(status);
    let changed =
        conversation.changed(envelope.time()?, state.unwrap_or(ConversationState::Unknown), ticket.subject());
    let reading = Reading::events(vec![changed])
        .and_unknown_if("via.channel", unknown_channel.as_deref())
        .and_unknown_if("status", Some(status).filter(|_| state.is_none()));
    let requester = ticket.requester_id.as_ref().filter(|_| asks == Asks::Requester);
    Ok(api::and_look_up_user(reading, requester))
}

/// Reads a comment. The first of a ticket is its description, and comes as a comment, too.
pub(super) fn read_comment(envelope: &Envelope<'_>, topic: &str) -> Result<Reading, Unreadable> {
    let ticket: Ticket<'_> = envelope.detail()?;
    let Commented { comment } = envelope.event()?;
    if !comment.is_public {
        return Ok(Reading::no_interest(topic, "a comment that only the staff can read"));
    }
    let Some((conversation, unknown_channel)) = ticket.conversation() else {
        return Ok(Reading::no_interest(topic, "the ticket has no requester"));
    };
    let speaker = comment.speaker(ticket.requester_id.as_ref());
    let text = comment.body.as_ref().and_then(|body| body.limited(TEXT_LIMIT));
    let message = conversation.message(envelope.time()?, &comment.id.0, speaker, text);
    let reading = Reading::events(vec![message]).and_unknown_if("via.channel", unknown_channel.as_deref());
    let requester = ticket.requester_id.as_ref().filter(|_| speaker == Speaker::Customer);
    Ok(api::and_look_up_user(reading, requester))
}

impl Comment<'_> {
    /// Somebody in copy who is not of the staff speaks for the customer.
    fn speaker(&self, requester: Option<&Id>) -> Speaker {
        let author = self.author.as_ref();
        let id = author.and_then(|author| author.id.as_ref());
        match author.and_then(|author| author.is_staff) {
            _ if id.is_some_and(|id| id.0 == SYSTEM) => Speaker::Program,
            Some(false) => Speaker::Customer,
            None if id == requester => Speaker::Customer,
            Some(true) | None => Speaker::Staff,
        }
    }
}
