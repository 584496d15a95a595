use serde::{Deserialize, Serialize};

use super::Style;

/// Digits and separators.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberFormat {
    /// Which digits.
    pub digits: Digits,
    /// Between groups of three.
    pub group: String,
    /// Before the fraction.
    pub decimal: String,
}

/// Which digits a locale writes with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Digits {
    /// 0123456789
    Latin,
    /// ٠١٢٣٤٥٦٧٨٩
    ArabicIndic,
    /// ۰۱۲۳۴۵۶۷۸۹
    Persian,
}

impl Digits {
    fn zero(self) -> u32 {
        u32::from(match self {
            Self::Latin => '0',
            Self::ArabicIndic => '\u{0660}',
            Self::Persian => '\u{06f0}',
        })
    }

    /// The same text with its ASCII digits written in these.
    pub(super) fn write(self, text: &str) -> String {
        let written =
            |c: char| c.to_digit(10).and_then(|digit| char::from_u32(self.zero() + digit)).unwrap_or(c);
        text.chars().map(written).collect()
    }
}

impl Style<'_> {
    /// A whole number, ungrouped: a quantity, a score, a year.
    pub(crate) fn number(&self, number: impl Into<i64>) -> String {
        self.numbers.digits.write(&number.into().to_string())
    }

    /// A decimal: `1234500` with 3 digits of fraction is `1,234.500`.
    pub(super) fn decimal(&self, minor: u64, fraction_digits: usize) -> String {
        let width = fraction_digits + 1;
        let digits = format!("{minor:0width$}");
        let (whole, fraction) = digits.split_at(digits.len() - fraction_digits);
        let mut text = self.grouped(whole);
        if !fraction.is_empty() {
            text.push_str(&self.numbers.decimal);
            text.push_str(&self.numbers.digits.write(fraction));
        }
        text
    }

    fn grouped(&self, whole: &str) -> String {
        let mut text = String::with_capacity(whole.len() * 2);
        for (index, digit) in self.numbers.digits.write(whole).chars().enumerate() {
            if index > 0 && (whole.len() - index).is_multiple_of(3) {
                text.push_str(&self.numbers.group);
            }
            text.push(digit);
        }
        text
    }
}
