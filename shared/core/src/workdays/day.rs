//! One word of a country's list of holidays.

use std::fmt;
use std::str::FromStr;

use jiff::Span;
use jiff::civil::{Date, Weekday};

use super::easter;

/// A holiday, as a list names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Day {
    /// `12-25`, or `10-01..10-07`: from a day to another of the same year, both included.
    Fixed { from: (i8, i8), to: (i8, i8) },
    /// `easter-2` or `orthodox+1`: so many days after or before Easter.
    Easter { is_eastern: bool, days: i16 },
    /// `09-mon-1`: the first Monday of September; `05-mon-last`: the last of May.
    Nth { month: i8, weekday: Weekday, nth: i8 },
}

/// Why a word is no holiday.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotADay {
    /// Not of the form of any.
    #[error("{0:?} is not a day such as 12-25, 10-01..10-07, easter-2, orthodox+1 or 09-mon-1")]
    Form(String),
    /// No year has it.
    #[error("{0:?} is a day that does not exist")]
    Never(String),
    /// The year has no such day.
    #[error("{word:?} is a day that {year} does not have")]
    NotIn {
        /// The day.
        word: String,
        /// The year.
        year: i16,
    },
    /// The days of a range stand in the wrong order.
    #[error("{0:?} ends before it begins")]
    Backwards(String),
}

/// A leap year, which has all days that any year has.
const ANY_YEAR: i16 = 2028;

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("mon", Weekday::Monday),
    ("tue", Weekday::Tuesday),
    ("wed", Weekday::Wednesday),
    ("thu", Weekday::Thursday),
    ("fri", Weekday::Friday),
    ("sat", Weekday::Saturday),
    ("sun", Weekday::Sunday),
];

impl Day {
    /// Whether it falls on this date.
    pub(super) fn is_on(self, date: Date) -> bool {
        match self {
            Self::Fixed { from, to } => (from..=to).contains(&(date.month(), date.day())),
            Self::Easter { is_eastern, days } => {
                let easter = if is_eastern { easter::eastern } else { easter::western };
                let on =
                    easter(date.year()).and_then(|easter| easter.checked_add(Span::new().days(days)).ok());
                on == Some(date)
            }
            Self::Nth { month, weekday, nth } => {
                let first = Date::new(date.year(), month, 1);
                first.and_then(|first| first.nth_weekday_of_month(nth, weekday)).is_ok_and(|on| on == date)
            }
        }
    }

    /// Whether a year has it; one that is counted from Easter is in every year.
    pub(super) fn is_in(self, year: i16) -> bool {
        match self {
            Self::Fixed { from, to } => {
                [from, to].iter().all(|(month, day)| Date::new(year, *month, *day).is_ok())
            }
            Self::Easter { .. } | Self::Nth { .. } => true,
        }
    }
}

impl FromStr for Day {
    type Err = NotADay;

    fn from_str(word: &str) -> Result<Self, NotADay> {
        let day = fixed(word).or_else(|| by_easter(word)).or_else(|| nth(word));
        let day = day.ok_or_else(|| NotADay::Form(word.chars().take(30).collect()))?;
        match day {
            Self::Fixed { .. } if !day.is_in(ANY_YEAR) => Err(NotADay::Never(word.to_owned())),
            Self::Fixed { from, to } if to < from => Err(NotADay::Backwards(word.to_owned())),
            day => Ok(day),
        }
    }
}

fn fixed(word: &str) -> Option<Day> {
    let (from, to) = word.split_once("..").unwrap_or((word, word));
    Some(Day::Fixed { from: month_and_day(from)?, to: month_and_day(to)? })
}

fn month_and_day(text: &str) -> Option<(i8, i8)> {
    let (month, day) = text.split_once('-')?;
    Some((two_digits(month)?, two_digits(day)?))
}

fn two_digits(text: &str) -> Option<i8> {
    (text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

fn by_easter(word: &str) -> Option<Day> {
    let (is_eastern, days) = match (word.strip_prefix("easter"), word.strip_prefix("orthodox")) {
        (Some(days), _) => (false, days),
        (_, Some(days)) => (true, days),
        _ => return None,
    };
    // More than a hundred days from Easter it may be another year.
    let days =
        Some(days).filter(|days| days.starts_with(['+', '-'])).and_then(|days| days.parse::<i16>().ok())?;
    (days.abs() <= 100).then_some(Day::Easter { is_eastern, days })
}

fn nth(word: &str) -> Option<Day> {
    let mut parts = word.splitn(3, '-');
    let month = two_digits(parts.next()?).filter(|month| (1..=12).contains(month))?;
    let name = parts.next()?;
    let (_, weekday) = WEEKDAYS.iter().find(|(short, _)| *short == name)?;
    let nth = match parts.next()? {
        "last" => -1,
        number => number.parse().ok().filter(|nth| (1..=4).contains(nth))?,
    };
    Some(Day::Nth { month, weekday: *weekday, nth })
}

impl fmt::Display for Day {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Fixed { from, to } if from == to => write!(formatter, "{:02}-{:02}", from.0, from.1),
            Self::Fixed { from, to } => {
                write!(formatter, "{:02}-{:02}..{:02}-{:02}", from.0, from.1, to.0, to.1)
            }
            Self::Easter { is_eastern, days } => {
                write!(formatter, "{}{days:+}", if is_eastern { "orthodox" } else { "easter" })
            }
            Self::Nth { month, weekday, nth } => {
                let short = WEEKDAYS.iter().find(|(_, day)| *day == weekday).map_or("", |(short, _)| short);
                let nth = if nth < 0 { "last".to_owned() } else { nth.to_string() };
                write!(formatter, "{month:02}-{short}-{nth}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn words_are_days() {
        for (word, on, not_on) in [
            ("12-25", date(2031, 12, 25), date(2031, 12, 24)),
            ("02-29", date(2028, 2, 29), date(2028, 3, 1)),
            ("10-01..10-07", date(2026, 10, 7), date(2026, 10, 8)),
            ("12-30..12-31", date(2026, 12, 30), date(2026, 1, 1)),
            ("easter-2", date(2027, 3, 26), date(2027, 3, 28)),
            ("easter+39", date(2026, 5, 14), date(2027, 5, 14)),
            ("orthodox+1", date(2027, 5, 3), date(2027, 3, 29)),
            ("09-mon-1", date(2026, 9, 7), date(2026, 9, 14)),
            ("05-mon-last", date(2027, 5, 31), date(2027, 5, 24)),
            ("11-thu-4", date(2029, 11, 22), date(2029, 11, 29)),
        ] {
            let day: Day = word.parse().unwrap();
            assert!(day.is_on(on) && !day.is_on(not_on), "{word}");
            assert_eq!(day.to_string(), word);
        }
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for word in [
            "",
            "1-1",
            "12/25",
            "easter",
            "easter2",
            "easter+101",
            "13-mon-1",
            "05-mon-5",
            "05-may-1",
            "12-25..",
        ] {
            assert_eq!(word.parse::<Day>(), Err(NotADay::Form(word.to_owned())));
        }
        for word in ["02-30", "00-10", "13-01", "01-01..02-30", "06-31"] {
            assert_eq!(word.parse::<Day>(), Err(NotADay::Never(word.to_owned())));
        }
        assert_eq!("03-02..03-01".parse::<Day>(), Err(NotADay::Backwards("03-02..03-01".into())));
    }
}
