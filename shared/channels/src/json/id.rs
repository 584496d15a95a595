//! Ids, kept as text: many are numbers above 2^53, which a floating-point number cannot hold.

use std::fmt;

use serde::{Deserialize, Deserializer, de};

/// An id: a whole number or a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Id(pub(crate) String);

impl Id {
    /// Whether it can stand in the path of an address as it is.
    pub(crate) fn is_plain(&self) -> bool {
        self.0.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
    }
}

/// More than any provider's ids; a longer one would not fit into a key of the table.
const LIMIT_BYTES: usize = 255;

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Visitor)
    }
}

struct Visitor;

impl de::Visitor<'_> for Visitor {
    type Value = Id;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "an id: a whole number or a text of 1 to {LIMIT_BYTES} bytes")
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Id, E> {
        Ok(Id(number.to_string()))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Id, E> {
        let text = text.trim();
        if (1..=LIMIT_BYTES).contains(&text.len()) {
            Ok(Id(text.to_owned()))
        } else {
            Err(E::invalid_value(de::Unexpected::Str(text), &self))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_above_two_to_the_53_lose_nothing() {
        let id = |text: &str| serde_json::from_str::<Id>(text).ok().map(|id| id.0);
        assert_eq!(id("9007199254740993").as_deref(), Some("9007199254740993"));
        assert_eq!(id("18446744073709551615").as_deref(), Some("18446744073709551615"));
        assert_eq!(id(r#"" gid://shopify/Order/1 ""#).as_deref(), Some("gid://shopify/Order/1"));
        for refused in ["18446744073709551616", "8.2e17", "1.0", "-1", "null", "true", r#""""#, "[1]"] {
            assert_eq!(id(refused), None, "{refused}");
        }
        assert_eq!(id(&format!("\"{}\"", "9".repeat(256))), None);
    }

    #[test]
    fn what_could_lead_elsewhere_is_not_plain() {
        assert!(Id("cs_test_a1-B2".into()).is_plain());
        for refused in ["..", "a/b", "a?b", "a%2fb", "é", "a b", "a#b"] {
            assert!(!Id(refused.into()).is_plain(), "{refused}");
        }
    }
}
