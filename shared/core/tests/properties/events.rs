//! Random events of one order, as its sources could tell them.

use proptest::prelude::*;
use rihla_core::event::{
    DisputeState, Disputed, Event, Fact, Line, OrderCancelled, OrderDetails, OrderPaid, ParcelMoved, Person,
    Place, Refunded,
};
use rihla_core::lattice::Join;
use rihla_core::money::Money;
use rihla_core::order::Order;
use rihla_core::parcel::ParcelState;
use rihla_core::source::Channel;

use crate::moments::moment;

/// The order that all of them are about.
pub(crate) const ORDER: &str = "4501";

/// What its events tell together, joined in the order in which they are given.
pub(crate) fn joined<'a>(events: impl IntoIterator<Item = &'a Event>) -> Order {
    events.into_iter().map(Order::told_by).fold(Order::default(), |mut order, told| {
        order.join(told);
        order
    })
}

/// Up to 12 events of the one order.
pub(crate) fn events() -> impl Strategy<Value = Vec<Event>> {
    prop::collection::vec(event(), 0..12)
}

pub(crate) fn event() -> impl Strategy<Value = Event> {
    (moment(), fact()).prop_map(|(at, fact)| Event { at, fact })
}

/// The events in another order, each at least once.
pub(crate) fn shuffled_with_repeats(events: Vec<Event>) -> impl Strategy<Value = (Vec<Event>, Vec<Event>)> {
    let repeats = prop::collection::vec(any::<prop::sample::Index>(), 0..6);
    (Just(events), repeats).prop_flat_map(|(events, repeats)| {
        let mut arrivals = events.clone();
        if !events.is_empty() {
            arrivals.extend(repeats.iter().map(|repeat| events[repeat.index(events.len())].clone()));
        }
        (Just(events), Just(arrivals).prop_shuffle())
    })
}

fn fact() -> impl Strategy<Value = Fact> {
    prop_oneof![
        3 => details().prop_map(Fact::OrderPlaced),
        3 => details().prop_map(Fact::OrderChanged),
        1 => Just(Fact::OrderPaid(OrderPaid { order: ORDER.into() })),
        1 => Just(Fact::OrderCancelled(OrderCancelled { order: ORDER.into() })),
        2 => refund(),
        1 => disputed(),
        5 => moved(),
    ]
}

fn details() -> impl Strategy<Value = OrderDetails> {
    let told = (
        prop::option::of(prop::sample::select(&["#4501", "#4502"][..])),
        prop::option::weighted(0.3, moment()),
        prop::option::weighted(0.3, prop::sample::select(&[Channel::Web, Channel::Pos, Channel::Event][..])),
        prop::option::of(money(0..=10_000)),
        prop::option::of(lines()),
        prop::option::weighted(0.3, any::<bool>()),
        prop::option::weighted(0.3, moment()),
        prop::bool::weighted(0.05),
        prop::bool::weighted(0.2),
    );
    (told, place(), prop::option::weighted(0.1, moment())).prop_map(
        |(
            (number, placed_at, channel, total, lines, whole, promised_at, test, gift),
            place,
            history_until,
        )| {
            OrderDetails {
                order: ORDER.into(),
                number: number.map(Into::into),
                placed_at,
                channel,
                buyer: Person { place, ..Person::default() },
                total,
                lines,
                shipped_whole: whole,
                promised_at,
                test,
                gift,
                history_until,
            }
        },
    )
}

fn place() -> impl Strategy<Value = Option<Place>> {
    let country = prop::option::of(prop::sample::select(&["GB", "ae", "XX"][..]));
    prop::option::weighted(
        0.5,
        country.prop_map(|country| Place { country: country.map(Into::into), ..Place::default() }),
    )
}

fn lines() -> impl Strategy<Value = Vec<Line>> {
    let line =
        (prop::sample::select(&["bowl", "tea", "tin"][..]), 0..4_u32).prop_map(|(product, quantity)| Line {
            product: product.into(),
            title: product.to_uppercase(),
            quantity,
            price: None,
        });
    prop::collection::vec(line, 0..4)
}

fn refund() -> impl Strategy<Value = Fact> {
    (0..3_u8, money(0..=10_000), any::<bool>()).prop_map(|(refund, amount, goods_returned)| {
        Fact::Refunded(Refunded { order: ORDER.into(), refund: refund.to_string(), amount, goods_returned })
    })
}

fn disputed() -> impl Strategy<Value = Fact> {
    let states = [DisputeState::Inquired, DisputeState::Opened, DisputeState::Won, DisputeState::Lost];
    (0..2_u8, prop::sample::select(states.to_vec())).prop_map(|(dispute, state)| {
        Fact::Disputed(Disputed { order: ORDER.into(), dispute: dispute.to_string(), state, amount: None })
    })
}

fn moved() -> impl Strategy<Value = Fact> {
    let parcel = prop::option::of(prop::sample::select(&["p1", "p2"][..]));
    let tracking = prop::option::of(prop::sample::select(&["T1", "T2"][..]));
    (parcel, tracking, state()).prop_map(|(parcel, tracking, state)| {
        Fact::ParcelMoved(ParcelMoved {
            order: Some(ORDER.into()),
            parcel: parcel.map(Into::into),
            tracking: tracking.map(Into::into),
            carrier: tracking.map(|_| "Swift Post".into()),
            state,
        })
    })
}

/// Mostly those of an ordinary way.
fn state() -> impl Strategy<Value = ParcelState> {
    use ParcelState::{
        Attempted, Delayed, Delivered, Exception, HandedOver, InTransit, Label, OutForDelivery,
        ReadyForPickup, Returned, Unknown, Voided,
    };
    let rare =
        [Unknown, Label, Delayed, OutForDelivery, Attempted, ReadyForPickup, Exception, Returned, Voided];
    prop_oneof![
        6 => prop::sample::select(&[HandedOver, InTransit, Delivered][..]),
        1 => prop::sample::select(rare.to_vec()),
    ]
}

/// An amount of one of two currencies, mostly of the first.
pub(crate) fn money(minor: std::ops::RangeInclusive<i64>) -> impl Strategy<Value = Money> {
    let currency = prop_oneof![9 => Just("EUR"), 1 => Just("JPY")];
    (minor, currency).prop_map(|(minor, currency)| Money::new(minor, currency.parse().unwrap()))
}
