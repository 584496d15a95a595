//! Answers to the questions of messages.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::follow_up::FollowUpKey;
use crate::instant::Instant;

/// A customer's answer to the question of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// How good it was: from 1, the worst, to 5, or from 0 to 10 where that was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<u8>,
    /// The highest score there was to give: 5 or 10.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub out_of: Option<u8>,
    /// Which of the answers to choose from, such as `price`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choice: Option<String>,
    /// What the customer wrote, 2,000 characters at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// When it was given.
    pub answered_at: Instant,
}

/// The answers to the follow-ups of one run.
pub type Answers = BTreeMap<FollowUpKey, Answer>;

impl Answer {
    /// Whether somebody should see to it: below the middle of five; of eleven, a "detractor" of the Net Promoter Score.
    pub fn is_unhappy(&self) -> bool {
        let unhappy_to = if self.out_of == Some(10) { 6 } else { 2 };
        self.score.is_some_and(|score| score <= unhappy_to)
    }
}
