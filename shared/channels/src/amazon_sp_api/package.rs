//! `FULFILLMENT_ORDER_STATUS`: packages that Amazon sends for the shop's other channels. They are joined to the orders
//! there by their tracking numbers.

use std::collections::BTreeMap;

use rihla_core::event::{Fact, ParcelMoved};
use rihla_core::instant::Instant;
use rihla_core::parcel::ParcelState;
use serde::Deserialize;

use super::{Envelope, event};
use crate::json::{Text, word};
use crate::moves::found;
use crate::{Reading, Unreadable};

/// The states of a shipment (`FulfillmentShipmentStatus` of the Fulfillment Outbound API).
const STATES: &[(&str, ParcelState)] = &[
    ("PENDING", ParcelState::Label),
    ("PROCESSED", ParcelState::Label),
    ("SHIPPED", ParcelState::HandedOver),
    ("CANCELLED_BY_FULFILLER", ParcelState::Voided),
    ("CANCELLED_BY_SELLER", ParcelState::Voided),
];

/// More packages than any order is sent in.
const PACKAGES_LIMIT: usize = 100;

#[derive(Deserialize)]
struct Payload<'a> {
    #[serde(
        borrow,
        rename = "FulfillmentOrderStatusNotification",
        alias = "fulfillmentOrderStatusNotification"
    )]
    status: Option<OrderStatus<'a>>,
}

#[derive(Deserialize)]
struct OrderStatus<'a> {
    #[serde(rename = "StatusUpdatedDateTime", alias = "statusUpdatedDateTime")]
    updated_at: Option<Instant>,
    #[serde(borrow, rename = "FulfillmentShipment", alias = "fulfillmentShipment")]
    shipment: Option<Shipment<'a>>,
}

#[derive(Deserialize)]
struct Shipment<'a> {
    #[serde(borrow, rename = "FulfillmentShipmentStatus", alias = "fulfillmentShipmentStatus")]
    status: Option<Text<'a>>,
    #[serde(borrow, rename = "FulfillmentShipmentPackages", alias = "fulfillmentShipmentPackages")]
    packages: Option<Vec<Package<'a>>>,
}

#[derive(Deserialize)]
struct Package<'a> {
    #[serde(borrow, rename = "TrackingNumber", alias = "trackingNumber")]
    tracking: Option<Text<'a>>,
    #[serde(borrow, rename = "CarrierCode", alias = "carrierCode")]
    carrier: Option<Text<'a>>,
}

pub(super) fn read(envelope: &Envelope<'_>) -> Result<Reading, Unreadable> {
    let payload: Payload<'_> = envelope.read("Payload")?;
    let status = payload.status;
    let status = status.ok_or_else(|| Unreadable::missing("Payload.FulfillmentOrderStatusNotification"))?;
    let at = status.updated_at.map_or_else(|| envelope.time(), Ok)?;
    let reading = status.shipment.map(|shipment| shipment.moved(at)).unwrap_or_default();
    Ok(reading.or_no_interest("FULFILLMENT_ORDER_STATUS", "no package with a tracking number"))
}

impl Shipment<'_> {
    fn moved(&self, at: Instant) -> Reading {
        let status = word(self.status.as_ref()).unwrap_or_default();
        let state = found(STATES, status);
        let packages = self.packages.iter().flatten().take(PACKAGES_LIMIT);
        let carriers: BTreeMap<String, Option<String>> = packages.filter_map(Package::named).collect();
        let moved = |(tracking, carrier)| {
            let state = state.unwrap_or(ParcelState::Unknown);
            let moved = ParcelMoved { order: None, parcel: None, tracking: Some(tracking), carrier, state };
            event(at, Fact::ParcelMoved(moved))
        };
        let reading = Reading::events(carriers.into_iter().map(moved).collect());
        if state.is_some() || reading.events.is_empty() {
            return reading;
        }
        reading.and_unknown("FulfillmentShipmentStatus", status)
    }
}

impl Package<'_> {
    /// Its tracking number and carrier.
    fn named(&self) -> Option<(String, Option<String>)> {
        let carrier = self.carrier.as_ref().and_then(|carrier| carrier.limited(100));
        Some((self.tracking.as_ref()?.limited(100)?, carrier))
    }
}
