use std::collections::BTreeMap;

use rihla_core::event::{Event, Fact, OrderDetails};
use rihla_core::instant::Instant;
use rihla_core::money::Money;
use rihla_core::parcel::ParcelState;

/// The facts of one order that a record must have, put together by the plainest means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderFacts {
    /// The buyer's e-mail address.
    pub email: Option<String>,
    /// When it was placed.
    pub placed_at: Option<Instant>,
    /// What it cost in all.
    pub total: Option<Money>,
    /// How many pieces were bought in all.
    pub pieces: u64,
    /// When it was paid.
    pub paid_at: Option<Instant>,
    /// When it was handed over to the carrier.
    pub handed_over_at: Option<Instant>,
    /// When it arrived.
    pub delivered_at: Option<Instant>,
    /// When it was called off.
    pub cancelled_at: Option<Instant>,
    /// How much money went back, in minor units.
    pub refunded_minor: i64,
}

/// What the deliveries tell of each order, by its id at the source. They are to be given once each.
pub fn order_facts<'a>(events: impl IntoIterator<Item = &'a Event>) -> BTreeMap<String, OrderFacts> {
    let mut orders: BTreeMap<String, OrderFacts> = BTreeMap::new();
    for event in events {
        if let Some(order) = event.fact.order() {
            orders.entry(order.to_owned()).or_default().take(event);
        }
    }
    orders
}

/// The orders of the input whose facts are not on record, with what is wrong.
pub(super) fn missing(
    told: &BTreeMap<String, OrderFacts>,
    on_record: &BTreeMap<String, OrderFacts>,
) -> Vec<String> {
    let differing = told.iter().filter_map(|(order, told)| match on_record.get(order) {
        None => Some(format!("{order}: not on record")),
        Some(known) if known != told => Some(format!("{order}: {}", told.differences(known).join(", "))),
        Some(_) => None,
    });
    differing.collect()
}

impl OrderFacts {
    fn take(&mut self, event: &Event) {
        let at = Some(event.at);
        match &event.fact {
            Fact::OrderPlaced(details) => self.place(details, event.at),
            Fact::OrderPaid(_) => self.paid_at = at,
            Fact::OrderCancelled(_) => self.cancelled_at = at,
            Fact::Refunded(refunded) => self.refunded_minor += refunded.amount.minor,
            Fact::ParcelMoved(moved) if moved.state == ParcelState::HandedOver => self.handed_over_at = at,
            Fact::ParcelMoved(moved) if moved.state == ParcelState::Delivered => self.delivered_at = at,
            _ => {}
        }
    }

    fn place(&mut self, details: &OrderDetails, at: Instant) {
        self.placed_at = Some(details.placed_at.unwrap_or(at));
        self.email = details.buyer.email.as_ref().map(|email| email.as_str().to_owned());
        self.total = details.total;
        self.pieces = details.lines.iter().flatten().map(|line| u64::from(line.quantity)).sum();
    }

    fn differences(&self, known: &Self) -> Vec<String> {
        let pairs = [
            ("e-mail", self.email == known.email),
            ("placed", self.placed_at == known.placed_at),
            ("total", self.total == known.total),
            ("pieces", self.pieces == known.pieces),
            ("paid", self.paid_at == known.paid_at),
            ("handed over", self.handed_over_at == known.handed_over_at),
            ("delivered", self.delivered_at == known.delivered_at),
            ("cancelled", self.cancelled_at == known.cancelled_at),
            ("refunded", self.refunded_minor == known.refunded_minor),
        ];
        let wrong = pairs.into_iter().filter(|(_, same)| !same);
        wrong.map(|(what, _)| format!("{what} is not as told")).collect()
    }
}
