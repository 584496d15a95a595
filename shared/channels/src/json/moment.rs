//! Moments in the other ways in which providers write them.

use std::fmt;

use jiff::fmt::rfc2822::DateTimeParser;
use rihla_core::instant::Instant;
use serde::{Deserialize, Deserializer, de};

use super::Text;

/// A moment as seconds since 1970: a number, or digits as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Seconds(pub(crate) Instant);

/// A moment without its zone, of which the field's name says that it is UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Utc(pub(crate) Instant);

/// A moment as mails write it (RFC 2822), such as `Tue, 20 Nov 2012 00:00:00 +0000`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct MailDate(pub(crate) Instant);

/// The last second of the year 9999, beyond which a moment cannot be written.
const LAST: i64 = 253_402_300_799;

impl<'de> Deserialize<'de> for Seconds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SecondsVisitor)
    }
}

struct SecondsVisitor;

impl de::Visitor<'_> for SecondsVisitor {
    type Value = Seconds;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("seconds since 1970")
    }

    fn visit_u64<E: de::Error>(self, seconds: u64) -> Result<Seconds, E> {
        let seconds_signed = i64::try_from(seconds).ok().filter(|seconds| *seconds <= LAST);
        let wrong = || E::invalid_value(de::Unexpected::Unsigned(seconds), &self);
        seconds_signed.map(|seconds| Seconds(Instant::from_seconds(seconds))).ok_or_else(wrong)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Seconds, E> {
        let wrong = |_| E::invalid_value(de::Unexpected::Str(text), &self);
        text.trim().parse().map_err(wrong).and_then(|seconds| self.visit_u64(seconds))
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

impl<'de> Deserialize<'de> for MailDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Text::deserialize(deserializer)?;
        let moment = DateTimeParser::new().parse_timestamp(text.trimmed().unwrap_or_default());
        let expected = |_| de::Error::custom("expected a moment such as Tue, 20 Nov 2012 00:00:00 +0000");
        moment.map(|moment| Self(moment.into())).map_err(expected)
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

    #[test]
    fn a_moment_as_in_a_mail_has_its_zone() {
        let at = |text: &str| serde_json::from_str::<MailDate>(text).ok().map(|at| at.0.to_string());
        for text in ["Mon, 23 Nov 2026 05:08:27 +0000", "Mon, 23 Nov 2026 09:08:27 +0400"] {
            assert_eq!(at(&format!("{text:?}")).as_deref(), Some("2026-11-23T05:08:27Z"), "{text}");
        }
        for refused in ["\"\"", "\"2026-11-23T05:08:27Z\"", "1795410507", "null"] {
            assert_eq!(at(refused), None, "{refused}");
        }
    }
}
