use super::clock::days_later;
use super::{Answer, Question};
use crate::instant::{Instant, Wait};
use crate::journey::Window;

/// What a step waits for by the clock of the person's own zone: an hour, a day of the week.
pub(super) fn ask(question: &Question<'_>) -> (Answer, String) {
    let Some(window) = &question.step.at else { return (Answer::Pass, String::new()) };
    let local = question.now.in_zone(&question.zone.zone);
    let because = format!("{} {}", local.strftime("%a %H:%M"), question.zone);
    if window.contains(local.weekday(), local.time()) {
        return (Answer::Pass, because);
    }
    (Answer::Defer(opens(window, question)), because)
}

/// The first moment after now that is in the window. A day on which the clock jumps over its beginning is left out.
fn opens(window: &Window, question: &Question<'_>) -> Instant {
    let (now, zone) = (question.now, &question.zone.zone);
    let openings = (0..=8).flat_map(|days| days_later(now, days, window.from, zone));
    let is_open = |at: &Instant| {
        let local = at.in_zone(zone);
        *at > now && window.contains(local.weekday(), local.time())
    };
    openings.filter(is_open).min().unwrap_or_else(|| now.after(Wait::days(1)))
}
