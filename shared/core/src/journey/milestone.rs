//! What a run of a journey can wait for.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::trigger::On;

/// Something that is reached at a moment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Milestone {
    /// The order was placed.
    Placed,
    /// It was paid.
    Paid,
    /// Its first parcel was on its way; at a till, it was placed.
    Shipped,
    /// Its last parcel arrived; at a till, it was placed.
    Delivered,
    /// The day that the buyer was promised passed, and it has not arrived.
    Promised,
    /// A carrier found nobody, and has not come again.
    Attempted,
    /// A parcel waits at a shop or locker.
    ReadyForPickup,
    /// Nothing was bought since, for so long that the buyer buys less often than was usual for them.
    Retention,
    /// Nothing was bought since, for so long that the buyer is thought lost.
    Recovery,
    /// A product of it is used up: the median of the time in which others bought it again has passed, and the buyer has not.
    Replenish,
    /// The cart was left.
    Left,
    /// The conversation was closed as solved.
    Resolved,
    /// An earlier step of this name was sent.
    Sent(String),
    /// An earlier step of this name was answered.
    Answered(String),
}

/// Text that names nothing to wait for.
#[derive(Debug, thiserror::Error)]
#[error("unknown milestone `{given}`, expected one of {}, or `sent` or `answered` of an earlier step, such as `ask.sent`",
    NAMES.map(|(_, name)| format!("`{name}`")).join(", "))]
pub struct NotAMilestone {
    given: String,
}

/// The milestones that need no step, as they are written.
const NAMES: [(Milestone, &str); 12] = [
    (Milestone::Placed, "placed"),
    (Milestone::Paid, "paid"),
    (Milestone::Shipped, "shipped"),
    (Milestone::Delivered, "delivered"),
    (Milestone::Promised, "promised"),
    (Milestone::Attempted, "attempted"),
    (Milestone::ReadyForPickup, "ready-for-pickup"),
    (Milestone::Retention, "retention"),
    (Milestone::Recovery, "recovery"),
    (Milestone::Replenish, "replenish"),
    (Milestone::Left, "left"),
    (Milestone::Resolved, "resolved"),
];

impl Milestone {
    /// What reaches it; nothing but an earlier step where it is about one.
    pub fn of(&self) -> Option<On> {
        match self {
            Self::Left => Some(On::Cart),
            Self::Resolved => Some(On::Conversation),
            Self::Sent(_) | Self::Answered(_) => None,
            _ => Some(On::Order),
        }
    }

    /// The earlier step that it is about.
    pub fn step(&self) -> Option<&str> {
        match self {
            Self::Sent(step) | Self::Answered(step) => Some(step),
            _ => None,
        }
    }

    /// The names of all that need no step.
    pub fn names() -> impl Iterator<Item = &'static str> {
        NAMES.iter().map(|(_, name)| *name)
    }
}

impl fmt::Display for Milestone {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sent(step) => write!(formatter, "{step}.sent"),
            Self::Answered(step) => write!(formatter, "{step}.answered"),
            _ => {
                let name = NAMES.iter().find(|(milestone, _)| milestone == self).map(|(_, name)| *name);
                formatter.write_str(name.unwrap_or_default())
            }
        }
    }
}

impl FromStr for Milestone {
    type Err = NotAMilestone;

    fn from_str(text: &str) -> Result<Self, NotAMilestone> {
        if let Some((milestone, _)) = NAMES.iter().find(|(_, name)| *name == text) {
            return Ok(milestone.clone());
        }
        match text.rsplit_once('.') {
            Some((step, "sent")) if !step.is_empty() => Ok(Self::Sent(step.to_owned())),
            Some((step, "answered")) if !step.is_empty() => Ok(Self::Answered(step.to_owned())),
            _ => Err(NotAMilestone { given: text.to_owned() }),
        }
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Milestone {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Milestone".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let names: Vec<&str> = Self::names().collect();
        schemars::json_schema!({
            "description": "What is waited for; `sent` or `answered` of an earlier step is written `ask.sent`.",
            "type": "string",
            "pattern": format!("^({}|[a-z0-9-]+\\.(sent|answered))$", names.join("|"))
        })
    }
}

impl TryFrom<String> for Milestone {
    type Error = NotAMilestone;

    fn try_from(text: String) -> Result<Self, NotAMilestone> {
        text.parse()
    }
}

impl From<Milestone> for String {
    fn from(milestone: Milestone) -> Self {
        milestone.to_string()
    }
}
