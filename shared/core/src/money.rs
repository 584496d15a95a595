//! Money: integer minor units with their ISO 4217 currency.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A currency's three letters (ISO 4217), such as `EUR`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(with = "String", extend("pattern" = "^[A-Za-z]{3}$")))]
pub struct Currency([u8; 3]);

/// An amount in minor units (cents, fils, yen) of one currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Money {
    /// Minor units: 12990 is 129.90 EUR, 12990 JPY, 12.990 KWD.
    pub minor: i64,
    /// Their currency.
    pub currency: Currency,
}

/// Why a text is no money.
#[derive(Debug, thiserror::Error)]
pub enum NotMoney {
    /// Not three letters.
    #[error("{0:?} is not a currency of three letters such as EUR")]
    Currency(String),
    /// Not a decimal number, or more digits than the currency has.
    #[error("{0:?} is not an amount such as 129.90")]
    Amount(String),
}

impl Currency {
    /// How many decimal digits its minor unit stands for (ISO 4217, table A.1).
    pub fn digits(self) -> u32 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG" | b"RWF"
            | b"UGX" | b"UYI" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }

    /// Its three letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("only built from ASCII letters")
    }
}

impl FromStr for Currency {
    type Err = NotMoney;

    fn from_str(text: &str) -> Result<Self, NotMoney> {
        let letters: [u8; 3] = text
            .trim()
            .as_bytes()
            .try_into()
            .map_err(|_| NotMoney::Currency(text.chars().take(12).collect()))?;
        if !letters.iter().all(u8::is_ascii_alphabetic) {
            return Err(NotMoney::Currency(text.to_owned()));
        }
        Ok(Self(letters.map(|letter| letter.to_ascii_uppercase())))
    }
}

impl TryFrom<String> for Currency {
    type Error = NotMoney;

    fn try_from(text: String) -> Result<Self, NotMoney> {
        text.parse()
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.as_str().to_owned()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl Money {
    /// From minor units.
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// From a decimal text such as `129.90`. Digits beyond the currency's minor unit are refused unless zero.
    pub fn parse(amount: &str, currency: Currency) -> Result<Self, NotMoney> {
        let refused = || NotMoney::Amount(amount.chars().take(40).collect());
        let text = amount.trim();
        let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let digits = currency.digits() as usize;
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) {
            return Err(refused());
        }
        let (kept, beyond) = fraction.split_at(fraction.len().min(digits));
        if beyond.bytes().any(|digit| digit != b'0') {
            return Err(refused());
        }
        let minor: i64 = format!("{whole}{kept:0<digits$}").parse().map_err(|_| refused())?;
        Ok(Self::new(if negative { -minor } else { minor }, currency))
    }
}

impl fmt::Display for Money {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.currency.digits();
        let unit = 10_u64.pow(digits);
        let (sign, minor) = (if self.minor < 0 { "-" } else { "" }, self.minor.unsigned_abs());
        write!(formatter, "{sign}{}", minor / unit)?;
        if digits > 0 {
            write!(formatter, ".{:0width$}", minor % unit, width = digits as usize)?;
        }
        write!(formatter, " {}", self.currency)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_by_their_currency() {
        let parse = |amount: &str, currency: &str| {
            Money::parse(amount, currency.parse().unwrap()).ok().map(|money| money.to_string())
        };
        assert_eq!(parse("129.9", "eur").as_deref(), Some("129.90 EUR"));
        assert_eq!(parse("129.900", "EUR").as_deref(), Some("129.90 EUR"));
        assert_eq!(parse("1200", "JPY").as_deref(), Some("1200 JPY"));
        assert_eq!(parse("12.5", "KWD").as_deref(), Some("12.500 KWD"));
        assert_eq!(parse("-0.05", "USD").as_deref(), Some("-0.05 USD"));
        for (amount, currency) in
            [("1.005", "EUR"), ("1e3", "EUR"), ("", "EUR"), ("1,50", "EUR"), (".", "EUR")]
        {
            assert_eq!(parse(amount, currency), None, "{amount}");
        }
        assert!(Money::parse("99999999999999999999", "EUR".parse().unwrap()).is_err());
        assert!("EU".parse::<Currency>().is_err() && "E1R".parse::<Currency>().is_err());
    }
}
