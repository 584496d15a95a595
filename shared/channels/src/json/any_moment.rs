//! Times, as desks write them: one body mixes several ways.

use std::fmt;

use rihla_core::instant::Instant;
use serde::{Deserialize, Deserializer, de};

/// A moment: seconds since 1970 with or without a fraction, or text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct AnyMoment(pub(crate) Instant);

/// The last second of the year 9999, nearly. What is later is not in seconds.
const LIMIT_SECONDS: u64 = 253_402_207_200;

impl<'de> Deserialize<'de> for AnyMoment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Visitor)
    }
}

struct Visitor;

impl de::Visitor<'_> for Visitor {
    type Value = AnyMoment;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a moment: seconds since 1970, or text such as 2026-11-23T05:08:27Z")
    }

    fn visit_u64<E: de::Error>(self, seconds: u64) -> Result<AnyMoment, E> {
        let whole = i64::try_from(seconds).ok().filter(|_| seconds <= LIMIT_SECONDS);
        let whole = whole.ok_or_else(|| E::invalid_value(de::Unexpected::Unsigned(seconds), &self))?;
        Ok(AnyMoment(Instant::from_seconds(whole)))
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "checked to fit")]
    fn visit_f64<E: de::Error>(self, seconds: f64) -> Result<AnyMoment, E> {
        if !(0.0..=LIMIT_SECONDS as f64).contains(&seconds) {
            return Err(E::invalid_value(de::Unexpected::Float(seconds), &self));
        }
        Ok(AnyMoment(Instant::from_milliseconds((seconds * 1000.0).round() as i64)))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<AnyMoment, E> {
        // Ruby writes `2026-11-23 05:08:27 UTC`.
        let parsed = match text.strip_suffix(" UTC") {
            Some(utc) => format!("{utc}Z").parse(),
            None => text.parse(),
        };
        parsed.map(AnyMoment).map_err(|_| E::invalid_value(de::Unexpected::Str(text), &self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_moment_is_the_same_however_it_is_written() {
        let moment =
            |text: &str| serde_json::from_str::<AnyMoment>(text).ok().map(|moment| moment.0.to_string());
        let five = Some("2026-11-23T05:08:27Z".to_owned());
        for text in
            ["1795410507", "1795410507.0", r#""2026-11-23T05:08:27Z""#, r#""2026-11-23 05:08:27 UTC""#]
        {
            assert_eq!(moment(text), five, "{text}");
        }
        assert_eq!(moment("1795410507.25").as_deref(), Some("2026-11-23T05:08:27.25Z"));
        assert_eq!(moment(r#""2026-11-23T09:08:27.5+04:00""#).as_deref(), Some("2026-11-23T05:08:27.5Z"));
        for refused in ["-1", "1795410507000", "1e300", r#""now""#, r#""1795410507""#, "null", "true", "[]"] {
            assert_eq!(moment(refused), None, "{refused}");
        }
    }
}
