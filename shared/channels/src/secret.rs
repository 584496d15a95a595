//! Secrets that sources sign with.

use std::fmt;

/// A secret as it is kept in the parameter store, never shown.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// From its text. White space around it is an accident of copying and is left out.
    pub fn new(text: impl AsRef<str>) -> Self {
        Self(text.as_ref().trim().to_owned())
    }

    /// Whether some text shows it.
    pub fn is_in(&self, text: &str) -> bool {
        !self.0.is_empty() && text.contains(&self.0)
    }

    /// Its text.
    pub(crate) fn text(&self) -> &str {
        &self.0
    }

    /// Its bytes as an HMAC key. Nothing for a blank one: anybody can sign with that.
    pub(crate) fn key(&self) -> Option<&[u8]> {
        Some(self.0.as_bytes()).filter(|key| !key.is_empty())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_never_shown_and_a_blank_one_is_no_key() {
        let secret = Secret::new(" hush\n");
        assert_eq!(format!("{secret:?}"), "Secret(…)");
        assert_eq!(secret.key(), Some(&b"hush"[..]));
        assert_eq!(Secret::new(" \n").key(), None);
        assert_eq!([secret.is_in("Bearer hush"), Secret::new("").is_in("hush")], [true, false]);
    }
}
