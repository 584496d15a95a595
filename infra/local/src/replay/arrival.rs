//! In which order, when and how often deliveries arrive.
//!
//! The promise is: the same deliveries in any order, any number of times, give the same customers, orders and messages.
//! That can only hold for facts that arrive before something is decided on them: a cancellation that comes after the
//! mail cannot call the mail back. So a shuffled replay holds each delivery back for a random time, three days at most,
//! but never into a span in which a follow-up to that person can be due and undecided, whichever of the person's orders
//! it is about; what happens inside such a span arrives on time. So does an order of several products, because it
//! teaches the shop what goes together and touches messages to other people. Repeats are held back freely: a fact that
//! is known already must change nothing, whenever it comes, even when the mails have been sent.

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use fastrand::Rng;
use rihla_core::about::About;
use rihla_core::event::Fact;
use rihla_core::instant::{Instant, Wait};
use rihla_core::journey::{DueRule, Journey, Step};
use rihla_core::lattice::Join;
use rihla_core::order::Order;
use rihla_core::source::Channel;

use super::{Delivery, Replay};

/// How long the most patient senders repeat a delivery.
const LONGEST_HOLD: Wait = Wait::days(3);

/// Dispatch reads a minute ahead; with this much room a delivery is recorded before the look that needs it.
const ROOM: Wait = Wait::seconds(300);

/// One arrival of one delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Arrival {
    /// When it arrives.
    pub at: Instant,
    /// Which of the replay's deliveries it is.
    pub delivery: usize,
    /// Whether it arrived before.
    pub is_repeat: bool,
}

/// Every delivery at the moment of which it tells; with `twice`, each is sent again at once.
pub fn in_order(replay: &Replay, twice: bool) -> Vec<Arrival> {
    let times: &[bool] = if twice { &[false, true] } else { &[false] };
    let each = replay.deliveries.iter().enumerate();
    let arrivals = each.flat_map(|(delivery, told)| {
        let at = told.happened_at();
        times.iter().map(move |&is_repeat| Arrival { at, delivery, is_repeat })
    });
    arrivals.collect()
}

/// Every delivery late by chance, but before anything is decided that it could change; `journeys` tell when that is.
pub fn shuffled(replay: &Replay, seed: u64, twice: bool, journeys: &[Journey]) -> Vec<Arrival> {
    let mut random = Rng::with_seed(seed);
    let spans = spans_by_person(replay, journeys);
    let mut arrivals = Vec::with_capacity(replay.deliveries.len() * (1 + usize::from(twice)));
    for (delivery, told) in replay.deliveries.iter().enumerate() {
        let happened_at = told.happened_at();
        let spans = spans.get(told.person.as_str()).map_or(&[][..], Vec::as_slice);
        let latest = latest_arrival(told, spans);
        let at = between(&mut random, happened_at, latest);
        arrivals.push(Arrival { at, delivery, is_repeat: false });
        if twice {
            let at = between(&mut random, at, at.after(LONGEST_HOLD));
            arrivals.push(Arrival { at, delivery, is_repeat: true });
        }
    }
    random.shuffle(&mut arrivals);
    arrivals.sort_by_key(|arrival| arrival.at);
    keep_first_before_repeat(&mut arrivals);
    arrivals
}

/// A first arrival and its repeat at one moment may have changed places, which would only be a matter of names.
fn keep_first_before_repeat(arrivals: &mut [Arrival]) {
    let mut seen = HashSet::new();
    for arrival in arrivals {
        arrival.is_repeat = !seen.insert(arrival.delivery);
    }
}

fn between(random: &mut Rng, from: Instant, to: Instant) -> Instant {
    let span = (to.milliseconds() - from.milliseconds()).max(0);
    Instant::from_milliseconds(from.milliseconds() + random.i64(0..=span))
}

/// On time inside a span in which something can be decided; before one, no later than it begins.
fn latest_arrival(told: &Delivery, spans: &[Span]) -> Instant {
    let happened_at = told.happened_at();
    let undecided = spans.iter().any(|span| span.from.before(ROOM) <= happened_at && happened_at <= span.to);
    if undecided || teaches_what_goes_together(told) {
        return happened_at;
    }
    let to_come = spans.iter().map(|span| span.from.before(ROOM)).filter(|from| *from > happened_at);
    to_come.fold(happened_at.after(LONGEST_HOLD), Instant::min)
}

fn teaches_what_goes_together(told: &Delivery) -> bool {
    told.events.iter().any(|event| match &event.fact {
        Fact::OrderPlaced(details) | Fact::OrderChanged(details) => {
            details.lines.as_ref().is_some_and(|lines| lines.len() > 1)
        }
        _ => false,
    })
}

/// From when a follow-up can be due until it is decided for certain.
#[derive(Clone, Copy, Debug)]
struct Span {
    from: Instant,
    to: Instant,
}

/// For each person, the spans of all follow-ups of all orders.
fn spans_by_person<'a>(replay: &'a Replay, journeys: &[Journey]) -> HashMap<&'a str, Vec<Span>> {
    let mut orders: HashMap<(&str, &str), Order> = HashMap::new();
    for delivery in &replay.deliveries {
        let order = orders.entry((&delivery.person, &delivery.order)).or_default();
        delivery.events.iter().for_each(|event| order.join(Order::told_by(event)));
    }
    let mut spans: HashMap<&str, Vec<Span>> = HashMap::new();
    for ((person, _), order) in orders {
        let spans = spans.entry(person).or_default();
        spans.extend(journeys.iter().flat_map(|journey| spans_of(journey, &order)));
    }
    spans
}

/// Any rule of the journey may be the one that holds while not all is known. A look that was deferred to a morning after
/// the expiry is the one that refuses, so a day is added.
fn spans_of(journey: &Journey, order: &Order) -> Vec<Span> {
    let about = About::Order(order, Channel::Web);
    let of_step = |step: &Step| {
        let dues = step.due.iter().filter_map(|rule| due_at(rule, about));
        let spans = dues.map(|from| Span { from, to: step.expires_at(from).after(Wait::days(1)) });
        spans.collect::<Vec<_>>()
    };
    journey.steps.iter().flat_map(of_step).collect()
}

/// When one rule alone would make its follow-up due: no earlier than by all that is known of the order.
fn due_at(rule: &DueRule, about: About<'_>) -> Option<Instant> {
    let each = rule.0.iter().map(|(milestone, wait)| Some(about.reached_at(milestone)?.after(*wait)));
    each.collect::<Option<Vec<_>>>()?.into_iter().max()
}
