//! Journeys: rules, written as files, that say who gets which message and when.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::event::Purpose;
use crate::instant::{Instant, Wait};
use crate::order::Order;
use crate::source::Channel;

/// One journey, as a file of `infra/journeys` describes it. Its trigger is an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Journey {
    /// Its name: that of its file, so the file itself does not say it.
    #[serde(default)]
    pub name: String,
    /// The version of the file, kept with every decision made by it.
    pub version: u32,
    /// What the person is written to for: decides which consent is asked.
    pub purpose: Purpose,
    /// Which of two that are due at once goes first: the smaller.
    pub priority: u32,
    /// The channels whose orders start it; all where none is named.
    #[serde(default)]
    pub channels: Vec<Channel>,
    /// When it is due: the first of these rules whose milestones have all been reached.
    pub due: Vec<DueRule>,
    /// How long after it was due it may still be sent.
    pub expires: Wait,
    /// Whether a customer gets it once and never again, whatever comes.
    #[serde(default)]
    pub once: bool,
    /// The purpose that it asks consent for: it is not sent to who has given word on that before.
    #[serde(default)]
    pub invites_to: Option<Purpose>,
    /// The message: the name of files in `infra/messages`.
    pub message: String,
    /// What the message needs to have something to say.
    #[serde(default)]
    pub needs: Option<Content>,
}

/// Milestones with the time to wait after each; due is the latest of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DueRule(pub BTreeMap<Milestone, Wait>);

/// What an order reaches on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Milestone {
    /// It was placed.
    Placed,
    /// It was paid.
    Paid,
    /// Its first parcel was on its way; at a till, it was placed.
    Shipped,
    /// Its last parcel arrived; at a till, it was placed.
    Delivered,
}

/// What a message can need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Content {
    /// Products that go with those of the order.
    MatchingItems,
}

impl Journey {
    /// When it is due for an order of a source of that `channel`; `None` while its milestones have not been reached, and
    /// where all of them were reached in what is history.
    pub fn due_at(&self, order: &Order, channel: Channel) -> Option<Instant> {
        let starts = self.channels.is_empty() || self.channels.contains(&order.channel_or(channel));
        if !starts || order.is_test() {
            return None;
        }
        let reached = self.due.iter().find_map(|rule| rule.reached(order, channel))?;
        let is_news = reached.iter().any(|(at, _)| !order.is_history(*at));
        reached.into_iter().filter(|_| is_news).map(|(at, wait)| at.after(wait)).max()
    }

    /// Until when it may be sent, once due at `due_at`.
    pub fn expires_at(&self, due_at: Instant) -> Instant {
        due_at.after(self.expires)
    }
}

impl DueRule {
    /// When each of its milestones was reached, with the time to wait after it; `None` while one was not.
    fn reached(&self, order: &Order, channel: Channel) -> Option<Vec<(Instant, Wait)>> {
        self.0.iter().map(|(milestone, wait)| Some((milestone.reached_at(order, channel)?, *wait))).collect()
    }
}

impl Milestone {
    /// When an order of a source of that `channel` reached it.
    pub fn reached_at(self, order: &Order, channel: Channel) -> Option<Instant> {
        let placed_at = order.placed_at()?;
        let taken_along = order.is_taken_along(channel).then_some(placed_at);
        match self {
            Self::Placed => Some(placed_at),
            Self::Paid => order.paid.map(|at| at.0),
            Self::Shipped => taken_along.or_else(|| order.shipped_at()),
            Self::Delivered => taken_along.or_else(|| order.delivered_at()),
        }
    }
}
