//! Answers as they lie in the table, beside the order that they are about.

use rihla_core::instant::Instant;
use serde::{Deserialize, Serialize};

/// A customer's answer to the question of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The score, where the question asks for one: the higher, the better.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<u8>,
    /// The highest score there was to give: 5 or 10.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub out_of: Option<u8>,
    /// The code of the answer, where the question offers several: `price`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choice: Option<String>,
    /// What the customer wrote, 2,000 characters at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// When it was given.
    pub answered_at: Instant,
}
