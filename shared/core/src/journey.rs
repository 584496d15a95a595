//! Journeys: rules, written as files, that say who gets which messages and when.

mod condition;
mod milestone;
mod season;
mod step;
mod window;

use serde::{Deserialize, Serialize};

use crate::event::Purpose;
use crate::experiment::{Arm, Experiment};
use crate::identifier::CustomerId;
use crate::instant::Wait;
use crate::source::Channel;
use crate::trigger::On;

pub use condition::{Conditions, Expected};
pub use milestone::{Milestone, NotAMilestone};
pub use season::Season;
pub use step::{Content, DueRule, STEP, Step};
pub use window::{Day, Window};

/// One journey, as a file of `infra/journeys` describes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Journey {
    /// Its name: that of its file, so the file itself does not say it.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(skip))]
    pub name: String,
    /// The version of the file, kept with every decision made by it.
    pub version: u32,
    /// What it is about.
    #[serde(default)]
    pub on: On,
    /// What the person is written to for: decides which consent is asked.
    pub purpose: Purpose,
    /// Which of two that are due at once goes first: the smaller.
    pub priority: u32,
    /// The channels whose orders start it; all where none is named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<Channel>,
    /// From when until when it takes somebody up; always where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub season: Option<Season>,
    /// What ends it before its last step.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exits: Vec<Exit>,
    /// Whether a customer gets it once and never again, whatever comes.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub once: bool,
    /// How long after a customer got it they do not get it again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub again_after: Option<Wait>,
    /// The purpose that it asks consent for: it is not sent to who has given word on that before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invites_to: Option<Purpose>,
    /// Of a hundred people, how many are left out to see what it does. Marketing leaves five out where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holdout: Option<u8>,
    /// Its messages.
    pub steps: Vec<Step>,
}

/// Under what a decision of the ledger tells which of several messages was written.
pub const VARIANT: &str = "variant";

/// What ends a journey.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Exit {
    /// Something was bought since.
    BoughtAgain,
    /// Goods came back.
    Returned,
    /// A complaint is open, or an answer was unhappy.
    Complained,
    /// Marketing was withdrawn.
    Unsubscribed,
}

impl Journey {
    /// The step of that name.
    pub fn step(&self, name: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.name == name)
    }

    /// Whether it is about selling, and asks the consent for that.
    pub fn is_marketing(&self) -> bool {
        matches!(self.purpose, Purpose::Marketing | Purpose::Newsletter)
    }

    /// How its people are divided. A division holds for as long as the journey has its name: what a new version changes
    /// is not who gets it.
    pub fn experiment(&self) -> Experiment<'_> {
        let holdout_percent = self.held_out_percent();
        Experiment { journey: &self.name, salt: "", holdout_percent, variants: &[] }
    }

    /// Whether somebody is left out, to see what it does.
    pub fn holds_out(&self, customer: &CustomerId) -> bool {
        self.experiment().arm(customer) == Arm::HeldOut
    }

    /// The message of a step that somebody gets.
    pub fn message_for<'a>(&'a self, step: &'a Step, customer: &CustomerId) -> &'a str {
        let variants: Vec<&str> = step.messages().collect();
        let division = Experiment { variants: &variants, holdout_percent: 0, ..self.experiment() };
        let drawn = division.arm(customer);
        let is_drawn = |message: &&str| drawn == Arm::Variant(message);
        step.messages().find(is_drawn).unwrap_or(&step.message)
    }

    /// Of a hundred people, how many are left out.
    pub fn held_out_percent(&self) -> u8 {
        self.holdout.unwrap_or(if self.is_marketing() && self.invites_to.is_none() { 5 } else { 0 })
    }
}
