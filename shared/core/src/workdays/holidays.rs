//! The public holidays of countries.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

use super::day::Day;
use super::{Country, NotADay, is_weekend};

/// The holidays of some countries. In a country that it does not have there are none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Holidays(BTreeMap<Country, Calendar>);

/// As they are written: by country, and by year or `every-year`, days with spaces between.
pub type Written = BTreeMap<Country, BTreeMap<String, String>>;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Calendar {
    every_year: Vec<Day>,
    years: BTreeMap<i16, Vec<Day>>,
}

/// Why a day is off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayOff {
    /// It is the weekend there.
    Weekend(Weekday),
    /// It is a holiday there.
    Holiday(Country),
}

/// Why holidays are none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotHolidays {
    /// A list of days that is neither for a year nor for all.
    #[error("{country}: {key:?} is neither a year nor `every-year`")]
    Key {
        /// Of which country.
        country: Country,
        /// What it is for.
        key: String,
    },
    /// A day that is none.
    #[error("{country}: {why}")]
    Day {
        /// Of which country.
        country: Country,
        /// In which list.
        key: String,
        /// Which word.
        word: String,
        /// Why not.
        why: NotADay,
    },
}

const EVERY_YEAR: &str = "every-year";

/// After so many days off in a row a day counts as one to work on whatever is written: nobody waits for ever.
const LONGEST_BREAK_DAYS: usize = 31;

impl Holidays {
    /// Whether somebody who lives there has this day off, and why. Without a country it is only known when most have their
    /// weekend.
    pub fn is_day_off(&self, country: Option<Country>, date: Date) -> Option<DayOff> {
        if is_weekend(country, date.weekday()) {
            return Some(DayOff::Weekend(date.weekday()));
        }
        let country = country?;
        self.0.get(&country)?.has(date).then_some(DayOff::Holiday(country))
    }

    /// The first day from this one on, itself included, that is not off.
    pub fn next_workday(&self, country: Option<Country>, date: Date) -> Date {
        let mut days = date.series(jiff::Span::new().days(1)).take(LONGEST_BREAK_DAYS);
        days.find(|day| self.is_day_off(country, *day).is_none()).unwrap_or(date)
    }

    /// From what is written.
    pub fn read(written: Written) -> Result<Self, NotHolidays> {
        let read = |(country, written): (Country, BTreeMap<String, String>)| {
            Ok((country, Calendar::read(country, &written)?))
        };
        written.into_iter().map(read).collect::<Result<_, _>>().map(Self)
    }

    /// Adds others: of a country and year that both have, those of both.
    pub fn add(&mut self, others: Self) {
        for (country, mut others) in others.0 {
            let calendar = self.0.entry(country).or_default();
            calendar.every_year.append(&mut others.every_year);
            for (year, mut days) in others.years {
                calendar.years.entry(year).or_default().append(&mut days);
            }
        }
    }

    /// The countries whose holidays it has.
    pub fn countries(&self) -> impl Iterator<Item = Country> {
        self.0.keys().copied()
    }
}

impl Calendar {
    fn has(&self, date: Date) -> bool {
        let this_year = self.years.get(&date.year()).into_iter().flatten();
        self.every_year.iter().chain(this_year).any(|day| day.is_on(date))
    }

    fn read(country: Country, written: &BTreeMap<String, String>) -> Result<Self, NotHolidays> {
        let mut calendar = Self::default();
        for (key, words) in written {
            if key == EVERY_YEAR {
                calendar.every_year = days(country, key, words, |_| true)?;
                continue;
            }
            let year = key.parse().ok().filter(|year| (2000..2100).contains(year));
            let year: i16 = year.ok_or_else(|| NotHolidays::Key { country, key: key.clone() })?;
            calendar.years.insert(year, days(country, key, words, |day| day.is_in(year))?);
        }
        Ok(calendar)
    }
}

fn days(
    country: Country,
    key: &str,
    words: &str,
    exists: impl Fn(Day) -> bool,
) -> Result<Vec<Day>, NotHolidays> {
    let day = |word: &str| {
        let refused = |why| NotHolidays::Day { country, key: key.into(), word: word.into(), why };
        let day: Day = word.parse().map_err(refused)?;
        let year = || key.parse().unwrap_or_default();
        let not_in = || refused(NotADay::NotIn { word: word.into(), year: year() });
        exists(day).then_some(day).ok_or_else(not_in)
    };
    words.split_whitespace().map(day).collect()
}

impl TryFrom<Written> for Holidays {
    type Error = NotHolidays;

    fn try_from(written: Written) -> Result<Self, NotHolidays> {
        Self::read(written)
    }
}

impl From<Holidays> for Written {
    fn from(holidays: Holidays) -> Self {
        let words = |days: &[Day]| days.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        let write = |calendar: Calendar| {
            let years = calendar.years.iter().map(|(year, days)| (year.to_string(), words(days)));
            let every_year = (EVERY_YEAR.to_owned(), words(&calendar.every_year));
            years.chain([every_year]).filter(|(_, words)| !words.is_empty()).collect()
        };
        holidays.0.into_iter().map(|(country, calendar)| (country, write(calendar))).collect()
    }
}

impl fmt::Display for DayOff {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Weekend(day) => write!(formatter, "{day:?} is the weekend"),
            Self::Holiday(country) => write!(formatter, "a public holiday in {country}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn holidays(json: &str) -> Result<Holidays, String> {
        serde_json::from_str(json).map_err(|error| error.to_string())
    }

    fn shop() -> Holidays {
        holidays(
            r#"{"sa": {"every-year": "02-22 09-23", "2026": "03-19..03-24"},
                "DE": {"every-year": "01-01 easter-2 easter+1 12-25..12-26"}}"#,
        )
        .unwrap()
    }

    fn country(letters: &str) -> Option<Country> {
        letters.parse().ok()
    }

    #[test]
    fn weekends_and_holidays_are_those_of_the_country() {
        let shop = shop();
        let off = |letters, date| shop.is_day_off(country(letters), date).map(|off| off.to_string());
        let friday = date(2026, 11, 20);
        assert_eq!(off("SA", friday).as_deref(), Some("Friday is the weekend"));
        assert_eq!(off("DE", friday), None);
        assert_eq!(off("", date(2026, 11, 21)).as_deref(), Some("Saturday is the weekend"));
        assert_eq!(off("IR", date(2026, 11, 21)), None);
        assert_eq!(off("SA", date(2026, 3, 23)).as_deref(), Some("a public holiday in SA"));
        assert_eq!(off("SA", date(2027, 3, 23)), None, "only that year");
        assert_eq!(off("DE", date(2027, 3, 26)).as_deref(), Some("a public holiday in DE"));
        assert_eq!(off("FR", date(2027, 3, 26)), None, "not in the table");
    }

    #[test]
    fn the_next_workday_is_behind_weekend_and_holidays() {
        let next = |letters, date| shop().next_workday(country(letters), date);
        assert_eq!(next("SA", date(2026, 3, 19)), date(2026, 3, 25));
        assert_eq!(next("DE", date(2026, 12, 24)), date(2026, 12, 24), "a workday is its own");
        assert_eq!(next("DE", date(2026, 12, 25)), date(2026, 12, 28));
        assert_eq!(next("DE", date(2026, 4, 3)), date(2026, 4, 7));
        let never = holidays(r#"{"DE": {"every-year": "01-01..12-31"}}"#).unwrap();
        assert_eq!(
            never.next_workday(country("DE"), date(2026, 6, 1)),
            date(2026, 6, 1),
            "nobody waits for ever"
        );
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (json, problem) in [
            (r#"{"DEU": {}}"#, "\"DEU\" is not a country's two letters such as SA"),
            (r#"{"DE": {"every year": "01-01"}}"#, "DE: \"every year\" is neither a year nor `every-year`"),
            (r#"{"DE": {"26": "01-01"}}"#, "DE: \"26\" is neither a year nor `every-year`"),
            (r#"{"DE": {"2026": "02-29"}}"#, "DE: \"02-29\" is a day that 2026 does not have"),
            (r#"{"DE": {"every-year": "02-30"}}"#, "DE: \"02-30\" is a day that does not exist"),
        ] {
            let refused = holidays(json).unwrap_err();
            assert!(refused.starts_with(problem), "{refused}");
        }
    }

    proptest! {
        #[test]
        fn the_next_workday_is_the_first_that_is_not_off(
            letters in prop_oneof![Just("SA"), Just("DE"), Just("IR"), Just("AF"), Just("IN"), Just("")],
            days in 0..4_000_i32,
        ) {
            let (shop, country) = (shop(), country(letters));
            let day = date(2025, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap();
            let next = shop.next_workday(country, day);
            prop_assert!(next >= day && shop.is_day_off(country, next).is_none());
            for between in day.series(jiff::Span::new().days(1)).take_while(|between| *between < next) {
                prop_assert!(shop.is_day_off(country, between).is_some());
            }
        }

        #[test]
        fn every_week_has_its_weekend(letters in "[A-Z]{2}", days in 0..4_000_i32) {
            let monday = date(2025, 1, 6).checked_add(jiff::Span::new().days(days)).unwrap();
            let week = monday.series(jiff::Span::new().days(1)).take(7);
            let off = week.filter(|day| is_weekend(country(&letters), day.weekday())).count();
            prop_assert!((1..=2).contains(&off));
        }
    }

    #[test]
    fn written_and_read_again_it_is_the_same() {
        let written = serde_json::to_string(&shop()).unwrap();
        assert_eq!(holidays(&written), Ok(shop()));
    }
}
