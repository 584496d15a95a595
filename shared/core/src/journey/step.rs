//! One message of a journey.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Conditions, Milestone, Window};
use crate::instant::{Instant, Wait};

/// The name of a step that has none.
pub const STEP: &str = "1";

/// One message of a journey, and when it is due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Step {
    /// Its name, by which later steps wait for it and the ledger knows it. The only step needs none.
    #[serde(default = "only_step", skip_serializing_if = "is_only_step")]
    pub name: String,
    /// When it is due: the first of these rules whose milestones have all been reached.
    pub due: Vec<DueRule>,
    /// How long after it was due it may still be sent.
    pub expires: Wait,
    /// What must be so at the moment of sending.
    #[serde(default, rename = "if", skip_serializing_if = "Conditions::are_none")]
    pub only_if: Conditions,
    /// The hours and days at which it is sent, by the person's own clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Window>,
    /// The message: the name of files in `infra/messages`.
    pub message: String,
    /// Other messages of which as many people get each, to find out which does better.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub variants: Vec<String>,
    /// What the message needs to have something to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needs: Option<Content>,
}

/// Milestones with the time to wait after each; due is the latest of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DueRule(pub BTreeMap<Milestone, Wait>);

/// What a message can need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Content {
    /// Products that go with those of the order.
    MatchingItems,
    /// A page on which the products of the order are reviewed.
    ReviewPages,
}

impl Step {
    /// When it is due, where `reached` tells when each milestone was reached; `None` while its milestones have not been,
    /// and where all of them were reached in what is history.
    pub fn due_at(
        &self,
        reached: impl Fn(&Milestone) -> Option<Instant>,
        is_history: impl Fn(Instant) -> bool,
    ) -> Option<Instant> {
        let met = self.due.iter().find_map(|rule| rule.reached(&reached))?;
        let is_news = met.iter().any(|(at, _)| !is_history(*at));
        met.into_iter().filter(|_| is_news).map(|(at, wait)| at.after(wait)).max()
    }

    /// Until when it may be sent, once due at `due_at`.
    pub fn expires_at(&self, due_at: Instant) -> Instant {
        due_at.after(self.expires)
    }

    /// All messages that it may send.
    pub fn messages(&self) -> impl Iterator<Item = &str> {
        [self.message.as_str()].into_iter().chain(self.variants.iter().map(String::as_str))
    }

    /// Whether a rule of it waits for this.
    pub fn waits_for(&self, milestone: &Milestone) -> bool {
        self.due.iter().any(|rule| rule.0.contains_key(milestone))
    }
}

impl DueRule {
    /// When each of its milestones was reached, with the time to wait after it; `None` while one was not.
    fn reached(&self, reached: impl Fn(&Milestone) -> Option<Instant>) -> Option<Vec<(Instant, Wait)>> {
        self.0.iter().map(|(milestone, wait)| Some((reached(milestone)?, *wait))).collect()
    }
}

fn only_step() -> String {
    STEP.to_owned()
}

fn is_only_step(name: &str) -> bool {
    name == STEP
}
