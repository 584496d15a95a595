//! `AfterShip`'s statuses (<https://www.aftership.com/docs/tracking/enum/delivery-statuses>) and sub-statuses
//! (<https://www.aftership.com/docs/tracking/enum/delivery-sub-statuses>) on the one scale.

use rihla_core::parcel::ParcelState;

use crate::moves::found;

/// The statuses.
const TAGS: &[(&str, ParcelState)] = &[
    // Nothing heard of the carrier yet.
    ("Pending", ParcelState::Unknown),
    ("InfoReceived", ParcelState::Label),
    ("InTransit", ParcelState::InTransit),
    ("OutForDelivery", ParcelState::OutForDelivery),
    ("AttemptFail", ParcelState::Attempted),
    ("AvailableForPickup", ParcelState::ReadyForPickup),
    ("Delivered", ParcelState::Delivered),
    ("Exception", ParcelState::Exception),
    // Nothing heard for 30 days: somebody has to look where it is.
    ("Expired", ParcelState::Exception),
];

/// The sub-statuses that mean something else than their status does.
const SUBTAGS: &[(&str, ParcelState)] = &[
    // Accepted by the carrier.
    ("InTransit_002", ParcelState::HandedOver),
    // Delayed: customs, anything outside, processing, weather, a late flight.
    ("Exception_004", ParcelState::Delayed),
    ("Exception_005", ParcelState::Delayed),
    ("Exception_016", ParcelState::Delayed),
    ("Exception_017", ParcelState::Delayed),
    ("Exception_019", ParcelState::Delayed),
    // On its way back, and back: the customer will not have it.
    ("Exception_010", ParcelState::Returned),
    ("Exception_011", ParcelState::Returned),
    // Called off by the sender or the carrier.
    ("Exception_020", ParcelState::Voided),
];

/// How far the documented sub-statuses of each status count.
const COUNTS: &[(&str, u32)] = &[
    ("Pending", 6),
    ("InfoReceived", 1),
    ("InTransit", 9),
    ("OutForDelivery", 4),
    ("AttemptFail", 3),
    ("AvailableForPickup", 1),
    ("Delivered", 5),
    ("Exception", 21),
    ("Expired", 1),
];

/// The state that a status with its sub-status means.
pub(super) fn of(tag: &str, subtag: Option<&str>) -> ParcelState {
    let refined = subtag.and_then(|subtag| found(SUBTAGS, subtag));
    refined.or_else(|| found(TAGS, tag)).unwrap_or(ParcelState::Unknown)
}

/// Whether a status is documented.
pub(super) fn is_tag(tag: &str) -> bool {
    found(TAGS, tag).is_some()
}

/// Whether a sub-status is documented.
pub(super) fn is_subtag(subtag: &str) -> bool {
    let numbered = subtag.split_once('_').and_then(|(tag, number)| Some((tag, number.parse::<u32>().ok()?)));
    let within = |(tag, number): (&str, u32)| {
        COUNTS.iter().any(|(known, count)| *known == tag && (1..=*count).contains(&number))
    };
    numbered.is_some_and(within)
}
