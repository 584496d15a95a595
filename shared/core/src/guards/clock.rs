//! Moments at which people's clocks show a time.

use jiff::civil::Time;
use jiff::tz::TimeZone;

use crate::instant::Instant;

/// When clocks show `time` some days after today: twice on a day on which they go back over it.
pub(super) fn days_later(
    now: Instant,
    days: i32,
    time: Time,
    zone: &TimeZone,
) -> impl Iterator<Item = Instant> + use<> {
    let day = now.in_zone(zone).date().saturating_add(jiff::Span::new().days(days));
    let shown = zone.to_ambiguous_timestamp(day.to_datetime(time));
    [shown.earlier(), shown.later()].into_iter().flatten().map(Instant::from)
}
