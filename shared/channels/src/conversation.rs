//! What desks and chats have in common: a conversation with a customer, and the two events of one.

use rihla_core::event::{
    ConversationChanged, ConversationState, Event, Fact, MessagePassed, Person, Speaker,
};
use rihla_core::instant::Instant;
use rihla_core::source::Channel;

/// How much of a message is kept, in characters.
pub(crate) const TEXT_LIMIT: usize = 2_000;

/// How much of a subject is kept, in characters.
pub(crate) const SUBJECT_LIMIT: usize = 200;

/// A conversation with a customer.
#[derive(Clone, Debug)]
pub(crate) struct Conversation {
    /// Its id at the source.
    pub(crate) id: String,
    /// With whom it is.
    pub(crate) customer: Person,
    /// By which channel, where that is told.
    pub(crate) channel: Option<Channel>,
}

impl Conversation {
    /// A message that passed in it.
    pub(crate) fn message(&self, at: Instant, id: &str, speaker: Speaker, text: Option<String>) -> Event {
        let fact = Fact::MessagePassed(MessagePassed {
            conversation: self.id.clone(),
            message: id.to_owned(),
            customer: self.customer.clone(),
            dated_by_arrival: false,
            speaker,
            channel: self.channel,
            text,
        });
        Event { at, fact }
    }

    /// How it stands.
    pub(crate) fn changed(&self, at: Instant, state: ConversationState, subject: Option<String>) -> Event {
        let fact = Fact::ConversationChanged(ConversationChanged {
            conversation: self.id.clone(),
            customer: self.customer.clone(),
            state,
            channel: self.channel,
            subject,
        });
        Event { at, fact }
    }
}
