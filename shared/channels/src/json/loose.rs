//! Texts that are welcome and not needed.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, IgnoredAny};
use serde::{Deserialize, Deserializer};

use super::Text;

/// A text that must not spoil what is needed: something else in its place counts as nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Loose<'a>(Option<Text<'a>>);

impl<'a> Loose<'a> {
    /// The text, if it is one.
    pub(crate) fn text(&self) -> Option<&Text<'a>> {
        self.0.as_ref()
    }

    /// The text without white space around it, if it is one and something is left.
    pub(crate) fn trimmed(&self) -> Option<&str> {
        self.0.as_ref().and_then(Text::trimmed)
    }

    /// The trimmed text, cut after so many characters.
    pub(crate) fn limited(&self, characters: usize) -> Option<String> {
        self.0.as_ref().and_then(|text| text.limited(characters))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Loose<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Visitor).map(Self)
    }
}

struct Visitor;

impl<'de> de::Visitor<'de> for Visitor {
    type Value = Option<Text<'de>>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("text")
    }

    fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Some(Text(Cow::Borrowed(text))))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(Text(Cow::Owned(text.to_owned()))))
    }

    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_bool<E: de::Error>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_i64<E: de::Error>(self, _: i64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_u64<E: de::Error>(self, _: u64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_f64<E: de::Error>(self, _: f64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_map<A: de::MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anything_but_text_is_nothing() {
        let loose = |text: &str| serde_json::from_str::<Loose<'_>>(text).unwrap().limited(9);
        assert_eq!(loose(r#"" Amal ""#).as_deref(), Some("Amal"));
        for nothing in ["null", "true", "-1", "7", "1.5", "[1, {}]", r#"{"a": [1]}"#, r#""  ""#] {
            assert_eq!(loose(nothing), None, "{nothing}");
        }
    }
}
