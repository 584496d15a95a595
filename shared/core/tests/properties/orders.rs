//! Orders: the same whatever came first, twice or in one delivery with others.

use std::collections::BTreeMap;

use proptest::prelude::*;
use rihla_core::about::About;
use rihla_core::counted::Writes;
use rihla_core::event::Event;
use rihla_core::instant::Instant;
use rihla_core::journey::Journey;
use rihla_core::lattice::Join;
use rihla_core::order::{Order, OrderKey};
use rihla_core::profile::Profile;
use rihla_core::record::{LEAD, decide};
use rihla_core::source::{Channel, SourceId};
use rihla_core::subject::Told;
use rihla_core::totals::{Change, Totals};

use crate::events::{ORDER, events, joined, shuffled_with_repeats};
use crate::journeys::journeys;
use crate::moments::{MONDAY, now};

/// What the recorder holds after some deliveries.
#[derive(Default)]
struct Recorded {
    order: Option<Order>,
    totals: Totals,
    looks: Vec<Instant>,
}

impl Recorded {
    /// Records one event at that moment, as the recorder does. Whether anything was written.
    fn take(&mut self, event: &Event, journeys: &[Journey], now: Instant) -> bool {
        let told = Order::told_by(event);
        let Some(decision) = decide(self.order.as_ref(), told, journeys, Channel::Web, now) else {
            return false;
        };
        self.order = Some(decision.order);
        self.totals = self.totals.plus(&decision.counts.after).minus(&decision.counts.before);
        self.looks.extend(decision.look_at);
        true
    }
}

/// A person's profile and orders, each written by itself.
#[derive(Default)]
struct Counting {
    profile: Profile,
    orders: BTreeMap<usize, Order>,
}

impl Counting {
    /// Records an event of an order, as the recorder does. Gives whether the second of the two writes failed, as it was
    /// to.
    fn take(&mut self, number: usize, event: &Event, fails: bool) -> bool {
        let now = Instant::from_seconds(MONDAY);
        let key = OrderKey { source: SourceId::from_static("web"), order: number.to_string() };
        let (known, told) = (self.orders.get(&number), Order::told_by(event));
        let known_totals = known.map(of_web).unwrap_or_default();
        let (mut order, counts) = match decide(known, told, &[], Channel::Web, now) {
            Some(decision) => (decision.order, decision.counts),
            None => (known.cloned().unwrap_or_default(), Change::none(known_totals)),
        };
        let mut profile = self.profile.clone();
        let is_paid = order.owed.is_none() && counts.is_none();
        let owed = order.owed.clone();
        if is_paid {
            self.orders.insert(number, order);
            return false;
        }
        match profile.count(&key, owed.as_ref(), &counts, now) {
            Writes::ProfileFirst => drop(self.orders.insert(number, order)),
            Writes::OrderFirst(owed) => {
                order.owed = Some(owed);
                self.orders.insert(number, order);
                if fails {
                    return true;
                }
                self.profile = profile;
            }
            Writes::Together if fails => return true,
            Writes::Together => {
                order.owed = None;
                self.orders.insert(number, order);
                self.profile = profile;
            }
        }
        false
    }
}

/// What an order of the web shop adds.
fn of_web(order: &Order) -> Totals {
    Totals::of(order, Channel::Web)
}

fn without_looks(order: Option<Order>) -> Order {
    Order { looks: [].into(), ..order.unwrap_or_default() }
}

proptest! {
    #[test]
    fn the_order_of_arrival_and_repeats_change_nothing(
        (told, arrived) in events().prop_flat_map(shuffled_with_repeats),
    ) {
        prop_assert_eq!(joined(&told), joined(&arrived));
    }

    #[test]
    fn how_events_are_grouped_into_deliveries_changes_nothing(told in events(), size in 1..5_usize) {
        let source = SourceId::from_static("web");
        let key = OrderKey { source: source.clone(), order: ORDER.into() };
        let mut order = Order::default();
        for delivery in told.chunks(size) {
            order.join(Told::by(&source, Channel::Web, delivery).orders.remove(&key).unwrap_or_default().order);
        }
        prop_assert_eq!(order, joined(&told));
    }

    #[test]
    fn an_order_reads_back_as_it_was_written(told in events()) {
        let order = joined(&told);
        let text = serde_json::to_string(&order).unwrap();
        prop_assert_eq!(serde_json::from_str::<Order>(&text).unwrap(), order);
    }

    #[test]
    fn recording_one_by_one_comes_to_the_same_order_and_its_totals(
        (told, arrived) in events().prop_flat_map(shuffled_with_repeats),
        journeys in journeys(),
        now in now(),
    ) {
        let mut recorded = Recorded::default();
        for event in &arrived {
            recorded.take(event, &journeys, now);
        }
        let order = without_looks(recorded.order);
        prop_assert_eq!(&order, &joined(&told));
        prop_assert_eq!(recorded.totals, of_web(&order));
    }

    #[test]
    fn what_was_told_before_writes_nothing(told in events(), journeys in journeys(), now in now()) {
        let mut recorded = Recorded::default();
        for event in &told {
            recorded.take(event, &journeys, now);
        }
        for event in &told {
            prop_assert!(!recorded.take(event, &journeys, now), "{event:?}");
        }
    }

    /// Each time a due time changes, a look stands on the calendar that comes in time for it and that cannot have
    /// begun yet. What comes after that look is its own to see to.
    #[test]
    fn a_look_is_on_the_calendar_for_every_due_time(
        told in events(),
        journeys in journeys(),
        hours_between in 0..200_i64,
    ) {
        let (mut recorded, mut now) = (Recorded::default(), Instant::from_seconds(MONDAY));
        for event in &told {
            now = now.after(rihla_core::instant::Wait::hours(hours_between));
            let due_before = due(recorded.order.as_ref(), &journeys);
            recorded.take(event, &journeys, now);
            let safe_at = now.after(LEAD);
            for (before, after) in due_before.into_iter().zip(due(recorded.order.as_ref(), &journeys)) {
                let Some(due_at) = after.filter(|_| before != after) else { continue };
                let in_time = |look: &&Instant| safe_at <= **look && **look <= due_at.max(safe_at);
                prop_assert!(recorded.looks.iter().any(|look| in_time(&look)), "{due_at} {:?}", recorded.looks);
            }
        }
    }
}

fn due(order: Option<&Order>, journeys: &[Journey]) -> Vec<Option<Instant>> {
    let due_at = |journey: &Journey| About::Order(order?, Channel::Web).due_at(journey, &journey.steps[0]);
    journeys.iter().map(due_at).collect()
}

proptest! {
    /// Where the profile is written and the order is not, the delivery comes again, at once or after others.
    #[test]
    fn a_persons_totals_are_the_sum_over_the_orders_whatever_comes_first_or_fails(
        lives in prop::collection::vec(events(), 0..7),
        arrival in any::<u64>(),
        fails in prop::collection::vec(prop::bool::weighted(0.2), 64),
    ) {
        let mut deliveries: Vec<(usize, Event)> = lives
            .iter()
            .enumerate()
            .flat_map(|(number, events)| events.iter().map(move |event| (number, event.clone())))
            .collect();
        // Any order that depends on the number alone.
        deliveries.sort_by_key(|(number, event)| (event.at.seconds() ^ arrival.cast_signed(), *number));
        let mut person = Counting::default();
        let mut again = Vec::new();
        for ((number, event), fails) in deliveries.iter().zip(fails.into_iter().cycle()) {
            if person.take(*number, event, fails) {
                again.push((number, event));
            }
        }
        for (number, event) in again {
            person.take(*number, event, false);
        }
        let sum = lives.iter().map(|events| of_web(&joined(events)));
        prop_assert_eq!(person.profile.totals, sum.fold(Totals::default(), |sum, one| sum.plus(&one)));
    }

    /// By counting, without the lattice: what stands was placed, not cancelled, and no trial.
    #[test]
    fn totals_count_what_stands(told in events()) {
        use rihla_core::event::Fact;
        let order = joined(&told);
        let placed = told.iter().any(|event| match &event.fact {
            Fact::OrderPlaced(_) => true,
            Fact::OrderChanged(details) => details.placed_at.is_some(),
            _ => false,
        });
        let cancelled = told.iter().any(|event| matches!(event.fact, Fact::OrderCancelled(_)));
        let trial = told.iter().any(|event| match &event.fact {
            Fact::OrderPlaced(details) | Fact::OrderChanged(details) => details.test,
            _ => false,
        });
        let counts = placed && !cancelled && !trial && order.total.is_some();
        let totals = of_web(&order);
        prop_assert_eq!(totals.orders(), i64::from(counts));
        for (currency, total) in totals.iter() {
            let price = order.total.as_ref().unwrap().value;
            prop_assert_eq!(currency, price.currency);
            prop_assert!((0..=price.minor).contains(&total.net_minor));
        }
    }
}
