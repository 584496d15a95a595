//! What a delivery tells of conversations.

use std::collections::BTreeMap;

use super::ToldPerson;
use crate::consent::Consents;
use crate::conversation::{Conversation, Message};
use crate::event::{ConsentState, ConversationChanged, MessagePassed};
use crate::instant::Instant;
use crate::lattice::Join;
use crate::matter::Matter;
use crate::source::{Channel, SourceId};
use crate::stop_words::asks_to_stop;

/// What is told of one conversation.
#[derive(Clone, Debug, Default)]
pub struct ToldConversation {
    /// How it stands.
    pub conversation: Conversation,
    /// The messages that passed, by their ids at the source.
    pub messages: BTreeMap<String, Message>,
    /// Whether any of them is dated by its arrival.
    pub is_dated_by_arrival: bool,
    /// The customer with whom it is.
    pub customer: ToldPerson,
}

impl Join for ToldConversation {
    fn join(&mut self, other: Self) {
        self.conversation.join(other.conversation);
        self.messages.extend(other.messages);
        self.is_dated_by_arrival |= other.is_dated_by_arrival;
        self.customer.join(other.customer);
    }
}

impl ToldConversation {
    /// The messages whose times are those of their arrival.
    pub fn undated(&self) -> impl Iterator<Item = &String> {
        self.messages.keys().filter(|_| self.is_dated_by_arrival)
    }

    /// A message that passed at `at`; `channel` is its source's own. One that asks to stop withdraws every consent on the
    /// channel that it came by.
    pub(super) fn by_message(
        source: &SourceId,
        channel: Channel,
        message: &MessagePassed,
        at: Instant,
    ) -> Self {
        let mut customer = ToldPerson::by_channel(source, channel, &message.customer, at);
        let channel = message.channel.unwrap_or(channel);
        if asks_to_stop(message, channel) {
            for purpose in Matter::PURPOSES {
                let about = &customer.identifiers;
                let word = Consents::of(Matter { purpose, channel }, ConsentState::Withdrawn, at, about);
                customer.profile.consents.join(word);
            }
        }
        let messages = [(message.message.clone(), Message::of(message, at))].into();
        Self {
            conversation: Conversation::of_message(message, at),
            messages,
            is_dated_by_arrival: message.dated_by_arrival,
            customer,
        }
    }

    /// A change at `at`.
    pub(super) fn by_change(
        source: &SourceId,
        channel: Channel,
        changed: &ConversationChanged,
        at: Instant,
    ) -> Self {
        Self {
            conversation: Conversation::of_change(changed, at),
            messages: BTreeMap::new(),
            is_dated_by_arrival: false,
            customer: ToldPerson::by_channel(source, channel, &changed.customer, at),
        }
    }
}
