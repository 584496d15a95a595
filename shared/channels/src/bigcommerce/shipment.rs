//! Parcels (<https://docs.bigcommerce.com/docs/rest-management/orders/order-shipments>).

use rihla_core::event::{Fact, ParcelMoved};
use rihla_core::instant::Instant;
use rihla_core::parcel::ParcelState;
use serde::Deserialize;

use super::event;
use super::hook::Hook;
use crate::json::{self, Id, MailDate, Text};
use crate::{Reading, Unreadable};

/// What the lookup is called.
pub(super) const SHIPMENTS: &str = "shipments";

#[derive(Deserialize)]
struct Shipment<'a> {
    id: Id,
    date_created: Option<MailDate>,
    #[serde(borrow)]
    tracking_number: Option<Text<'a>>,
    #[serde(borrow)]
    tracking_carrier: Option<Text<'a>>,
    #[serde(borrow)]
    shipping_provider: Option<Text<'a>>,
}

/// Reads `store/shipment/created` and `store/shipment/updated`: the shop says that it was sent.
pub(super) fn read(hook: &Hook<'_>) -> Result<Reading, Unreadable> {
    let reading = told(hook, ParcelState::HandedOver)?;
    Ok(hook.ask(reading, SHIPMENTS, hook.order_id()?, |id| format!("/v2/orders/{id}/shipments?limit=250")))
}

/// Reads `store/shipment/deleted`.
pub(super) fn read_deleted(hook: &Hook<'_>) -> Result<Reading, Unreadable> {
    told(hook, ParcelState::Voided)
}

fn told(hook: &Hook<'_>, state: ParcelState) -> Result<Reading, Unreadable> {
    let (order, parcel) = (Some(hook.order_id()?.0.clone()), Some(hook.id()?.0.clone()));
    let moved = ParcelMoved { order, parcel, tracking: None, carrier: None, state };
    Ok(Reading::events(vec![event(hook.at(), Fact::ParcelMoved(moved))]))
}

/// Reads the API's answer: the shipments of the order that the delivery is about.
pub(super) fn read_answer(hook: &Hook<'_>, answer: &[u8]) -> Result<Reading, Unreadable> {
    let shipments: Vec<Shipment<'_>> = json::read(answer)?;
    let order = hook.order()?;
    let moved = shipments.iter().map(|shipment| {
        let (at, moved) = shipment.moved(&order.0, hook.at());
        event(at, Fact::ParcelMoved(moved))
    });
    Ok(Reading::events(moved.collect()))
}

impl Shipment<'_> {
    fn moved(&self, order: &str, at: Instant) -> (Instant, ParcelMoved) {
        let carrier = [&self.tracking_carrier, &self.shipping_provider];
        let moved = ParcelMoved {
            order: Some(order.to_owned()),
            parcel: Some(self.id.0.clone()),
            tracking: self.tracking_number.as_ref().and_then(|number| number.limited(100)),
            carrier: carrier.into_iter().flatten().find_map(|carrier| carrier.limited(100)),
            state: ParcelState::HandedOver,
        };
        (self.date_created.map_or(at, |date| date.0), moved)
    }
}
