//! How a language writes numbers, days and money. The words are in the locale files; the rules are here.

mod date;
mod money;
mod number;
mod plural;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use number::{Digits, NumberFormat};
pub use plural::{Plural, PluralCategory};

use crate::Direction;

/// How a language writes, and what some regions write otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Formats {
    /// Where no region says otherwise.
    pub default: Format,
    /// Later entries win over earlier ones that name the same region.
    #[serde(default)]
    pub regions: Vec<Regional>,
}

/// How numbers, days and money are written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Format {
    /// Digits and separators.
    pub numbers: NumberFormat,
    /// Names of months and days, and their order.
    pub dates: DateFormat,
    /// `{symbol}{amount}` or `{amount} {symbol}`.
    pub money: String,
    /// Currencies' symbols by ISO 4217 code; the code itself where none is given.
    #[serde(default)]
    pub symbols: BTreeMap<String, String>,
}

/// Names of months and days, and their order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateFormat {
    /// From January.
    pub months: [String; 12],
    /// From Sunday.
    pub weekdays: [String; 7],
    /// A day near by: `{weekday} {day} {month}`.
    pub day: String,
    /// A day with its year: `{day} {month} {year}`.
    pub date: String,
}

/// What some regions write otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Regional {
    /// ISO 3166 codes.
    pub regions: Vec<String>,
    /// In place of [`Format::numbers`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub numbers: Option<NumberFormat>,
    /// In place of [`Format::dates`], where given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dates: Option<DateOverride>,
    /// Before [`Format::symbols`].
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub symbols: BTreeMap<String, String>,
}

/// The parts of a [`DateFormat`] that a region changes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DateOverride {
    /// In place of [`DateFormat::months`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub months: Option<[String; 12]>,
    /// In place of [`DateFormat::day`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<String>,
    /// In place of [`DateFormat::date`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
}

/// How one locale writes: the language's format with its region's changes.
pub(crate) struct Style<'a> {
    pub(crate) direction: Direction,
    pub(crate) plural: Plural,
    numbers: &'a NumberFormat,
    months: &'a [String; 12],
    weekdays: &'a [String; 7],
    day: &'a str,
    date: &'a str,
    money: &'a str,
    symbols: Vec<&'a BTreeMap<String, String>>,
}

impl<'a> Style<'a> {
    pub(crate) fn new(
        formats: &'a Formats,
        language: &str,
        region: Option<&str>,
        direction: Direction,
    ) -> Self {
        let base = &formats.default;
        let style = Self {
            direction,
            plural: Plural::of(language),
            numbers: &base.numbers,
            months: &base.dates.months,
            weekdays: &base.dates.weekdays,
            day: &base.dates.day,
            date: &base.dates.date,
            money: &base.money,
            symbols: vec![&base.symbols],
        };
        let is_here =
            |regional: &&Regional| regional.regions.iter().any(|code| Some(code.as_str()) == region);
        formats.regions.iter().filter(is_here).fold(style, Style::with)
    }

    fn with(mut self, change: &'a Regional) -> Self {
        self.numbers = change.numbers.as_ref().unwrap_or(self.numbers);
        if let Some(dates) = &change.dates {
            self.months = dates.months.as_ref().unwrap_or(self.months);
            self.day = dates.day.as_deref().unwrap_or(self.day);
            self.date = dates.date.as_deref().unwrap_or(self.date);
        }
        self.symbols.insert(0, &change.symbols);
        self
    }
}
