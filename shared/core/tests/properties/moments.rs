//! Moments and zones to try things at.

use proptest::prelude::*;
use rihla_core::instant::{Instant, Wait};
use rihla_core::zone::{LocalZone, local_zone};

/// A Monday morning in winter.
pub(crate) const MONDAY: i64 = 1_793_610_000;

/// A quarter of a day, so that two facts often have one moment.
const STEP: Wait = Wait::hours(6);

/// One of few moments of a month.
pub(crate) fn moment() -> impl Strategy<Value = Instant> {
    (0..120_i64).prop_map(|steps| {
        Instant::from_seconds(MONDAY).after(Wait::milliseconds_of(STEP.milliseconds() * steps))
    })
}

/// Any moment of the month or of the one after it, to the second.
pub(crate) fn now() -> impl Strategy<Value = Instant> {
    (0..60 * 86_400_i64).prop_map(|seconds| Instant::from_seconds(MONDAY + seconds))
}

/// Zones whose clocks jump at different hours, by an hour, by half an hour, by a whole day, or never.
pub(crate) const ZONES: [&str; 12] = [
    "Europe/London",
    "Europe/Berlin",
    "America/New_York",
    "America/Havana",
    "America/Sao_Paulo",
    "Africa/Cairo",
    "Asia/Dubai",
    "Asia/Beirut",
    "Australia/Lord_Howe",
    "Antarctica/Troll",
    "Pacific/Apia",
    "Asia/Kathmandu",
];

pub(crate) fn zone() -> impl Strategy<Value = LocalZone> {
    prop::sample::select(&ZONES[..]).prop_map(|name| local_zone(Some(name), None, None, "UTC"))
}
