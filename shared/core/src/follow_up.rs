//! Follow-ups: which message, to whom, for which trigger.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A follow-up among those of one customer: `<journey>#<trigger>#<step>`.
/// The trigger is an order's key, or `once` for what a customer gets once and never again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FollowUpKey(String);

/// The trigger of what a customer gets once and never again.
pub const ONCE: &str = "once";

impl FollowUpKey {
    /// The key of one step of a journey for one trigger.
    pub fn new(journey: &str, trigger: &str, step: &str) -> Self {
        Self(format!("{journey}#{trigger}#{step}"))
    }

    /// From text that was a key before.
    pub fn from_text(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The journey's name.
    pub fn journey(&self) -> &str {
        self.0.split('#').next().unwrap_or_default()
    }
}

impl fmt::Display for FollowUpKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
