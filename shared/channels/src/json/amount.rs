//! Amounts of money, as decimal texts.

use std::borrow::Cow;
use std::fmt;

use rihla_core::money::{Currency, Money, NotMoney};
use serde::{Deserialize, Deserializer, de};

/// An amount in units of a currency that is told elsewhere: a decimal text, or a number where a provider slips.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Amount<'a>(Cow<'a, str>);

impl Amount<'_> {
    /// The money that it is in a currency.
    pub(crate) fn money(&self, currency: Currency) -> Result<Money, NotMoney> {
        Money::parse(&self.0, currency)
    }

    /// Its whole part, and whether there is more behind the point. Nothing for what is no decimal number.
    pub(crate) fn whole(&self) -> Option<(i64, bool)> {
        let (whole, fraction) = self.0.trim().split_once('.').unwrap_or((self.0.trim(), ""));
        let digits = fraction.bytes().all(|byte| byte.is_ascii_digit());
        let is_more = fraction.bytes().any(|byte| byte != b'0');
        whole.parse().ok().filter(|_| digits).map(|whole| (whole, is_more))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Amount<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Visitor).map(Self)
    }
}

struct Visitor;

impl<'de> de::Visitor<'de> for Visitor {
    type Value = Cow<'de, str>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an amount such as \"129.90\"")
    }

    fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Cow::Owned(number.to_string()))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Cow::Owned(number.to_string()))
    }

    /// The shortest decimal that reads as this number is what the sender wrote.
    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Cow::Owned(number.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_numbers_are_the_same_money() {
        let minor = |text: &str| {
            let amount: Amount<'_> = serde_json::from_str(text).ok()?;
            amount.money("EUR".parse().unwrap()).ok().map(|money| money.minor)
        };
        assert_eq!(minor(r#""129.90""#), Some(12_990));
        assert_eq!(
            (minor("129.9"), minor("199"), minor("0.0"), minor("-5")),
            (Some(12_990), Some(19_900), Some(0), Some(-500))
        );
        for refused in ["1e300", "0.1234", r#""many""#, "true", "[]", "null"] {
            assert_eq!(minor(refused), None, "{refused}");
        }
    }
}
