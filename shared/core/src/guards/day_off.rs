use jiff::civil::Time;

use super::clock::days_later;
use super::{Answer, Question};
use crate::event::Purpose;
use crate::instant::{Instant, Wait};

/// Nobody is asked or sold anything on their weekend or a public holiday, by the calendar where they live. Service is not
/// kept waiting.
pub(super) fn ask(question: &Question<'_>) -> (Answer, String) {
    let country = question.country().and_then(|country| country.parse().ok());
    let today = question.now.in_zone(&question.zone.zone).date();
    let day_off = question.holidays.is_day_off(country, today);
    let Some(day_off) =
        day_off.filter(|_| question.limits.days_off && question.journey.purpose != Purpose::Service)
    else {
        return (Answer::Pass, String::new());
    };
    let workday = question.holidays.next_workday(country, today);
    let days = today.until(workday).map_or(1, |span| span.get_days().max(1));
    (Answer::Defer(begins(question, days)), format!("{today} is {day_off}"))
}

/// When the day so many days later begins.
fn begins(question: &Question<'_>, days: i32) -> Instant {
    let midnight = days_later(question.now, days, Time::midnight(), &question.zone.zone).min();
    midnight.unwrap_or_else(|| question.now.after(Wait::days(days.into())))
}
