//! A conversation as a lattice: how it stands and who spoke last, whatever was heard first.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::event::{ConversationChanged, ConversationState, MessagePassed, Speaker};
use crate::instant::Instant;
use crate::lattice::{Earliest, Join, Latest};
use crate::source::{Channel, SourceId};

/// Which conversation: the source and the conversation's id there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ConversationKey {
    /// The source.
    pub source: SourceId,
    /// The conversation's id at the source. It may be a phone number: keys hold its hash.
    pub conversation: String,
}

/// What is known of one conversation, its messages apart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversation {
    /// By which channel it is held, where its source carries several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Latest<Channel>>,
    /// How it stands, by its source's word; absent where the source knows only messages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<Latest<ConversationState>>,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Latest<String>>,
    /// The customer's language and region (BCP 47), as the source tells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Latest<String>>,
    /// When it began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Earliest>,
    /// Who spoke last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_word: Option<Latest<Speaker>>,
    /// When the customer spoke last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heard: Option<Latest<()>>,
    /// When it is to be looked at for follow-ups: the looks that are already on the calendar.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub looks: BTreeSet<Earliest>,
}

/// One message, or a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// When it passed, by its source.
    pub at: Instant,
    /// Who spoke.
    pub speaker: Speaker,
    /// What was said; absent for a picture, a call, a voice message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// How much of a message is kept, in characters.
const TEXT_CHARACTERS: usize = 2_000;

/// How much of a subject is kept, in characters.
const SUBJECT_CHARACTERS: usize = 200;

impl Join for Conversation {
    fn join(&mut self, other: Self) {
        self.channel.join(other.channel);
        self.state.join(other.state);
        self.subject.join(other.subject);
        self.language.join(other.language);
        self.since.join(other.since);
        self.last_word.join(other.last_word);
        self.heard.join(other.heard);
        self.looks.extend(other.looks);
    }
}

impl Conversation {
    /// What a message tells of its conversation.
    pub fn of_message(message: &MessagePassed, at: Instant) -> Self {
        let is_heard = message.speaker == Speaker::Customer;
        Self {
            channel: message.channel.map(|channel| Latest::new(channel, at)),
            language: message.customer.locale.clone().map(|locale| Latest::new(locale, at)),
            since: Some(Earliest(at)),
            last_word: Some(Latest::new(message.speaker, at)),
            heard: is_heard.then_some(Latest::new((), at)),
            ..Self::default()
        }
    }

    /// What a change tells.
    pub fn of_change(changed: &ConversationChanged, at: Instant) -> Self {
        Self {
            channel: changed.channel.map(|channel| Latest::new(channel, at)),
            state: Some(Latest::new(changed.state, at)),
            subject: changed.subject.as_deref().map(|text| Latest::new(cut(text, SUBJECT_CHARACTERS), at)),
            language: changed.customer.locale.clone().map(|locale| Latest::new(locale, at)),
            since: Some(Earliest(at)),
            ..Self::default()
        }
    }

    /// When the customer spoke last, or it was opened, where it is open.
    pub fn open_since(&self) -> Option<Latest<()>> {
        let opened = self.state.as_ref().map(|state| Latest::new((), state.at));
        self.heard.clone().or(opened).filter(|_| self.is_open())
    }

    /// Whether somebody of the shop is to answer, or is at it. Where the source tells no states it is open while the
    /// customer had the last word; a customer who writes after it was solved opens it again.
    pub fn is_open(&self) -> bool {
        let customer_spoke = self.last_word.as_ref().is_some_and(|last| last.value == Speaker::Customer);
        match &self.state {
            None => customer_spoke,
            Some(state) if state.value == ConversationState::Resolved => {
                self.heard.as_ref().is_some_and(|heard| heard.at > state.at)
            }
            Some(_) => true,
        }
    }
}

impl Message {
    /// The message that passed at `at`.
    pub fn of(message: &MessagePassed, at: Instant) -> Self {
        let text = message.text.as_deref().map(|text| cut(text, TEXT_CHARACTERS));
        Self { at, speaker: message.speaker, text: text.filter(|text| !text.is_empty()) }
    }
}

fn cut(text: &str, characters: usize) -> String {
    text.trim().chars().take(characters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Person;

    fn said(speaker: Speaker, second: i64) -> Conversation {
        let message = MessagePassed {
            conversation: "c".to_owned(),
            message: second.to_string(),
            customer: Person::default(),
            dated_by_arrival: false,
            speaker,
            channel: None,
            text: None,
        };
        Conversation::of_message(&message, Instant::from_seconds(second))
    }

    fn now(state: ConversationState, second: i64) -> Conversation {
        let state = Some(Latest::new(state, Instant::from_seconds(second)));
        Conversation { state, ..Conversation::default() }
    }

    #[test]
    fn it_is_open_while_the_shop_is_to_answer() {
        use ConversationState::{Open, Resolved, Unknown, Waiting};
        use Speaker::{Customer, Program, Staff};
        let table = [
            (vec![said(Customer, 1)], true),
            (vec![said(Customer, 1), said(Staff, 2)], false),
            (vec![said(Customer, 1), said(Program, 2), said(Customer, 3)], true),
            (vec![said(Customer, 1), now(Open, 1), said(Staff, 2)], true),
            (vec![said(Customer, 1), now(Waiting, 2)], true),
            (vec![said(Customer, 1), now(Unknown, 2)], true),
            (vec![said(Customer, 1), now(Open, 1), now(Resolved, 2)], false),
            (vec![said(Customer, 1), now(Resolved, 2), said(Staff, 3)], false),
            (vec![said(Customer, 1), now(Resolved, 2), said(Customer, 3)], true),
        ];
        for (told, open) in table {
            for told in [told.clone(), told.into_iter().rev().collect()] {
                let mut all = Conversation::default();
                for one in told {
                    all.join(one);
                }
                assert_eq!(all.is_open(), open, "{all:?}");
            }
        }
    }

    #[test]
    fn a_change_tells_the_language_of_who_wrote() {
        let customer = Person { locale: Some("ar".to_owned()), ..Person::default() };
        let changed = ConversationChanged {
            conversation: "9".to_owned(),
            customer,
            state: ConversationState::Open,
            channel: None,
            subject: None,
        };
        let told = Conversation::of_change(&changed, Instant::from_seconds(5));
        assert_eq!(told.language.map(|language| language.value), Some("ar".to_owned()));
    }
}
