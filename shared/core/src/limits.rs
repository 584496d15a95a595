//! What the shop allows itself: when and how often people are written to.

use jiff::civil::Time;
use serde::{Deserialize, Serialize};

use crate::instant::Wait;
use crate::rhythm::ShopRhythm;

/// The shop's limits: `infra/limits.yaml`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// The hours of the person's own day in which nothing is sent.
    pub quiet_hours: QuietHours,
    /// How long after a message (other than service) the next one may go out at the earliest.
    pub distance: Wait,
    /// Whether people are left in peace on their weekend and on public holidays, but for service.
    #[serde(default)]
    pub days_off: bool,
    /// How many messages (other than service) a person gets in seven days at the most.
    pub most_a_week: u32,
    /// How long after a question of a survey the next one may be asked.
    pub surveys_apart: Wait,
    /// How long an open conversation or an unhappy answer holds up everything but service, if nobody closes it.
    pub case_holds: Wait,
    /// How long is kept what is of no more use.
    #[serde(default)]
    pub keep: Keep,
    /// How often the shop's customers buy: `rihla forecast` tells.
    #[serde(default)]
    pub rhythm: ShopRhythm,
}

/// How long what passes is kept, since it was last touched. Orders, and what is known of a person, stay until somebody asks
/// for them to be forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keep {
    /// Carts, with what was decided and answered about them.
    pub carts: Wait,
    /// Conversations, with their messages, and what was decided and answered about them.
    pub conversations: Wait,
}

/// Hours of the day, such as from 21:00 to 08:00.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuietHours {
    /// The first minute of quiet.
    pub from: Time,
    /// The first minute after it.
    pub to: Time,
}

impl QuietHours {
    /// Whether a time of day is quiet.
    pub fn contain(&self, time: Time) -> bool {
        if self.from <= self.to {
            self.from <= time && time < self.to
        } else {
            self.from <= time || time < self.to
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        let quiet_hours = QuietHours { from: Time::constant(21, 0, 0, 0), to: Time::constant(8, 0, 0, 0) };
        Self {
            quiet_hours,
            distance: Wait::hours(16),
            days_off: false,
            most_a_week: 3,
            surveys_apart: Wait::days(7),
            case_holds: Wait::days(14),
            keep: Keep::default(),
            rhythm: ShopRhythm::default(),
        }
    }
}

impl Default for Keep {
    fn default() -> Self {
        Self { carts: Wait::days(180), conversations: Wait::days(730) }
    }
}
