//! Journeys: those of a shop, and any others.

use proptest::prelude::*;
use rihla_core::event::Purpose;
use rihla_core::instant::Wait;
use rihla_core::journey::{Conditions, DueRule, Journey, Milestone, STEP, Step};
use rihla_core::source::Channel;
use rihla_core::trigger::On;

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
    let channels = prop_oneof![3 => Just(Vec::new()), 1 => Just(vec![Channel::Web])];
    let invites_to = prop_oneof![3 => Just(None), 1 => Just(Some(Purpose::Newsletter))];
    let purpose = prop::sample::select(&PURPOSES[..]);
    let once = prop::bool::weighted(0.3);
    let again_after = prop::option::weighted(0.2, wait(1..=2_000));
    (purpose, channels, once, again_after, invites_to, steps()).prop_map(
        |(purpose, channels, once, again_after, invites_to, steps)| Journey {
            name: "journey".into(),
            version: 1,
            on: On::Order,
            purpose,
            season: None,
            priority: 1,
            channels,
            exits: Vec::new(),
            once,
            again_after,
            invites_to,
            holdout: Some(0),
            steps,
        },
    )
}

/// One step and, now and then, one that waits for it.
fn steps() -> impl Strategy<Value = Vec<Step>> {
    let first = prop::collection::vec(rule(), 1..3);
    let second = prop::option::weighted(0.3, (wait(0..=240), wait(13..=400)));
    (first, wait(13..=400), second).prop_map(|(due, expires, second)| {
        let second = second.map(|(wait, expires)| {
            let after_first = DueRule([(Milestone::Sent(STEP.to_owned()), wait)].into());
            step("2", vec![after_first], expires)
        });
        [step(STEP, due, expires)].into_iter().chain(second).collect()
    })
}

pub(crate) fn step(name: &str, due: Vec<DueRule>, expires: Wait) -> Step {
    Step {
        name: name.to_owned(),
        due,
        expires,
        only_if: Conditions::default(),
        at: None,
        message: "message".into(),
        variants: Vec::new(),
        needs: None,
    }
}

fn rule() -> impl Strategy<Value = DueRule> {
    let milestones = [Milestone::Placed, Milestone::Paid, Milestone::Shipped, Milestone::Delivered];
    let milestone = prop::sample::select(milestones.to_vec());
    prop::collection::btree_map(milestone, wait(0..=240), 1..3).prop_map(DueRule)
}

fn wait(hours: std::ops::RangeInclusive<i64>) -> impl Strategy<Value = Wait> {
    hours.prop_map(Wait::hours)
}
