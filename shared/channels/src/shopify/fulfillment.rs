//! Parcels: fulfilments and their events.
//!
//! One fulfilment is one parcel here. Shopify allows several tracking numbers on one, but tells its state as a whole.

use rihla_core::event::{Event, Fact, ParcelMoved};
use rihla_core::instant::Instant;
use rihla_core::parcel::ParcelState;
use serde::Deserialize;

use super::bare::bare;
use super::{Told, event};
use crate::json::{self, Id, Text};
use crate::{Reading, Unreadable};

/// A fulfilment: a resource of its own, and within an order.
#[derive(Deserialize)]
pub(super) struct Fulfillment<'a> {
    id: Id,
    order_id: Option<Id>,
    #[serde(borrow)]
    status: Option<Text<'a>>,
    #[serde(borrow)]
    shipment_status: Option<Text<'a>>,
    #[serde(borrow)]
    tracking_company: Option<Text<'a>>,
    #[serde(borrow)]
    tracking_number: Option<Text<'a>>,
    created_at: Option<Instant>,
    updated_at: Option<Instant>,
}

#[derive(Deserialize)]
struct FulfillmentEvent<'a> {
    fulfillment_id: Id,
    order_id: Option<Id>,
    #[serde(borrow)]
    status: Text<'a>,
    happened_at: Option<Instant>,
    created_at: Option<Instant>,
}

/// Reads `fulfillments/create` and `fulfillments/update`.
pub(super) fn read(body: &[u8], told: &Told<'_>) -> Result<Reading, Unreadable> {
    let fulfillment: Fulfillment<'_> = json::read(bare(body, "fulfillment")?)?;
    let order = fulfillment.order_id.as_ref().ok_or_else(|| Unreadable::missing("order_id"))?;
    let at = fulfillment.told_at().map_or_else(|| told.time(), Ok)?;
    Ok(fulfillment.and_unknown(Reading::events(fulfillment.moved(&order.0, at).into_iter().collect())))
}

/// Reads `fulfillment_events/create`.
pub(super) fn read_event(body: &[u8], told: &Told<'_>) -> Result<Reading, Unreadable> {
    let read: FulfillmentEvent<'_> = json::read(bare(body, "fulfillment_event")?)?;
    let at = read.happened_at.or(read.created_at).map_or_else(|| told.time(), Ok)?;
    let moved = ParcelMoved {
        order: read.order_id.map(|id| id.0),
        parcel: Some(read.fulfillment_id.0),
        tracking: None,
        carrier: None,
        state: shipment_state(read.status.trimmed()),
    };
    let reading = Reading::events(vec![event(at, Fact::ParcelMoved(moved))]);
    Ok(and_unknown(reading, "status", read.status.trimmed()))
}

impl Fulfillment<'_> {
    /// The time of its last change.
    pub(super) fn told_at(&self) -> Option<Instant> {
        self.updated_at.or(self.created_at)
    }

    pub(super) fn has_tracking(&self) -> bool {
        self.tracking_number.as_ref().and_then(Text::trimmed).is_some()
    }

    /// What it tells of its parcel, if there is one.
    pub(super) fn moved(&self, order: &str, at: Instant) -> Option<Event> {
        let state = self.state()?;
        let moved = ParcelMoved {
            order: Some(order.to_owned()),
            parcel: Some(self.id.0.clone()),
            tracking: self.tracking_number.as_ref().and_then(|number| number.limited(100)),
            carrier: self.tracking_company.as_ref().and_then(|company| company.limited(100)),
            state,
        };
        Some(event(at, Fact::ParcelMoved(moved)))
    }

    /// With what Shopify did not say when this was written.
    pub(super) fn and_unknown(&self, reading: Reading) -> Reading {
        let status = self.status.as_ref().and_then(Text::trimmed);
        match status {
            None | Some("success" | "cancelled" | "error" | "failure" | "pending" | "open") => {
                and_unknown(reading, "shipment_status", self.shipment_status.as_ref().and_then(Text::trimmed))
            }
            Some(status) => reading.and_unknown("status", status),
        }
    }

    fn state(&self) -> Option<ParcelState> {
        match self.status.as_ref().and_then(Text::trimmed) {
            Some("success") | None => Some(self.shipped_state()),
            // Nothing comes of it any more; what is tried again is another fulfilment.
            Some("cancelled" | "error" | "failure") => Some(ParcelState::Voided),
            // Not done yet: there is a parcel once there is a label.
            Some("pending" | "open") => self.has_tracking().then_some(ParcelState::Label),
            Some(_) => Some(ParcelState::Unknown),
        }
    }

    /// Done, and nothing heard of the carrier: the shop's word is that it was handed over.
    fn shipped_state(&self) -> ParcelState {
        match self.shipment_status.as_ref().and_then(Text::trimmed) {
            None => ParcelState::HandedOver,
            status => shipment_state(status),
        }
    }
}

fn and_unknown(reading: Reading, field: &'static str, status: Option<&str>) -> Reading {
    match status {
        Some(word) if shipment_state(status) == ParcelState::Unknown => reading.and_unknown(field, word),
        _ => reading,
    }
}

/// A carrier's word, by Shopify's name for it (`shipment_status`, and `status` of a fulfilment's event).
fn shipment_state(status: Option<&str>) -> ParcelState {
    match status {
        // `confirmed`: the carrier knows of it and does not have it yet.
        Some("label_printed" | "label_purchased" | "confirmed") => ParcelState::Label,
        Some("carrier_picked_up") => ParcelState::HandedOver,
        Some("in_transit") => ParcelState::InTransit,
        Some("delayed") => ParcelState::Delayed,
        Some("out_for_delivery") => ParcelState::OutForDelivery,
        Some("attempted_delivery") => ParcelState::Attempted,
        Some("ready_for_pickup") => ParcelState::ReadyForPickup,
        Some("delivered" | "picked_up") => ParcelState::Delivered,
        Some("failure") => ParcelState::Exception,
        _ => ParcelState::Unknown,
    }
}
