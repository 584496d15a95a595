//! What a person's orders come to, told in any order: counted here from the events, without the lattice.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use rihla_core::event::{Event, Fact, OrderCancelled, OrderDetails, Refunded};
use rihla_core::instant::{Instant, Wait};
use rihla_core::money::Money;
use rihla_core::order::Order;
use rihla_core::record::decide;
use rihla_core::source::Channel;
use rihla_core::totals::Totals;

use crate::events::{ORDER, joined, money};
use crate::moments::MONDAY;

/// An order as its shop would know it at the end.
#[derive(Clone, Debug)]
struct Life {
    placed: Instant,
    channel: Channel,
    price: Money,
    /// The price after it was edited, or after a thing of it was exchanged for another.
    edited: Option<i64>,
    refunds: Vec<Money>,
    cancelled: bool,
    test: bool,
}

impl Life {
    fn events(&self) -> Vec<Event> {
        let later = |hours| self.placed.after(Wait::hours(hours));
        let details = |total| OrderDetails {
            order: ORDER.into(),
            total: Some(total),
            channel: Some(self.channel),
            test: self.test,
            ..OrderDetails::default()
        };
        let event = |at, fact| Event { at, fact };
        let mut events = vec![event(self.placed, Fact::OrderPlaced(details(self.price)))];
        events.extend(self.edited.map(|minor| {
            let total = Money::new(minor, self.price.currency);
            event(later(1), Fact::OrderChanged(details(total)))
        }));
        events.extend(self.refunds.iter().enumerate().map(|(number, amount)| {
            let (order, refund, amount) = (ORDER.into(), number.to_string(), *amount);
            event(later(2), Fact::Refunded(Refunded { order, refund, amount, goods_returned: true }))
        }));
        let cancelled = Fact::OrderCancelled(OrderCancelled { order: ORDER.into() });
        events.extend(self.cancelled.then(|| event(later(3), cancelled)));
        events
    }

    fn net_minor(&self) -> i64 {
        let ours = self.refunds.iter().filter(|refund| refund.currency == self.price.currency);
        let back: i64 = ours.map(|refund| refund.minor).sum();
        (self.edited.unwrap_or(self.price.minor) - back).max(0)
    }
}

fn life() -> impl Strategy<Value = Life> {
    let channel = prop::sample::select(&[Channel::Web, Channel::Pos, Channel::Marketplace][..]);
    (
        0..2_000_i64,
        channel,
        money(0..=10_000),
        prop::option::of(0..20_000_i64),
        prop::collection::vec(money(1..=4_000), 0..3),
        prop::bool::weighted(0.2),
        prop::bool::weighted(0.1),
    )
        .prop_map(|(hours, channel, price, edited, refunds, cancelled, test)| {
            let placed = Instant::from_seconds(MONDAY).after(Wait::hours(hours));
            Life { placed, channel, price, edited, refunds, cancelled, test }
        })
}

/// Every event of every order, each with its order's number, in any order.
fn told() -> impl Strategy<Value = (Vec<Life>, Vec<(usize, Event)>)> {
    prop::collection::vec(life(), 0..8).prop_flat_map(|lives| {
        let events = lives.iter().enumerate();
        let events =
            events.flat_map(|(number, life)| life.events().into_iter().map(move |event| (number, event)));
        (Just(lives.clone()), Just(events.collect::<Vec<_>>()).prop_shuffle())
    })
}

fn start_of_day(at: Instant) -> Instant {
    Instant::from_seconds(at.seconds() - at.seconds().rem_euclid(86_400))
}

proptest! {
    #[test]
    fn orders_money_days_and_channels_are_those_of_the_orders_that_stand((lives, arrived) in told()) {
        let mut orders: BTreeMap<usize, Order> = BTreeMap::new();
        let mut totals = Totals::default();
        for (number, event) in &arrived {
            let told = Order::told_by(event);
            let now = Instant::from_seconds(MONDAY);
            let Some(decision) = decide(orders.get(number), told, &[], Channel::Web, now) else { continue };
            totals = totals.plus(&decision.counts.after).minus(&decision.counts.before);
            orders.insert(*number, decision.order);
        }
        let standing: Vec<&Life> = lives.iter().filter(|life| !life.cancelled && !life.test).collect();
        prop_assert_eq!(totals.orders(), i64::try_from(standing.len()).unwrap());
        for (currency, total) in totals.iter() {
            let ours = standing.iter().filter(|life| life.price.currency == currency);
            prop_assert_eq!(total.net_minor, ours.map(|life| life.net_minor()).sum::<i64>());
        }
        let days: BTreeSet<Instant> = standing.iter().map(|life| start_of_day(life.placed)).collect();
        prop_assert_eq!(totals.days().first(), days.first().copied());
        prop_assert_eq!(totals.days().last(), days.last().copied());
        prop_assert_eq!(usize::try_from(totals.days().occasions()).unwrap(), days.len());
        prop_assert_eq!(totals.channels(), standing.iter().map(|life| life.channel).collect());
    }

    /// Also where the shop learns only later that an order was a trial of its own, or when it was really placed.
    #[test]
    fn what_is_learned_late_is_counted_anew(life in life(), hours in 1..1_000_i64) {
        let (earlier, later) = (life.placed.before(Wait::hours(hours)), life.placed.after(Wait::hours(9)));
        let changed = |placed_at, test| {
            let details = OrderDetails { order: ORDER.into(), placed_at, test, ..OrderDetails::default() };
            Event { at: later, fact: Fact::OrderChanged(details) }
        };
        let life = Life { cancelled: false, test: false, ..life };
        let mut events = life.events();
        events.push(changed(Some(earlier), false));
        let totals = Totals::of(&joined(&events), Channel::Web);
        prop_assert_eq!(totals.days().first(), Some(start_of_day(earlier)));
        events.push(changed(None, true));
        prop_assert!(Totals::of(&joined(&events), Channel::Web).is_empty());
    }
}
