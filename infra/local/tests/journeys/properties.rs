//! Over any stream of events and any set of journeys: no cap is exceeded, nothing goes out in quiet hours, nothing is both
//! sent and refused, nothing is forgotten, and every follow-up that was planned ends in exactly one state.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use rihla_core::about::About;
use rihla_core::event::Purpose;
use rihla_core::follow_up::FollowUpKey;
use rihla_core::identifier::CustomerId;
use rihla_core::instant::{Instant, Wait};
use rihla_core::journey::Milestone;
use rihla_core::lattice::Join;
use rihla_core::ledger::State;
use rihla_core::order::{Order, OrderKey};
use rihla_core::shop::Shop;
use rihla_core::source::Channel;
use rihla_core::subject::Told as Subjects;
use rihla_local::journeys::outcome::{End, Outcome, follow_ups};
use rihla_local::journeys::past::Past;
use rihla_local::journeys::simulation::{Decided, Simulated, simulate};

use crate::random::{past, shop};

fn is_sent(decided: &Decided) -> bool {
    matches!(decided.state, State::Sent { .. })
}

/// When each person was sent anything but service, for one purpose or for all.
fn sent_times(simulated: &Simulated, purpose: Option<Purpose>) -> BTreeMap<&CustomerId, Vec<Instant>> {
    let mut times: BTreeMap<&CustomerId, Vec<Instant>> = BTreeMap::new();
    for decided in simulated.decided.iter().filter(|decided| is_sent(decided)) {
        let is_meant = match purpose {
            None => decided.planned.purpose != Purpose::Service,
            Some(purpose) => decided.planned.purpose == purpose,
        };
        if is_meant {
            times.entry(&decided.planned.person).or_default().push(decided.at);
        }
    }
    times
}

fn orders(past: &Past) -> BTreeMap<OrderKey, Order> {
    let mut orders: BTreeMap<OrderKey, Order> = BTreeMap::new();
    for told in &past.deliveries {
        for (key, told) in Subjects::by(&told.source, Channel::Web, &told.events).orders {
            orders.entry(key).or_default().join(told.order);
        }
    }
    orders
}

/// What is certain to be planned: the first steps of journeys about orders that wait for what no later fact takes back.
fn certain(past: &Past, shop: &Shop, until: Instant) -> Vec<FollowUpKey> {
    let lasting = [Milestone::Placed, Milestone::Paid, Milestone::Shipped];
    let journeys = shop.journeys.iter().filter(|journey| !journey.once);
    let mut keys = Vec::new();
    for journey in journeys {
        let step = &journey.steps[0];
        for (key, order) in orders(past) {
            let due_at = About::Order(&order, Channel::Web).due_at(journey, step);
            let lasts = lasting.iter().any(|milestone| step.waits_for(milestone));
            if lasts && due_at.is_some_and(|due_at| due_at <= until) {
                keys.push(FollowUpKey::new(&journey.name, &key.to_string(), &step.name));
            }
        }
    }
    keys
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_rule_is_broken_and_nothing_is_forgotten(past in past(), shop in shop()) {
        let simulated = simulate(&past, &shop).unwrap();
        let mut ended: BTreeSet<(&CustomerId, &FollowUpKey)> = BTreeSet::new();
        for decided in &simulated.decided {
            let key = &decided.planned.key;
            let place = (&decided.planned.customer, key);
            prop_assert!(!ended.contains(&place), "{key} was decided for good, and then again");
            prop_assert!(decided.state != State::InDoubt, "{key}");
            if !matches!(decided.state, State::Deferred { .. }) {
                ended.insert(place);
            }
        }
        for sent in simulated.decided.iter().filter(|decided| is_sent(decided)) {
            let local = sent.local_time();
            let key = &sent.planned.key;
            prop_assert!(!shop.limits.quiet_hours.contain(local.time()), "{key} {local}");
            let journey = shop.journeys.iter().find(|journey| journey.name == key.journey()).unwrap();
            let window = &journey.step(key.step()).unwrap().at;
            let in_window = window.as_ref().is_none_or(|window| window.contains(local.weekday(), local.time()));
            prop_assert!(in_window, "{key} {local}");
        }
        for (person, times) in sent_times(&simulated, None) {
            for pair in times.windows(2) {
                prop_assert!(pair[0].after(shop.limits.distance) <= pair[1], "{person} {pair:?}");
            }
            let most = usize::try_from(shop.limits.most_a_week).unwrap();
            for first in &times {
                let within = |at: &&Instant| *first <= **at && **at < first.after(Wait::days(7));
                prop_assert!(times.iter().filter(within).count() <= most, "{person} {times:?}");
            }
        }
        for (person, times) in sent_times(&simulated, Some(Purpose::Survey)) {
            for pair in times.windows(2) {
                prop_assert!(pair[0].after(shop.limits.surveys_apart) <= pair[1], "{person} {pair:?}");
            }
        }
        let ends = follow_ups(&simulated);
        for key in certain(&past, &shop, simulated.span.1) {
            let mut same = ends.iter().filter(|((_, one), _)| *one == key);
            let is_there = same.any(|(_, follow_up)| follow_up.end != End::LetGo);
            prop_assert!(is_there, "{key} is due and was forgotten");
        }
        let counted: usize = Outcome::of(&simulated).journeys.iter().map(|counts| {
            assert_eq!(counts.planned, counts.sent + counts.refused + counts.expired + counts.let_go + counts.open);
            counts.planned
        }).sum();
        prop_assert_eq!(counted, ends.len());
    }
}

/// What the random shops do, or the test above would say nothing.
#[test]
fn random_shops_send_put_off_refuse_and_wait() {
    let mut runner = TestRunner::deterministic();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for _ in 0..60 {
        let (past, shop) = (past(), shop()).new_tree(&mut runner).unwrap().current();
        for follow_up in follow_ups(&simulate(&past, &shop).unwrap()).values() {
            *counts.entry("deferred").or_default() += follow_up.deferrals.len();
            let end = match &follow_up.end {
                End::Sent { .. } => "sent",
                End::Refused { .. } => "refused",
                End::Expired { .. } => "expired",
                End::LetGo => "let go",
                End::Open => "open",
            };
            *counts.entry(end).or_default() += 1;
        }
    }
    for (end, least) in [("sent", 100), ("deferred", 30), ("refused", 30), ("expired", 5)] {
        assert!(counts.get(end).is_some_and(|count| *count >= least), "{counts:?}");
    }
}
