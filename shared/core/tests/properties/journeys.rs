//! Journeys: those of a shop, and any others.

use proptest::prelude::*;
use rihla_core::event::Purpose;
use rihla_core::instant::Wait;
use rihla_core::journey::{DueRule, Journey, Milestone};
use rihla_core::source::Channel;

pub(crate) const PURPOSES: [Purpose; 4] =
    [Purpose::Service, Purpose::Survey, Purpose::Marketing, Purpose::Newsletter];

/// One to four journeys, each of its own name.
pub(crate) fn journeys() -> impl Strategy<Value = Vec<Journey>> {
    prop::collection::vec(journey(), 1..5).prop_map(|mut journeys| {
        for (number, journey) in journeys.iter_mut().enumerate() {
            journey.name = format!("journey-{number}");
        }
        journeys
    })
}

pub(crate) fn journey() -> impl Strategy<Value = Journey> {
    let rules = prop::collection::vec(rule(), 1..3);
    let channels = prop_oneof![3 => Just(Vec::new()), 1 => Just(vec![Channel::Web])];
    let invites_to = prop_oneof![3 => Just(None), 1 => Just(Some(Purpose::Newsletter))];
    let purpose = prop::sample::select(&PURPOSES[..]);
    (purpose, rules, channels, wait(13..=400), prop::bool::weighted(0.3), invites_to).prop_map(
        |(purpose, due, channels, expires, once, invites_to)| Journey {
            name: "journey".into(),
            version: 1,
            purpose,
            priority: 1,
            channels,
            due,
            expires,
            once,
            invites_to,
            message: "message".into(),
            needs: None,
        },
    )
}

fn rule() -> impl Strategy<Value = DueRule> {
    let milestones = [Milestone::Placed, Milestone::Paid, Milestone::Shipped, Milestone::Delivered];
    let milestone = prop::sample::select(milestones.to_vec());
    prop::collection::btree_map(milestone, wait(0..=240), 1..3).prop_map(DueRule)
}

fn wait(hours: std::ops::RangeInclusive<i64>) -> impl Strategy<Value = Wait> {
    hours.prop_map(Wait::hours)
}
