//! Text that stays in the body where it can.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Deserializer, de};

/// A text, borrowed from the body unless it has escapes. (`Option<Cow<str>>` would be copied by `serde`'s derive.)
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Text<'a>(pub(super) Cow<'a, str>);

impl Text<'_> {
    /// The text without white space around it; nothing when nothing is left.
    pub(crate) fn trimmed(&self) -> Option<&str> {
        Some(self.0.trim()).filter(|text| !text.is_empty())
    }

    /// The trimmed text, cut after so many characters.
    pub(crate) fn limited(&self, characters: usize) -> Option<String> {
        self.trimmed().map(|text| text.chars().take(characters).collect())
    }
}

/// The word that a text holds, if there is one.
pub(crate) fn word<'a>(text: Option<&'a Text<'_>>) -> Option<&'a str> {
    text.and_then(Text::trimmed)
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Visitor).map(Self)
    }
}

struct Visitor;

impl<'de> de::Visitor<'de> for Visitor {
    type Value = Cow<'de, str>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("text")
    }

    fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_borrowed_unless_escaped() {
        let plain: Option<Text<'_>> = serde_json::from_str(r#"" Amal ""#).unwrap();
        assert!(matches!(plain, Some(Text(Cow::Borrowed(" Amal ")))));
        let escaped: Text<'_> = serde_json::from_str(r#""\u0623\u0645\u0644""#).unwrap();
        assert_eq!((escaped.trimmed(), escaped.limited(2)), (Some("أمل"), Some("أم".to_owned())));
        assert_eq!(serde_json::from_str::<Text<'_>>(r#""  ""#).unwrap().trimmed(), None);
    }
}
