//! Orders. Every topic of an order carries all of it, with its refunds.

use rihla_core::event::{
    Event, Fact, OrderCancelled, OrderDetails, OrderPaid, ParcelMoved, PaymentFailed, Person, Refunded,
};
use rihla_core::instant::Instant;
use rihla_core::money::{Currency, Money};
use rihla_core::parcel::ParcelState;
use rihla_core::source::Channel;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::line::{LineItem, lines};
use super::person::{Address, customer_id};
use super::tracking::{Tracking, trackings};
use crate::json::{self, Amount, Id, Text, Utc};
use crate::person::is_somebody_else;
use crate::{Reading, Unreadable};

#[derive(Deserialize)]
struct Order<'a> {
    id: Id,
    #[serde(borrow)]
    number: Option<Text<'a>>,
    #[serde(borrow)]
    status: Text<'a>,
    currency: Option<Currency>,
    #[serde(borrow)]
    created_via: Option<Text<'a>>,
    date_created_gmt: Option<Utc>,
    date_modified_gmt: Option<Utc>,
    date_paid_gmt: Option<Utc>,
    date_completed_gmt: Option<Utc>,
    #[serde(borrow)]
    total: Option<Amount<'a>>,
    customer_id: Option<Id>,
    #[serde(borrow)]
    billing: Option<Address<'a>>,
    #[serde(borrow)]
    shipping: Option<Address<'a>>,
    #[serde(borrow)]
    line_items: Option<Vec<LineItem<'a>>>,
    #[serde(borrow)]
    shipping_lines: Option<Vec<ShippingLine<'a>>>,
    #[serde(borrow)]
    refunds: Option<Vec<Refund<'a>>>,
    #[serde(borrow)]
    meta_data: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct ShippingLine<'a> {
    #[serde(borrow)]
    method_id: Option<Text<'a>>,
}

#[derive(Deserialize)]
struct Refund<'a> {
    id: Id,
    /// What went back, below nothing.
    #[serde(borrow)]
    total: Option<Amount<'a>>,
}

/// Where an order stands. Plugins add more.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Draft,
    Open,
    PartlyShipped,
    Shipped,
    Delivered,
    Cancelled,
    PaymentFailed,
    Unknown,
}

/// Reads `order.created`, `order.updated` and `order.restored`.
pub(super) fn read(body: &[u8]) -> Result<Reading, Unreadable> {
    let order: Order<'_> = json::read(body)?;
    let state = order.state();
    if state == State::Draft {
        return Ok(Reading::default());
    }
    let at = order.date_modified_gmt.or(order.date_created_gmt);
    let at = at.ok_or_else(|| Unreadable::missing("date_modified_gmt"))?.0;
    let trackings = trackings(order.meta_data);
    let mut reading = Reading::events(order.events(state, at, trackings.as_deref().unwrap_or_default())?);
    if state == State::Unknown {
        reading = reading.and_unknown("status", order.status.trimmed().unwrap_or_default());
    }
    Ok(if trackings.is_err() { reading.and_unknown("_wc_shipment_tracking_items", "") } else { reading })
}

impl Order<'_> {
    /// `completed` is the last word that `WooCommerce` has: sent, or handed over. The plugins for tracking have others.
    fn state(&self) -> State {
        match self.status.trimmed().unwrap_or_default() {
            "checkout-draft" | "auto-draft" => State::Draft,
            "pending" | "processing" | "on-hold" | "refunded" | "updated-tracking" => State::Open,
            "partial-shipped" => State::PartlyShipped,
            "completed" | "shipped" => State::Shipped,
            "delivered" => State::Delivered,
            "cancelled" | "trash" => State::Cancelled,
            "failed" => State::PaymentFailed,
            _ => State::Unknown,
        }
    }

    fn events(
        &self,
        state: State,
        at: Instant,
        trackings: &[Tracking<'_>],
    ) -> Result<Vec<Event>, Unreadable> {
        let order = || self.id.0.clone();
        let mut events = vec![Event { at, fact: Fact::OrderPlaced(self.details(state)?) }];
        let paid = Fact::OrderPaid(OrderPaid { order: order() });
        events.extend(self.date_paid_gmt.map(|paid_at| Event { at: paid_at.0, fact: paid }));
        match state {
            State::Cancelled => {
                events.push(Event { at, fact: Fact::OrderCancelled(OrderCancelled { order: order() }) });
            }
            State::PaymentFailed => {
                events.push(Event { at, fact: Fact::PaymentFailed(PaymentFailed { order: order() }) });
            }
            _ => events.extend(self.parcels(state, at, trackings)),
        }
        self.refunded(at, &mut events)?;
        Ok(events)
    }

    fn details(&self, state: State) -> Result<OrderDetails, Unreadable> {
        Ok(OrderDetails {
            order: self.id.0.clone(),
            number: self.number.as_ref().and_then(|number| number.limited(60)),
            placed_at: self.date_created_gmt.map(|created_at| created_at.0),
            channel: self.is_at_the_till().then_some(Channel::Pos),
            buyer: self.buyer(),
            total: self.total()?,
            lines: self.line_items.as_ref().map(|items| lines(items, self.currency)),
            shipped_whole: match state {
                State::Shipped | State::Delivered => Some(true),
                State::PartlyShipped => Some(false),
                _ => None,
            },
            promised_at: None,
            test: false,
            gift: self.is_for_somebody_else(),
            history_until: None,
        })
    }

    fn is_at_the_till(&self) -> bool {
        self.created_via.as_ref().and_then(Text::trimmed) == Some("pos-rest-api")
    }

    /// The price before anything went back.
    fn total(&self) -> Result<Option<Money>, Unreadable> {
        let Some((total, currency)) = self.total.as_ref().zip(self.currency) else { return Ok(None) };
        total.money(currency).map(Some).map_err(|error| Unreadable::field("total", error.to_string()))
    }

    /// Who bought it. The address of the delivery may be somebody else's, so it gives the place and nothing more; and not
    /// even that where it is.
    fn buyer(&self) -> Person {
        let person = self.billing.as_ref().map(Address::person).unwrap_or_default();
        let sent_to = self.shipping.as_ref().and_then(Address::place);
        let place =
            if self.is_for_somebody_else() { person.place.or(sent_to) } else { sent_to.or(person.place) };
        Person { customer: customer_id(self.customer_id.as_ref()), place, ..person }
    }

    fn is_for_somebody_else(&self) -> bool {
        let [buyer, recipient] =
            [&self.billing, &self.shipping].map(|address| address.as_ref().map(Address::person));
        buyer.zip(recipient).is_some_and(|(buyer, recipient)| is_somebody_else(&recipient, &buyer))
    }

    /// The parcels with a tracking number. An order that is sent without one has one parcel all the same.
    fn parcels(&self, state: State, at: Instant, trackings: &[Tracking<'_>]) -> Vec<Event> {
        let mut moved: Vec<(Instant, ParcelMoved)> = trackings
            .iter()
            .filter_map(|tracking| Some((tracking.shipped_at().unwrap_or(at), tracking.moved(&self.id.0)?)))
            .collect();
        let is_sent = matches!(state, State::Shipped | State::Delivered);
        if moved.is_empty() && is_sent && self.goes_by_parcel() {
            let completed_at = self.date_completed_gmt.map_or(at, |completed_at| completed_at.0);
            moved.push((completed_at, self.parcel_without_number()));
        }
        if state == State::Delivered {
            let delivered = |(_, moved): &(Instant, ParcelMoved)| {
                (at, ParcelMoved { state: ParcelState::Delivered, ..moved.clone() })
            };
            moved.extend(moved.iter().map(delivered).collect::<Vec<_>>());
        }
        moved.into_iter().map(|(at, moved)| Event { at, fact: Fact::ParcelMoved(moved) }).collect()
    }

    /// Downloads and services have no shipping, and what is fetched at the shop is no parcel.
    fn goes_by_parcel(&self) -> bool {
        let fetched = |line: &ShippingLine<'_>| {
            matches!(
                line.method_id.as_ref().and_then(Text::trimmed),
                Some("local_pickup" | "pickup_location")
            )
        };
        !self.is_at_the_till() && self.shipping_lines.iter().flatten().any(|line| !fetched(line))
    }

    fn parcel_without_number(&self) -> ParcelMoved {
        ParcelMoved {
            order: Some(self.id.0.clone()),
            parcel: Some("completed".to_owned()),
            tracking: None,
            carrier: None,
            state: ParcelState::HandedOver,
        }
    }

    /// Refunds stand in the order without their time, so each has the order's.
    fn refunded(&self, at: Instant, events: &mut Vec<Event>) -> Result<(), Unreadable> {
        for (index, refund) in self.refunds.iter().flatten().enumerate() {
            let Some((total, currency)) = refund.total.as_ref().zip(self.currency) else { continue };
            let path = || format!("refunds[{index}].total");
            let total =
                total.money(currency).map_err(|error| Unreadable::field(path(), error.to_string()))?;
            if total.minor != 0 {
                let amount = Money::new(total.minor.saturating_abs(), currency);
                let (order, refund) = (self.id.0.clone(), refund.id.0.clone());
                let refunded = Refunded { order, refund, amount, goods_returned: false };
                events.push(Event { at, fact: Fact::Refunded(refunded) });
            }
        }
        Ok(())
    }
}
