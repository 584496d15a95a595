//! Moments told as a count since 1970.

use std::fmt;

use rihla_core::instant::Instant;
use serde::{Deserialize, Deserializer, de};

/// A moment: seconds since 1970 or, where that would be a year after 5138, milliseconds; a number or a text of digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct UnixTime(pub(crate) Instant);

const MILLISECONDS_FROM: u64 = 100_000_000_000;

impl From<u64> for UnixTime {
    fn from(count: u64) -> Self {
        let whole = i64::try_from(count).unwrap_or(i64::MAX);
        let is_seconds = count < MILLISECONDS_FROM;
        Self(if is_seconds { Instant::from_seconds(whole) } else { Instant::from_milliseconds(whole) })
    }
}

impl<'de> Deserialize<'de> for UnixTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Visitor)
    }
}

struct Visitor;

impl de::Visitor<'_> for Visitor {
    type Value = UnixTime;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("seconds or milliseconds since 1970")
    }

    fn visit_u64<E: de::Error>(self, count: u64) -> Result<UnixTime, E> {
        Ok(count.into())
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<UnixTime, E> {
        let count = text.trim().parse::<u64>();
        count.map(UnixTime::from).map_err(|_| E::invalid_value(de::Unexpected::Str(text), &self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_milliseconds_are_told_apart_by_their_size() {
        let milliseconds =
            |text: &str| serde_json::from_str::<UnixTime>(text).ok().map(|time| time.0.milliseconds());
        for (text, expected) in [
            ("1697043223", 1_697_043_223_000),
            (r#""1697043223""#, 1_697_043_223_000),
            ("1458692752478", 1_458_692_752_478),
            ("0", 0),
            ("18446744073709551615", 253_402_207_200_000),
        ] {
            assert_eq!(milliseconds(text), Some(expected), "{text}");
        }
        for refused in ["-1", "1.5", r#""soon""#, r#""""#, "null", "[]", "true"] {
            assert_eq!(milliseconds(refused), None, "{refused}");
        }
    }
}
