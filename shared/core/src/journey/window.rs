//! The hours and days at which a message is sent, by the person's own clock.

use jiff::civil::{Time, Weekday};
use serde::{Deserialize, Serialize};

/// Hours of some days of the week: `{ from: "10:00", to: "18:00", weekdays: [tuesday, thursday] }`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Window {
    /// The first minute of a day.
    #[serde(default = "midnight")]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub from: Time,
    /// The first minute after it; midnight is the end of the day.
    #[serde(default = "midnight")]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub to: Time,
    /// The days; all where none is named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub weekdays: Vec<Day>,
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Day {
    /// Monday.
    Monday,
    /// Tuesday.
    Tuesday,
    /// Wednesday.
    Wednesday,
    /// Thursday.
    Thursday,
    /// Friday.
    Friday,
    /// Saturday.
    Saturday,
    /// Sunday.
    Sunday,
}

impl Window {
    /// Whether there is no minute in it.
    pub fn is_empty(&self) -> bool {
        self.to != Time::midnight() && self.from >= self.to
    }

    /// Whether that time of a day is in it, on one of its days.
    pub fn contains_time(&self, time: Time) -> bool {
        self.from <= time && (time < self.to || self.to == Time::midnight())
    }

    /// Whether that moment of a person's clock is in it.
    pub fn contains(&self, weekday: Weekday, time: Time) -> bool {
        let is_day = self.weekdays.is_empty() || self.weekdays.contains(&weekday.into());
        is_day && self.contains_time(time)
    }
}

impl From<Weekday> for Day {
    fn from(weekday: Weekday) -> Self {
        match weekday {
            Weekday::Monday => Self::Monday,
            Weekday::Tuesday => Self::Tuesday,
            Weekday::Wednesday => Self::Wednesday,
            Weekday::Thursday => Self::Thursday,
            Weekday::Friday => Self::Friday,
            Weekday::Saturday => Self::Saturday,
            Weekday::Sunday => Self::Sunday,
        }
    }
}

fn midnight() -> Time {
    Time::midnight()
}
