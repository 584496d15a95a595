//! An order as a lattice: every field joins by its own time, so the order is the same whatever came first.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::counted::Owed;
use crate::event::{DisputeState, Event, Fact, Line, OrderDetails, ParcelMoved, Place};
use crate::instant::Instant;
use crate::lattice::{Earliest, Join, Latest};
use crate::money::Money;
use crate::parcel::{Parcel, ParcelState};
use crate::source::{Channel, SourceId};

/// Which order: the source and the order's id there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct OrderKey {
    /// The source.
    pub source: SourceId,
    /// The order's id at the source.
    pub order: String,
}

/// What is known of one order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The number that people see.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Latest<String>>,
    /// By which channel it came, where that is not its source's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Latest<Channel>>,
    /// When it was placed; absent while only later facts have come in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placed: Option<Earliest>,
    /// What it cost in all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<Latest<Money>>,
    /// What was bought.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<Latest<Vec<Line>>>,
    /// Where it goes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Latest<Place>>,
    /// Whether all of it has been handed over to carriers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipped_whole: Option<Latest<bool>>,
    /// By when the buyer was told to have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promised: Option<Latest<Instant>>,
    /// When it was paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid: Option<Earliest>,
    /// When a payment for it first did not go through.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment_failed: Option<Earliest>,
    /// When it was called off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancelled: Option<Earliest>,
    /// Since when it is known for a trial of the shop's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub test: Option<Earliest>,
    /// Since when it is known to go to somebody else than its buyer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gift: Option<Earliest>,
    /// Until when what it reached is history, by a former system's export: nothing follows from that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub history: Option<Latest<()>>,
    /// Its parcels, by their ids.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub parcels: BTreeMap<String, Parcel>,
    /// What went back, by the refunds' ids.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub refunds: BTreeMap<String, Latest<Refund>>,
    /// What is disputed of what was paid, by the disputes' ids.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub disputes: BTreeMap<String, Latest<Dispute>>,
    /// Prints of what its events said about the buyer, so that a thing said again is not worked through again.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub told: BTreeSet<String>,
    /// What it may owe to its customer's totals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owed: Option<Owed>,
    /// When it is to be looked at for follow-ups: the looks that are already on the calendar.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub looks: BTreeSet<Earliest>,
}

/// Money that went back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Refund {
    /// How much.
    pub amount: Money,
    /// Whether goods came back, too.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub goods_returned: bool,
}

/// What is disputed of what was paid. Of two words of one moment the one that is further on counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Dispute {
    /// What became of it.
    pub state: DisputeState,
    /// How much it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
}

impl Join for Order {
    fn join(&mut self, other: Self) {
        self.number.join(other.number);
        self.channel.join(other.channel);
        self.placed.join(other.placed);
        self.total.join(other.total);
        self.lines.join(other.lines);
        self.place.join(other.place);
        self.shipped_whole.join(other.shipped_whole);
        self.promised.join(other.promised);
        self.paid.join(other.paid);
        self.payment_failed.join(other.payment_failed);
        self.cancelled.join(other.cancelled);
        self.test.join(other.test);
        self.gift.join(other.gift);
        self.history.join(other.history);
        self.parcels.join(other.parcels);
        self.refunds.join(other.refunds);
        self.disputes.join(other.disputes);
        self.told.extend(other.told);
        self.looks.extend(other.looks);
    }
}

impl Order {
    /// What one event tells of its order. Nothing for an event that is about no order.
    pub fn told_by(event: &Event) -> Self {
        let at = event.at;
        match &event.fact {
            Fact::OrderPlaced(details) => {
                let placed = Some(Earliest(details.placed_at.unwrap_or(at)));
                Self { placed, ..Self::detailed(details, at) }
            }
            Fact::OrderChanged(details) => Self::detailed(details, at),
            Fact::OrderPaid(_) => Self { paid: Some(Earliest(at)), ..Self::default() },
            Fact::OrderCancelled(_) => Self { cancelled: Some(Earliest(at)), ..Self::default() },
            Fact::Refunded(refunded) => {
                let refund = Refund { amount: refunded.amount, goods_returned: refunded.goods_returned };
                let refunds = [(refunded.refund.clone(), Latest::new(refund, at))].into();
                Self { refunds, ..Self::default() }
            }
            Fact::ParcelMoved(moved) => Self { parcels: [Self::parcel(moved, at)].into(), ..Self::default() },
            Fact::PaymentFailed(_) => Self { payment_failed: Some(Earliest(at)), ..Self::default() },
            Fact::Disputed(disputed) => {
                let dispute = Dispute { state: disputed.state, amount: disputed.amount };
                Self {
                    disputes: [(disputed.dispute.clone(), Latest::new(dispute, at))].into(),
                    ..Self::default()
                }
            }
            _ => Self::default(),
        }
    }

    fn detailed(details: &OrderDetails, at: Instant) -> Self {
        Self {
            number: details.number.clone().map(|number| Latest::new(number, at)),
            channel: details.channel.map(|channel| Latest::new(channel, at)),
            placed: details.placed_at.map(Earliest),
            total: details.total.map(|total| Latest::new(total, at)),
            lines: details.lines.clone().map(|lines| Latest::new(lines, at)),
            place: details.buyer.place.clone().map(|place| Latest::new(place, at)),
            shipped_whole: details.shipped_whole.map(|whole| Latest::new(whole, at)),
            promised: details.promised_at.map(|promised| Latest::new(promised, at)),
            test: details.test.then_some(Earliest(at)),
            gift: details.gift.then_some(Earliest(at)),
            history: details.history_until.map(|until| Latest::new((), until)),
            ..Self::default()
        }
    }

    fn parcel(moved: &ParcelMoved, at: Instant) -> (String, Parcel) {
        let id = moved.parcel.clone().or_else(|| moved.tracking.clone()).unwrap_or_else(|| "1".to_owned());
        let parcel = Parcel {
            carrier: moved.carrier.clone().map(|carrier| Latest::new(carrier, at)),
            tracking: moved.tracking.clone().map(|tracking| Latest::new(tracking, at)),
            reached: [(moved.state, Earliest(at))].into(),
        };
        (id, parcel)
    }

    /// Whether the buyer wants the money back by their bank or marketplace, or got it so.
    pub fn is_disputed(&self) -> bool {
        self.disputes.values().any(|dispute| dispute.value.state != DisputeState::Won)
    }

    /// By which channel it came; its source's where nothing else was told.
    pub fn channel_or(&self, of_source: Channel) -> Channel {
        self.channel.as_ref().map_or(of_source, |channel| channel.value)
    }

    /// Whether the buyer took it along: sold at a till, and nothing of it was given to a carrier with a number.
    pub fn is_taken_along(&self, of_source: Channel) -> bool {
        let is_sent = self.counted_parcels().any(|parcel| parcel.tracking.is_some());
        self.channel_or(of_source) == Channel::Pos && !is_sent
    }

    /// When it was placed.
    pub fn placed_at(&self) -> Option<Instant> {
        self.placed.map(|at| at.0)
    }

    /// When the first parcel was on its way.
    pub fn shipped_at(&self) -> Option<Instant> {
        self.counted_parcels().filter_map(Parcel::shipped_at).min()
    }

    /// When the last parcel arrived: known only once all of the order is shipped and every parcel is there.
    pub fn delivered_at(&self) -> Option<Instant> {
        let more_to_come = self.shipped_whole.as_ref().is_some_and(|whole| !whole.value);
        let arrivals: Option<Vec<Instant>> = self.counted_parcels().map(Parcel::delivered_at).collect();
        arrivals.filter(|_| !more_to_come)?.into_iter().max()
    }

    /// Since when it is later than the buyer was promised: told of one that has not arrived.
    pub fn overdue_since(&self) -> Option<Instant> {
        self.promised.as_ref().filter(|_| self.delivered_at().is_none()).map(|promised| promised.value)
    }

    /// When a carrier first found nobody, of a parcel that has not arrived.
    pub fn attempted_at(&self) -> Option<Instant> {
        self.waiting_at(ParcelState::Attempted)
    }

    /// Since when a parcel waits at a shop or locker.
    pub fn ready_for_pickup_at(&self) -> Option<Instant> {
        self.waiting_at(ParcelState::ReadyForPickup)
    }

    fn waiting_at(&self, state: ParcelState) -> Option<Instant> {
        let waiting = self.counted_parcels().filter(|parcel| parcel.delivered_at().is_none());
        waiting.filter_map(|parcel| parcel.reached.get(&state)).map(|at| at.0).min()
    }

    /// What went back so far, in the order's currency.
    pub fn refunded_minor(&self) -> i64 {
        let currency = self.total.as_ref().map(|total| total.value.currency);
        let amounts = self.refunds.values().map(|refund| refund.value.amount);
        let ours = amounts.filter(|amount| Some(amount.currency) == currency);
        ours.fold(0, |sum, amount| sum.saturating_add(amount.minor))
    }

    /// Whether all of its price went back.
    pub fn is_refunded_whole(&self) -> bool {
        let total = self.total.as_ref().map_or(0, |total| total.value.minor);
        total > 0 && self.refunded_minor() >= total
    }

    /// Whether goods came back, by a refund's word or a parcel's.
    pub fn is_returned(&self) -> bool {
        let by_refund = self.refunds.values().any(|refund| refund.value.goods_returned);
        by_refund || self.counted_parcels().any(Parcel::is_returned)
    }

    /// Whether it tells anything that the totals depend on.
    pub fn bears_on_totals(&self) -> bool {
        let Self { placed, total, cancelled, test, refunds, .. } = self;
        placed.is_some() || total.is_some() || cancelled.is_some() || test.is_some() || !refunds.is_empty()
    }

    /// Whether it is a trial of the shop's own.
    pub fn is_test(&self) -> bool {
        self.test.is_some()
    }

    /// Whether it goes to somebody else than its buyer.
    pub fn is_gift(&self) -> bool {
        self.gift.is_some()
    }

    /// Whether what became true of it at `at` is history: a former system saw to what follows from that, or did not.
    pub fn is_history(&self, at: Instant) -> bool {
        self.history.as_ref().is_some_and(|history| at <= history.at)
    }

    /// The products of it, without doubles, in their order.
    pub fn products(&self) -> Vec<&Line> {
        let mut seen = BTreeSet::new();
        let lines = self.lines.iter().flat_map(|lines| &lines.value);
        lines.filter(|line| seen.insert(line.product.as_str())).collect()
    }

    fn counted_parcels(&self) -> impl Iterator<Item = &Parcel> {
        self.parcels.values().filter(|parcel| parcel.counts())
    }
}

impl std::fmt::Display for OrderKey {
    /// `<source>#<order>`, where a `#` of the order's own id is written `%23`.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}#{}", self.source, self.order.replace('%', "%25").replace('#', "%23"))
    }
}

impl std::str::FromStr for OrderKey {
    type Err = NotAnOrderKey;

    fn from_str(text: &str) -> Result<Self, NotAnOrderKey> {
        let refused = || NotAnOrderKey(text.to_owned());
        let (source, order) = text.split_once('#').ok_or_else(refused)?;
        let source = source.parse().map_err(|_| refused())?;
        Ok(Self { source, order: order.replace("%23", "#").replace("%25", "%") })
    }
}

/// Text that is no order's key.
#[derive(Debug, thiserror::Error)]
#[error("{0:?} is not an order's key such as web#4501")]
pub struct NotAnOrderKey(String);
