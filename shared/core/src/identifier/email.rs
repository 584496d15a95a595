//! E-mail addresses: as mail is sent to them, and as people are known by them.

mod known_as;
mod mailbox;

pub use mailbox::Mailbox;

use serde::{Deserialize, Serialize};

/// An e-mail address, trimmed and in lower case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(with = "String", extend("format" = "email")))]
pub struct Email(String);

/// Text that no mail can be sent to.
#[derive(Debug, thiserror::Error)]
#[error(
    "not an e-mail address of one @ with a name before it and a domain behind it, 254 characters at most"
)]
pub struct NotAnEmail;

impl Email {
    /// The address, as mail is sent to it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address as its mailbox is known: two addresses of one mailbox are known as one. No mail is sent to it.
    pub fn known_as(&self) -> String {
        let (local, domain) = self.parts();
        known_as::known_as(local, domain)
    }

    /// Whose mailbox it is.
    pub fn mailbox(&self) -> Mailbox {
        let (local, domain) = self.parts();
        Mailbox::of(local, domain)
    }

    fn parts(&self) -> (&str, &str) {
        self.0.rsplit_once('@').unwrap_or((&self.0, ""))
    }
}

impl std::str::FromStr for Email {
    type Err = NotAnEmail;

    fn from_str(text: &str) -> Result<Self, NotAnEmail> {
        let text = text.trim().to_lowercase();
        let (local, domain) = text.rsplit_once('@').ok_or(NotAnEmail)?;
        let refused = |c: char| c.is_whitespace() || c.is_control() || "<>()[],;:\\\"@".contains(c);
        let fits = text.len() <= 254 && !local.is_empty() && local.len() <= 64;
        let dotted = domain.split('.').count() >= 2 && domain.split('.').all(|label| !label.is_empty());
        if fits && dotted && !local.contains(refused) && !domain.contains(refused) {
            Ok(Self(text))
        } else {
            Err(NotAnEmail)
        }
    }
}

impl TryFrom<String> for Email {
    type Error = NotAnEmail;

    fn try_from(text: String) -> Result<Self, NotAnEmail> {
        text.parse()
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_one_however_they_are_typed() {
        let email = |text: &str| text.parse::<Email>().ok().map(String::from);
        assert_eq!(email(" Amal@Example.COM "), Some("amal@example.com".into()));
        let long = format!("{}@example.com", "a".repeat(300));
        for refused in
            ["", "amal", "@example.com", "a@b", "a b@example.com", "a@b@example.com", "a@x..com", &long]
        {
            assert_eq!(email(refused), None, "{refused}");
        }
        assert_eq!("a\r\nBcc: x@example.com".parse::<Email>().ok(), None);
    }
}
