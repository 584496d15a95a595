//! What must be so at the moment of sending.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::event::LeftBecause;
use crate::stage::Stage;

/// Conditions of a step; all that are named must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Conditions {
    /// Earlier steps that were answered, each so.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub answered: BTreeMap<String, Expected>,
    /// Earlier steps that were not answered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unanswered: Vec<String>,
    /// Earlier steps of which no link was followed, as far as the mail provider tells; machines follow links, too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unclicked: Vec<String>,
    /// How many orders of the person stand, at the least.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub orders_at_least: Option<u32>,
    /// How many orders of the person stand, at the most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub orders_at_most: Option<u32>,
    /// The person is in one of these stages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stage: Vec<Stage>,
    /// The person, or the order, is in one of these countries (ISO 3166, `GB`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub country: Vec<String>,
    /// Whether the order goes to somebody else than its buyer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gift: Option<bool>,
    /// The cart was left for one of these reasons, as far as its source tells.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_because: Vec<LeftBecause>,
}

/// How an answer must be; all that is named must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Expected {
    /// The least score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<u8>,
    /// The highest score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<u8>,
    /// One of these was chosen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub chosen: Vec<String>,
}

impl Conditions {
    /// Whether there are none.
    pub fn are_none(&self) -> bool {
        *self == Self::default()
    }

    /// The earlier steps that they are about.
    pub fn steps(&self) -> impl Iterator<Item = &str> {
        self.answered.keys().chain(&self.unanswered).chain(&self.unclicked).map(String::as_str)
    }
}
