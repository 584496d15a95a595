//! Answers as they lie in the table, beside the order that they are about.

use rihla_core::instant::Instant;
use serde::{Deserialize, Serialize};

/// A customer's answer to the question of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// From 1, the worst, to 5.
    pub score: u8,
    /// What the customer wrote, 2,000 characters at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// When it was given.
    pub answered_at: Instant,
}
