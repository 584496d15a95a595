//! `SHIPMENT_TRACKING_MILESTONE_CHANGED`: parcels that Amazon tracks, with all that they went through.

use rihla_core::parcel::ParcelState;
use serde::Deserialize;

use super::{Envelope, milestone_codes};
use crate::json::{Text, word};
use crate::moves::{Moves, found};
use crate::{Reading, Unreadable};

const TOPIC: &str = "SHIPMENT_TRACKING_MILESTONE_CHANGED";

#[derive(Deserialize)]
struct Payload<'a> {
    #[serde(
        borrow,
        rename = "shipmentTrackingMilestoneChangedNotification",
        alias = "ShipmentTrackingMilestoneChangedNotification"
    )]
    changed: Option<Changed<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Changed<'a> {
    #[serde(borrow)]
    tracking_detail: Option<Detail<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Detail<'a> {
    #[serde(borrow)]
    identifier: Option<Identifier<'a>>,
    #[serde(borrow)]
    latest_milestone: Option<Milestone<'a>>,
    #[serde(borrow)]
    milestone_history: Option<Vec<Milestone<'a>>>,
}

/// Exactly one of its members is there.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Identifier<'a> {
    /// Amazon's own number.
    #[serde(borrow)]
    aftn: Option<Text<'a>>,
    #[serde(borrow)]
    carrier_tracking: Option<CarrierTracking<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CarrierTracking<'a> {
    #[serde(borrow)]
    tracking_number: Option<Text<'a>>,
    #[serde(borrow)]
    carrier_code: Option<Text<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Milestone<'a> {
    #[serde(borrow)]
    status: Option<Status<'a>>,
    #[serde(borrow)]
    occurred_at: Option<Text<'a>>,
}

#[derive(Deserialize)]
struct Status<'a> {
    #[serde(borrow)]
    code: Option<Text<'a>>,
}

pub(super) fn read(envelope: &Envelope<'_>) -> Result<Reading, Unreadable> {
    let payload: Payload<'_> = envelope.read("payload")?;
    let detail = payload.changed.and_then(|changed| changed.tracking_detail);
    let path = "payload.shipmentTrackingMilestoneChangedNotification.trackingDetail";
    let detail = detail.ok_or_else(|| Unreadable::missing(path))?;
    let Some(mut moves) = detail.identifier.as_ref().and_then(Identifier::moves) else {
        return Ok(Reading::no_interest(TOPIC, "freight to a warehouse, no parcel to a customer"));
    };
    for past in detail.milestone_history.iter().flatten() {
        moves.past(past.state().unwrap_or(ParcelState::Unknown), past.occurred_at.as_ref());
    }
    let latest =
        detail.latest_milestone.ok_or_else(|| Unreadable::missing(&format!("{path}.latestMilestone")))?;
    let state = latest.state();
    moves.past(state.unwrap_or(ParcelState::Unknown), latest.occurred_at.as_ref());
    moves.now(state.unwrap_or(ParcelState::Unknown), Some(envelope.time()?))?;
    let reading = Reading::events(moves.events());
    match latest.code().filter(|_| state.is_none()) {
        Some(code) => Ok(reading.and_unknown("latestMilestone.status.code", code)),
        None => Ok(reading),
    }
}

impl Identifier<'_> {
    /// The parcel that it names. A container or a bill of lading names none.
    fn moves(&self) -> Option<Moves> {
        let carried = self.carrier_tracking.as_ref();
        let tracking = carried.and_then(|carried| carried.tracking_number.as_ref()).or(self.aftn.as_ref());
        Moves::of("identifier", tracking, carried.and_then(|carried| carried.carrier_code.as_ref())).ok()
    }
}

impl Milestone<'_> {
    fn code(&self) -> Option<&str> {
        word(self.status.as_ref()?.code.as_ref())
    }

    fn state(&self) -> Option<ParcelState> {
        found(milestone_codes::CODES, self.code()?)
    }
}
