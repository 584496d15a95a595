//! What came of a simulation, to be printed and compared.

mod counts;
mod difference;
mod follow_up;
mod print;
mod week;

use std::collections::BTreeMap;

use rihla_core::instant::Instant;
use serde::Serialize;

use super::simulation::Simulated;

pub use counts::{GuardCounts, JourneyCounts};
pub use difference::{Difference, Moved, PersonDifference};
pub use follow_up::{Deferral, End, FollowUp, FollowUps, follow_ups};
pub use print::{difference_in_words, outcome_in_words, person_in_words};
pub use week::{Cap, Message, Week};

/// What came of it. Of the same input always the same, in the same order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// From when on.
    pub from: Instant,
    /// Until when.
    pub until: Instant,
    /// How many orders there are.
    pub orders: usize,
    /// How many people.
    pub customers: usize,
    /// How many answers were given to what was asked.
    pub answers: usize,
    /// How many follow-ups were sent.
    pub sent: usize,
    /// What became of the follow-ups of each journey and step, by name.
    pub journeys: Vec<JourneyCounts>,
    /// How often each guard stood in the way.
    pub guards: BTreeMap<String, GuardCounts>,
    /// How many were sent in each hour of the recipients' own days, from midnight on.
    pub sent_by_hour: [usize; 24],
    /// How many were sent on each day of the week, from Monday on, by the recipients' own clocks.
    pub sent_by_weekday: [usize; 7],
    /// The most messages that anybody got in any 7 days.
    pub busiest_week: Option<Week>,
    /// The most messages other than service that anybody got in any 7 days, and how many the shop allows itself.
    pub most_a_week: Cap,
    /// The most messages that anybody got in any 24 hours.
    pub most_in_24_hours: usize,
}

impl Outcome {
    /// Of a simulation.
    pub fn of(simulated: &Simulated) -> Self {
        let follow_ups = follow_ups(simulated);
        let mut outcome = Self {
            from: simulated.span.0,
            until: simulated.span.1,
            orders: simulated.orders,
            customers: simulated.customers,
            answers: simulated.answers,
            sent: 0,
            journeys: JourneyCounts::of(&follow_ups),
            guards: GuardCounts::of(&follow_ups),
            sent_by_hour: [0; 24],
            sent_by_weekday: [0; 7],
            busiest_week: week::busiest(&follow_ups),
            most_a_week: Cap { reached: week::most_a_week(&follow_ups), allowed: simulated.most_a_week },
            most_in_24_hours: week::most_in_24_hours(&follow_ups),
        };
        outcome.count_sent(&follow_ups);
        outcome
    }

    fn count_sent(&mut self, follow_ups: &FollowUps) {
        for sent_at in follow_ups.values().filter_map(FollowUp::sent_at_local) {
            self.sent += 1;
            self.sent_by_hour[usize::from(sent_at.hour().unsigned_abs())] += 1;
            self.sent_by_weekday[usize::from(sent_at.weekday().to_monday_zero_offset().unsigned_abs())] += 1;
        }
    }
}
