//! Shippo's statuses and substatuses (<https://docs.goshippo.com/docs/Tracking/Tracking>) on the one scale.

use rihla_core::parcel::ParcelState;

use crate::moves::found;

const STATUSES: &[(&str, ParcelState)] = &[
    // Nothing heard of the carrier yet.
    ("UNKNOWN", ParcelState::Unknown),
    ("PRE_TRANSIT", ParcelState::Label),
    ("TRANSIT", ParcelState::InTransit),
    ("DELIVERED", ParcelState::Delivered),
    // On its way back or there: the customer will not have it.
    ("RETURNED", ParcelState::Returned),
    ("FAILURE", ParcelState::Exception),
];

/// The substatuses of `TRANSIT` that mean more than that it is on its way.
const CODES: &[(&str, ParcelState)] = &[
    ("package_accepted", ParcelState::HandedOver),
    ("delayed", ParcelState::Delayed),
    ("delivery_rescheduled", ParcelState::Delayed),
    ("out_for_delivery", ParcelState::OutForDelivery),
    ("delivery_attempted", ParcelState::Attempted),
    ("notice_left", ParcelState::Attempted),
    ("pickup_available", ParcelState::ReadyForPickup),
    // Somebody has to call the carrier.
    ("address_issue", ParcelState::Exception),
    ("contact_carrier", ParcelState::Exception),
    ("location_inaccessible", ParcelState::Exception),
    ("package_damaged", ParcelState::Exception),
    ("package_held", ParcelState::Exception),
    ("reschedule_delivery", ParcelState::Exception),
];

/// The substatuses that mean what their status does.
const OTHER_CODES: &[&str] = &[
    "delivered",
    "delivery_scheduled",
    "information_received",
    "other",
    "package_arrived",
    "package_departed",
    "package_disposed",
    "package_forwarded",
    "package_lost",
    "package_processed",
    "package_processing",
    "package_unclaimed",
    "package_undeliverable",
    "return_to_sender",
];

/// The state that a status with its substatus means.
pub(super) fn of(status: &str, code: Option<&str>) -> ParcelState {
    let state = found(STATUSES, status).unwrap_or(ParcelState::Unknown);
    match (state, code.and_then(|code| found(CODES, code))) {
        (ParcelState::InTransit, Some(refined)) => refined,
        _ => state,
    }
}

/// Whether a status is documented.
pub(super) fn is_status(status: &str) -> bool {
    found(STATUSES, status).is_some()
}

/// Whether a substatus is documented.
pub(super) fn is_code(code: &str) -> bool {
    found(CODES, code).is_some() || OTHER_CODES.contains(&code)
}
