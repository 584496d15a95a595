//! How many of something: shops that sell by the metre have halves, and some providers write numbers as text.

use serde::{Deserialize, Deserializer};

use super::Amount;

/// How many, as a whole number: what was begun counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Count(pub(crate) u32);

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let amount = Amount::deserialize(deserializer)?;
        let whole = amount.whole().and_then(|(whole, is_more)| whole.checked_add(i64::from(is_more)));
        let count = whole.and_then(|whole| u32::try_from(whole).ok());
        count.map(Self).ok_or_else(|| serde::de::Error::custom("expected a number of things such as 2"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_begun_counts() {
        let count = |text: &str| serde_json::from_str::<Count>(text).ok().map(|count| count.0);
        assert_eq!(
            (count("2"), count(r#""2""#), count("2.0"), count(r#""1.5""#)),
            (Some(2), Some(2), Some(2), Some(2))
        );
        assert_eq!((count("0"), count("0.25")), (Some(0), Some(1)));
        for refused in ["-1", "1e300", "4294967296", r#""many""#, r#""""#, "null", "[]"] {
            assert_eq!(count(refused), None, "{refused}");
        }
    }
}
