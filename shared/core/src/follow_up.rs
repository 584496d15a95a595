//! Follow-ups: which message, to whom, for which trigger.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::journey::STEP;

/// A follow-up among those of one customer: `<journey>#<trigger>#<step>`.
/// The trigger is that of an order, a cart or a conversation, or `once` for what a customer gets once and never again.
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

    /// The step's name.
    pub fn step(&self) -> &str {
        self.0.rsplit('#').next().unwrap_or_default()
    }

    /// The key of another step of the same run.
    #[must_use]
    pub fn of_step(&self, step: &str) -> Self {
        let run = self.0.rsplit_once('#').map_or("", |(run, _)| run);
        Self(format!("{run}#{step}"))
    }

    /// How people call it: the journey, and the step where it has a name.
    pub fn title(&self) -> String {
        match self.step() {
            STEP => self.journey().to_owned(),
            step => format!("{}: {step}", self.journey()),
        }
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
