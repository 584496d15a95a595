//! A moment, in UTC, to the millisecond.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A moment in UTC, kept as milliseconds since 1970. Written as RFC 3339 text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

/// Text that is no moment of RFC 3339, or one outside the years 1 to 9999.
#[derive(Debug, thiserror::Error)]
#[error("{text:?} is not a moment such as 2026-11-23T05:08:27Z")]
pub struct NotAnInstant {
    text: String,
}

impl Instant {
    /// From milliseconds since 1970-01-01T00:00:00Z; what lies outside the calendar goes to its edge.
    pub fn from_milliseconds(milliseconds: i64) -> Self {
        Self(milliseconds.clamp(MIN, MAX))
    }

    /// From whole seconds since 1970-01-01T00:00:00Z.
    pub fn from_seconds(seconds: i64) -> Self {
        Self::from_milliseconds(seconds.saturating_mul(1000))
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub fn milliseconds(self) -> i64 {
        self.0
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
    pub fn seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// This moment and `wait` later.
    #[must_use]
    pub fn after(self, wait: Wait) -> Self {
        Self::from_milliseconds(self.0.saturating_add(wait.milliseconds()))
    }

    /// This moment and `wait` earlier.
    #[must_use]
    pub fn before(self, wait: Wait) -> Self {
        Self::from_milliseconds(self.0.saturating_sub(wait.milliseconds()))
    }

    /// The same moment on a clock and a calendar of the given zone.
    pub fn in_zone(self, zone: &TimeZone) -> jiff::Zoned {
        self.timestamp().to_zoned(zone.clone())
    }

    /// The same moment as `jiff` writes it.
    pub fn timestamp(self) -> Timestamp {
        Timestamp::from_millisecond(self.0).expect("only built from milliseconds inside the calendar")
    }

    /// The hour it lies in, such as `2026-11-23T05`.
    pub fn hour(self) -> String {
        self.timestamp().strftime("%Y-%m-%dT%H").to_string()
    }
}

/// The first day of the year 1, and the last of 9999 but for what a zone may add.
const MIN: i64 = -62_135_596_800_000;
const MAX: i64 = 253_402_207_200_000;

impl From<Timestamp> for Instant {
    fn from(timestamp: Timestamp) -> Self {
        Self(timestamp.as_millisecond())
    }
}

impl FromStr for Instant {
    type Err = NotAnInstant;

    fn from_str(text: &str) -> Result<Self, NotAnInstant> {
        let timestamp: Timestamp =
            text.parse().map_err(|_| NotAnInstant { text: text.chars().take(40).collect() })?;
        Ok(timestamp.into())
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.timestamp().fmt(formatter)
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Instant {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Instant".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A moment with its offset from UTC (RFC 3339), such as `2026-11-23T09:08:27+04:00`.",
            "type": "string",
            "format": "date-time"
        })
    }
}

/// A span of time that is the same everywhere: a day has 24 hours. Written as `90 minutes`, `1 day`, `14 days`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wait(i64);

/// Text that is no span of minutes, hours, days or weeks.
#[derive(Debug, thiserror::Error)]
#[error("{text:?} is not a wait such as \"90 minutes\", \"4 hours\", \"1 day\" or \"2 weeks\"")]
pub struct NotAWait {
    text: String,
}

impl Wait {
    /// So many seconds.
    pub const fn seconds(seconds: i64) -> Self {
        Self(seconds * 1000)
    }

    /// So many milliseconds.
    pub const fn milliseconds_of(milliseconds: i64) -> Self {
        Self(milliseconds)
    }

    /// Both of them, one after the other.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// So many hours.
    pub const fn hours(hours: i64) -> Self {
        Self::seconds(hours * 3600)
    }

    /// So many days of 24 hours.
    pub const fn days(days: i64) -> Self {
        Self::hours(days * 24)
    }

    /// Its length in milliseconds.
    pub const fn milliseconds(self) -> i64 {
        self.0
    }
}

impl FromStr for Wait {
    type Err = NotAWait;

    fn from_str(text: &str) -> Result<Self, NotAWait> {
        let refused = || NotAWait { text: text.chars().take(40).collect() };
        let (count, unit) = text.trim().split_once(' ').ok_or_else(refused)?;
        let count: u16 = count.parse().map_err(|_| refused())?;
        let unit_seconds = match unit.trim() {
            "minute" | "minutes" => 60,
            "hour" | "hours" => 3600,
            "day" | "days" => 86_400,
            "week" | "weeks" => 7 * 86_400,
            _ => return Err(refused()),
        };
        Ok(Self::seconds(i64::from(count) * unit_seconds))
    }
}

impl fmt::Display for Wait {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let minutes = self.0 / 60_000;
        let (count, unit) = match minutes {
            0 => (0, "minute"),
            m if m % 1440 == 0 => (m / 1440, "day"),
            m if m % 60 == 0 => (m / 60, "hour"),
            m => (m, "minute"),
        };
        write!(formatter, "{count} {unit}{}", if count == 1 { "" } else { "s" })
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Wait {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Wait".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A span of time, such as `90 minutes`, `4 hours`, `1 day` or `2 weeks`.",
            "type": "string",
            "pattern": "^[0-9]+ (minute|hour|day|week)s?$"
        })
    }
}

impl Serialize for Wait {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Wait {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_read_in_any_offset_and_written_in_utc() {
        let moment: Instant = "2026-11-23T09:08:27+04:00".parse().unwrap();
        assert_eq!(moment.to_string(), "2026-11-23T05:08:27Z");
        assert_eq!(moment.hour(), "2026-11-23T05");
        assert!("yesterday".parse::<Instant>().is_err());
    }

    #[test]
    fn no_number_is_outside_the_calendar() {
        for milliseconds in [i64::MIN, MIN, 0, MAX, i64::MAX] {
            assert!(!Instant::from_milliseconds(milliseconds).to_string().is_empty());
        }
    }

    #[test]
    fn waits_read_as_they_are_written() {
        for text in ["90 minutes", "4 hours", "1 day", "14 days"] {
            assert_eq!(text.parse::<Wait>().unwrap().to_string(), text);
        }
        assert_eq!("2 weeks".parse::<Wait>().unwrap(), Wait::days(14));
        for refused in ["", "day", "1.5 days", "-1 days", "1 fortnight"] {
            assert!(refused.parse::<Wait>().is_err(), "{refused}");
        }
    }

    #[test]
    fn what_lies_outside_the_calendar_goes_to_its_edge() {
        let edges = [i64::MIN, MIN - 1, MIN, 0, MAX, MAX + 1, i64::MAX].map(Instant::from_milliseconds);
        assert_eq!(edges.map(Instant::milliseconds), [MIN, MIN, MIN, 0, MAX, MAX, MAX]);
        assert_eq!(edges[0].to_string(), "0001-01-01T00:00:00Z");
    }
}
