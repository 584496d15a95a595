//! When follow-ups are due: from the order alone, and never before what they wait for.

use proptest::prelude::*;
use rihla_core::about::About;
use rihla_core::event::{Event, Fact, OrderDetails, ParcelMoved};
use rihla_core::instant::{Instant, Wait};
use rihla_core::journey::{DueRule, Journey, Milestone, Season};
use rihla_core::order::Order;
use rihla_core::parcel::ParcelState;
use rihla_core::source::Channel;

use crate::events::{ORDER, events, joined};
use crate::journeys::journey;
use crate::moments::moment;

/// When the first step is due, by the order alone.
fn due_at(journey: &Journey, order: &Order) -> Option<Instant> {
    About::Order(order, Channel::Web).due_at(journey, &journey.steps[0])
}

fn reached_at(milestone: &Milestone, order: &Order) -> Option<Instant> {
    About::Order(order, Channel::Web).reached_at(milestone)
}

fn later(event: &Event, wait: Wait) -> Event {
    let mut event = Event { at: event.at.after(wait), ..event.clone() };
    if let Fact::OrderPlaced(details) | Fact::OrderChanged(details) = &mut event.fact {
        details.placed_at = details.placed_at.map(|at| at.after(wait));
        details.promised_at = details.promised_at.map(|at| at.after(wait));
        details.history_until = details.history_until.map(|at| at.after(wait));
    }
    event
}

proptest! {
    #[test]
    fn what_happens_later_by_a_time_is_due_later_by_that_time(
        told in events(),
        journey in journey(),
        hours in 0..1_000_i64,
    ) {
        let wait = Wait::hours(hours);
        let moved: Vec<Event> = told.iter().map(|event| later(event, wait)).collect();
        let before = due_at(&journey, &joined(&told));
        prop_assert_eq!(due_at(&journey, &joined(&moved)), before.map(|at| at.after(wait)));
    }

    #[test]
    fn outside_of_its_season_nothing_is_due_and_in_it_what_would_be_without(
        told in events(),
        journey in journey(),
        from in prop::option::of(moment()),
        until in prop::option::of(moment()),
    ) {
        let order = joined(&told);
        let seasonal = Journey { season: Some(Season { from, until }), ..journey.clone() };
        let is_in = order.placed_at().is_some_and(|at| {
            from.is_none_or(|from| from <= at) && until.is_none_or(|until| at < until)
        });
        let expected = if is_in { due_at(&journey, &order) } else { None };
        prop_assert_eq!(due_at(&seasonal, &order), expected);
    }

    #[test]
    fn a_longer_wait_or_expiry_is_never_due_or_over_sooner(
        told in events(),
        journey in journey(),
        hours in 0..500_i64,
    ) {
        let more = |wait: Wait| Wait::milliseconds_of(wait.milliseconds() + Wait::hours(hours).milliseconds());
        let rule = |rule: &DueRule| DueRule(rule.0.iter().map(|(milestone, wait)| (milestone.clone(), more(*wait))).collect());
        let mut patient = journey.clone();
        patient.steps[0].due = journey.steps[0].due.iter().map(rule).collect();
        patient.steps[0].expires = more(journey.steps[0].expires);
        let order = joined(&told);
        let (due_at, later_at) = (due_at(&journey, &order), due_at(&patient, &order));
        prop_assert_eq!(later_at, due_at.map(|at| at.after(Wait::hours(hours))));
        prop_assert!(due_at.is_none_or(|at| journey.steps[0].expires_at(at) <= patient.steps[0].expires_at(at)));
    }

    #[test]
    fn nothing_is_due_before_what_it_waits_for(told in events(), journey in journey()) {
        let order = joined(&told);
        let Some(due_at) = due_at(&journey, &order) else { return Ok(()) };
        prop_assert!(!order.is_test());
        let reached = |(milestone, wait): (&Milestone, &Wait)| {
            reached_at(milestone, &order).map(|at| at.after(*wait))
        };
        let is_met = |rule: &&DueRule| rule.0.iter().all(|one| reached(one).is_some());
        let first_met = journey.steps[0].due.iter().find(is_met).unwrap();
        prop_assert!(first_met.0.iter().all(|one| reached(one).unwrap() <= due_at));
        prop_assert!(first_met.0.iter().any(|one| reached(one).unwrap() == due_at));
    }

    /// Each state of a parcel keeps its first time, so a scan that comes later in a parcel's life moves nothing.
    #[test]
    fn a_second_arrival_of_a_parcel_moves_nothing(told in events(), journey in journey(), hours in 0..500_i64) {
        let again = told.iter().filter(|event| matches!(event.fact, Fact::ParcelMoved(_)));
        let again: Vec<Event> = again
            .map(|event| Event { at: event.at.after(Wait::hours(hours)), ..event.clone() })
            .collect();
        let milestones = [Milestone::Shipped, Milestone::Delivered];
        let reached = |events: &[Event]| {
            let order = joined(events);
            let due_at = due_at(&journey, &order);
            (milestones.each_ref().map(|milestone| reached_at(milestone, &order)), due_at)
        };
        prop_assert_eq!(reached(&told), reached(&[told.clone(), again].concat()));
    }

    /// Whatever a former system's export tells, nothing follows from it; what happens afterwards counts as always.
    #[test]
    fn history_is_due_nothing_and_what_comes_after_it_is(
        told in events(),
        journey in journey(),
        hours in 1..500_i64,
    ) {
        let end = told.iter().flat_map(moments_of).max().unwrap_or(Instant::from_seconds(0));
        let import = placed_until(Instant::from_seconds(0), end);
        let imported = [told.clone(), vec![import]].concat();
        prop_assert_eq!(due_at(&journey, &joined(&imported)), None);
        let arrival = Event { at: end.after(Wait::hours(hours)), ..scan(7, ParcelState::Delivered, end) };
        let live = joined(&[imported, vec![arrival.clone()]].concat());
        let is_awaited = journey.steps[0].due.iter().find(|rule| {
            rule.0.keys().all(|milestone| reached_at(milestone, &live).is_some())
        });
        let reached_now = |rule: &DueRule| rule.0.keys().any(|milestone| {
            reached_at(milestone, &live).is_some_and(|at| at > end)
        });
        let plans = !live.is_test() && is_awaited.is_some_and(reached_now) && starts(&journey, &live);
        prop_assert_eq!(due_at(&journey, &live).is_some(), plans);
    }

    #[test]
    fn an_order_is_delivered_with_its_last_parcel(
        arrivals in prop::collection::vec(prop::option::of(moment()), 1..5),
    ) {
        let mut told = vec![Event { at: Instant::from_seconds(0), fact: Fact::OrderPlaced(placed()) }];
        for (number, arrived_at) in arrivals.iter().enumerate() {
            told.push(scan(number, ParcelState::HandedOver, Instant::from_seconds(1)));
            told.extend(arrived_at.map(|at| scan(number, ParcelState::Delivered, at)));
        }
        let all: Option<Vec<Instant>> = arrivals.into_iter().collect();
        prop_assert_eq!(joined(&told).delivered_at(), all.and_then(|all| all.into_iter().max()));
    }
}

/// Every moment that an event tells of.
fn moments_of(event: &Event) -> impl Iterator<Item = Instant> {
    let placed_at = match &event.fact {
        Fact::OrderPlaced(details) | Fact::OrderChanged(details) => details.placed_at,
        _ => None,
    };
    let history = Order::told_by(event).history.map(|history| history.at);
    [Some(event.at), placed_at, history].into_iter().flatten()
}

fn placed_until(at: Instant, history_until: Instant) -> Event {
    let details = OrderDetails { history_until: Some(history_until), ..placed() };
    Event { at, fact: Fact::OrderPlaced(details) }
}

fn starts(journey: &Journey, order: &Order) -> bool {
    journey.channels.is_empty() || journey.channels.contains(&order.channel_or(Channel::Web))
}

fn placed() -> OrderDetails {
    OrderDetails { order: ORDER.into(), ..OrderDetails::default() }
}

fn scan(parcel: usize, state: ParcelState, at: Instant) -> Event {
    let (order, parcel) = (Some(ORDER.to_owned()), Some(parcel.to_string()));
    Event { at, fact: Fact::ParcelMoved(ParcelMoved { order, parcel, tracking: None, carrier: None, state }) }
}
