//! Conversations by chat, text message, telephone and support desk, as sources tell of them.

use serde::{Deserialize, Serialize};

use super::Person;
use crate::source::Channel;

/// Who spoke.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Speaker {
    /// The customer.
    Customer,
    /// Somebody of the shop.
    Staff,
    /// A program of the shop: a bot, a template, a campaign.
    Program,
}

/// A message of a conversation, or a call: in either direction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MessagePassed {
    /// The conversation's id at the source; where a source knows no conversations, the customer's id there, which is
    /// one conversation for ever.
    pub conversation: String,
    /// The message's own id at the source: told twice, it is one message.
    pub message: String,
    /// The customer with whom it is, whoever spoke.
    pub customer: Person,
    /// Who spoke.
    pub speaker: Speaker,
    /// By which channel, where the source carries several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// Whether its time is that of its arrival, because its source tells none: told again at another time, it is the same
    /// message all the same. Nothing that is sent says this: an event of ours has its time.
    #[serde(skip)]
    pub dated_by_arrival: bool,
    /// What was said: at most 2,000 characters are kept. Absent for a picture, a call, a voice message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// How a conversation stands. Later in the list is further on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum ConversationState {
    /// A value that the provider did not have when this was written.
    Unknown,
    /// Somebody of the shop is to answer, or is at it.
    Open,
    /// The shop waits for the customer or a third party, or put it off.
    Waiting,
    /// It is solved or closed.
    Resolved,
}

/// A conversation is now in a state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConversationChanged {
    /// The conversation's id at the source.
    pub conversation: String,
    /// The customer with whom it is.
    pub customer: Person,
    /// How it stands.
    pub state: ConversationState,
    /// By which channel, where the source carries several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// What it is about, in its own words: at most 200 characters are kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
}
