//! `EasyPost`'s statuses and their details (<https://docs.easypost.com/docs/trackers>) on the one scale.

use rihla_core::parcel::ParcelState;

use crate::moves::found;

const STATUSES: &[(&str, ParcelState)] = &[
    // Nothing heard of the carrier yet.
    ("unknown", ParcelState::Unknown),
    ("pre_transit", ParcelState::Label),
    ("in_transit", ParcelState::InTransit),
    ("out_for_delivery", ParcelState::OutForDelivery),
    ("delivered", ParcelState::Delivered),
    ("available_for_pickup", ParcelState::ReadyForPickup),
    // On its way back or there: the customer will not have it.
    ("return_to_sender", ParcelState::Returned),
    ("failure", ParcelState::Exception),
    ("cancelled", ParcelState::Voided),
    // The carrier could not be asked: it says nothing about the parcel.
    ("error", ParcelState::Unknown),
];

/// The details that mean something else than the status `in_transit`, `failure` or `unknown` beside them.
const DETAILS: &[(&str, ParcelState)] = &[
    ("label_created", ParcelState::Label),
    ("received_at_origin_facility", ParcelState::HandedOver),
    ("delayed", ParcelState::Delayed),
    ("weather_delay", ParcelState::Delayed),
    ("missorted", ParcelState::Delayed),
    ("out_for_delivery", ParcelState::OutForDelivery),
    ("arrived_at_pickup_location", ParcelState::ReadyForPickup),
    ("delivery_exception", ParcelState::Exception),
    ("transit_exception", ParcelState::Exception),
    ("damaged", ParcelState::Exception),
    ("held", ParcelState::Exception),
    ("lost", ParcelState::Exception),
    ("refused", ParcelState::Exception),
    ("expired", ParcelState::Exception),
    ("return", ParcelState::Returned),
    ("cancelled", ParcelState::Voided),
];

/// The details that mean what their status does.
const OTHER_DETAILS: &[&str] = &[
    "address_correction",
    "arrived_at_destination",
    "arrived_at_facility",
    "awaiting_information",
    "departed_facility",
    "departed_origin_facility",
    "failure",
    "in_transit",
    "received_at_destination_facility",
    "status_update",
    "transferred_to_destination_carrier",
    "unknown",
];

/// The state that a status with its detail means. A detail never takes back a status that says where the parcel is.
pub(super) fn of(status: &str, detail: Option<&str>) -> ParcelState {
    let state = found(STATUSES, status).unwrap_or(ParcelState::Unknown);
    match (status, detail.and_then(|detail| found(DETAILS, detail))) {
        ("in_transit" | "failure" | "unknown", Some(refined)) => refined,
        _ => state,
    }
}

/// Whether a status is documented.
pub(super) fn is_status(status: &str) -> bool {
    found(STATUSES, status).is_some()
}

/// Whether a detail is documented.
pub(super) fn is_detail(detail: &str) -> bool {
    // The details of what has arrived repeat the status.
    found(DETAILS, detail).is_some() || OTHER_DETAILS.contains(&detail) || is_status(detail)
}
