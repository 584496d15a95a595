//! Times as exports write them.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use rihla_core::instant::Instant;

/// Why a text is no moment.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoMoment {
    #[error("{0:?} is no time such as 2026-11-02 09:00:00 +0100 or 2026-11-02T08:00:00Z")]
    Unreadable(String),
    #[error("{0:?} may be a day of one month or of another: write it as 2026-11-02")]
    Ambiguous(String),
    #[error("{at} is later than the export, {latest}")]
    Later { at: Instant, latest: Instant },
}

/// `2026-11-02 09:00:00 +0100` as Shopify writes it, RFC 3339, seconds or milliseconds since 1970; or a date, with or
/// without a time, on the clocks of `zone`.
pub(crate) fn moment(text: &str, zone: &TimeZone) -> Result<Instant, NoMoment> {
    let text = text.trim();
    let text = text.strip_suffix(" UTC").map_or_else(|| text.to_owned(), |local| format!("{local} +0000"));
    let with_zone = || text.parse().ok().or_else(|| Timestamp::strptime("%Y-%m-%d %H:%M:%S %z", &text).ok());
    let found = since_1970(&text).or_else(with_zone).or_else(|| local(&text, zone));
    match found {
        Some(moment) => Ok(Instant::from(moment)),
        None if text.contains('/') => Err(NoMoment::Ambiguous(text)),
        None => Err(NoMoment::Unreadable(text)),
    }
}

fn since_1970(text: &str) -> Option<Timestamp> {
    let number: i64 = text.parse().ok()?;
    match text.len() {
        9..=10 => Timestamp::from_second(number).ok(),
        12..=13 => Timestamp::from_millisecond(number).ok(),
        _ => None,
    }
}

fn local(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    let minutes = || DateTime::strptime("%Y-%m-%d %H:%M", text).ok();
    let day = || text.parse::<Date>().ok().map(|date| date.at(0, 0, 0, 0));
    let local = text.parse::<DateTime>().ok().or_else(minutes).or_else(day)?;
    zone.to_ambiguous_timestamp(local).compatible().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_exports_write_them() {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let read = |text: &str| moment(text, &zone).ok().map(|at| at.to_string());
        let nine = Some("2026-11-02T08:00:00Z".to_owned());
        let same = [
            "2026-11-02 09:00:00 +0100",
            "2026-11-02T08:00:00Z",
            "2026-11-02T08:00:00.000Z",
            "2026-11-02T09:00:00+01:00",
            "2026-11-02 08:00:00 UTC",
            "2026-11-02 09:00:00",
            "2026-11-02T09:00",
            "2026-11-02 09:00",
            "1793606400",
            "1793606400000",
        ];
        for text in same {
            assert_eq!(read(text), nine, "{text}");
        }
        assert_eq!(read("2026-11-02"), Some("2026-11-01T23:00:00Z".to_owned()));
        for text in ["", "yesterday", "2026-13-02", "17", "2026-11-02 09:00:00 +0"] {
            assert!(read(text).is_none(), "{text}");
        }
        assert!(matches!(moment("07/04/2026", &zone), Err(NoMoment::Ambiguous(_))));
    }
}
