use jiff::tz::TimeZone;

use super::clock::days_later;
use super::{Answer, Question};
use crate::instant::{Instant, Wait};
use crate::limits::QuietHours;

/// Nobody is woken: by the clock of the person's own zone.
pub(super) fn ask(question: &Question<'_>) -> (Answer, String) {
    let local = question.now.in_zone(&question.zone.zone);
    let because = format!("{} {}", local.strftime("%a %H:%M"), question.zone);
    let quiet = question.limits.quiet_hours;
    if !quiet.contain(local.time()) {
        return (Answer::Pass, because);
    }
    (Answer::Defer(end(quiet, question.now, &question.zone.zone)), because)
}

/// The first moment after `now` that is not quiet. Quiet hours end by the clock or, where their end is skipped in spring
/// or comes twice in autumn, with the clock's jump.
fn end(quiet: QuietHours, now: Instant, zone: &TimeZone) -> Instant {
    let jump = zone.following(now.timestamp()).next().map(|jump| jump.timestamp().into());
    let by_clock = (0..=2).flat_map(|days| days_later(now, days, quiet.to, zone));
    let is_free = |at: &Instant| *at > now && !quiet.contain(at.in_zone(zone).time());
    by_clock.chain(jump).filter(is_free).min().unwrap_or_else(|| now.after(Wait::hours(8)))
}
