//! Moments in the other ways in which providers write them.

use rihla_core::instant::Instant;
use serde::{Deserialize, Deserializer, de};

use super::Text;

/// A moment as seconds since 1970: a number, or digits as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Seconds(pub(crate) Instant);

/// A moment without its zone, of which the field's name says that it is UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Utc(pub(crate) Instant);

#[derive(Deserialize)]
#[serde(untagged)]
enum Digits {
    Number(i64),
    Text(String),
}

/// The last second of the year 9999, beyond which a moment cannot be written.
const LAST: i64 = 253_402_300_799;

impl<'de> Deserialize<'de> for Seconds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let expected = || de::Error::custom("expected seconds since 1970");
        let seconds = match Digits::deserialize(deserializer).map_err(|_| expected())? {
            Digits::Number(seconds) => Some(seconds),
            Digits::Text(text) => text.trim().parse().ok(),
        };
        let seconds = seconds.filter(|seconds| (0..=LAST).contains(seconds)).ok_or_else(expected)?;
        Ok(Self(Instant::from_seconds(seconds)))
    }
}

impl<'de> Deserialize<'de> for Utc {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Text::deserialize(deserializer)?;
        let text = text.trimmed().unwrap_or_default();
        let with_its_zone = text.parse();
        with_its_zone.or_else(|_| format!("{text}Z").parse()).map(Self).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_numbers_or_digits() {
        let at = |text: &str| serde_json::from_str::<Seconds>(text).ok().map(|at| at.0.to_string());
        let expected = Some("2026-11-23T05:08:27Z".to_owned());
        assert_eq!((at("1795410507"), at(r#""1795410507""#)), (expected.clone(), expected));
        for refused in ["-1", "1.5", "18446744073709551615", "253402300800", "null", r#""""#, r#""soon""#] {
            assert_eq!(at(refused), None, "{refused}");
        }
    }

    #[test]
    fn a_moment_without_a_zone_is_utc() {
        let at = |text: &str| serde_json::from_str::<Utc>(text).ok().map(|at| at.0.to_string());
        for text in ["2026-11-23T05:08:27", "2026-11-23T05:08:27Z", "2026-11-23T09:08:27+04:00"] {
            assert_eq!(at(&format!("{text:?}")).as_deref(), Some("2026-11-23T05:08:27Z"), "{text}");
        }
        for refused in ["\"\"", "\"2026-11-23\"", "\"last week\"", "1795410507", "null"] {
            assert_eq!(at(refused), None, "{refused}");
        }
    }
}
