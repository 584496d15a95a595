use super::{Answer, Question};

/// Nobody is woken: by the clock of the person's own zone.
pub(super) fn ask(question: &Question<'_>) -> (Answer, String) {
    let local = question.now.in_zone(&question.zone.zone);
    let because = format!("{} {}", local.strftime("%a %H:%M"), question.zone);
    let quiet = question.limits.quiet_hours;
    if !quiet.contain(local.time()) {
        return (Answer::Pass, because);
    }
    let today = local.date().to_datetime(quiet.to);
    let morning =
        if local.time() < quiet.to { today } else { today.saturating_add(jiff::Span::new().days(1)) };
    // A morning hour that the clock skips in spring is taken as the first one that exists.
    let until = morning.to_zoned(question.zone.zone.clone()).map(|zoned| zoned.timestamp().into());
    (Answer::Defer(until.unwrap_or_else(|_| question.now.after(crate::instant::Wait::hours(8)))), because)
}
