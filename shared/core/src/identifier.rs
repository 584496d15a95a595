//! What points at a customer: an e-mail, a phone, a source's customer id, an order, a tracking number.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::source::SourceId;

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
    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
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

/// A phone number in E.164: `+` and 7 to 15 digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(with = "String", extend("pattern" = r"^\+[1-9][0-9]{6,14}$")))]
pub struct Phone(String);

/// Text that is no phone number with its country.
#[derive(Debug, thiserror::Error)]
#[error("not a phone number with its country such as +971501234567 (E.164)")]
pub struct NotAPhone;

impl Phone {
    /// The number, such as `+971501234567`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for Phone {
    type Err = NotAPhone;

    fn from_str(text: &str) -> Result<Self, NotAPhone> {
        let digits = text.trim().strip_prefix('+').ok_or(NotAPhone)?;
        let digits: String = digits.chars().filter(|c| !" -().".contains(*c)).collect();
        let plain = digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
        if plain && (7..=15).contains(&digits.len()) {
            Ok(Self(format!("+{digits}")))
        } else {
            Err(NotAPhone)
        }
    }
}

impl TryFrom<String> for Phone {
    type Error = NotAPhone;

    fn try_from(text: String) -> Result<Self, NotAPhone> {
        text.parse()
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> Self {
        phone.0
    }
}

/// One thing that points at a customer, or at one order of a customer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Identifier {
    /// An e-mail address. Two customers with one address are one person.
    Email(Email),
    /// A customer's id at a source.
    SourceCustomer(SourceId, String),
    /// A phone number. Families share one: it finds a customer, it never makes two customers one.
    Phone(Phone),
    /// An order's id at a source.
    Order(SourceId, String),
    /// A carrier's tracking number.
    Tracking(String),
    /// A conversation's id at a source. It points at nobody; as it may be a phone number, keys hold its hash.
    Conversation(SourceId, String),
}

impl Identifier {
    /// Whether it belongs to one person alone, so that two customers who share it are the same person.
    pub fn is_strong(&self) -> bool {
        matches!(self, Self::Email(_) | Self::SourceCustomer(..))
    }

    /// Eight digits by which the identifiers of one person are told apart.
    pub fn print(&self) -> Print {
        let (kind, text) = self.kind_and_text();
        Print::of(&format!("{kind}\n{text}"))
    }

    fn kind_and_text(&self) -> (&'static str, String) {
        match self {
            Self::Email(email) => ("email", email.as_str().to_owned()),
            Self::SourceCustomer(source, id) => ("customer", format!("{source}\n{id}")),
            Self::Phone(phone) => ("phone", phone.as_str().to_owned()),
            Self::Order(source, id) => ("order", format!("{source}\n{id}")),
            Self::Conversation(source, id) => ("conversation", format!("{source}\n{id}")),
            Self::Tracking(number) => ("tracking", number.trim().to_uppercase()),
        }
    }
}

/// What tells one identifier of a person from the others of the same person; too short to tell persons apart.
/// Stored as eight hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Print([u8; 4]);

impl Print {
    fn of(text: &str) -> Self {
        let hash = Sha256::digest(text);
        Self([hash[0], hash[1], hash[2], hash[3]])
    }
}

/// Text that is no print.
#[derive(Debug, thiserror::Error)]
#[error("not eight hexadecimal digits")]
pub struct NotAPrint;

impl TryFrom<String> for Print {
    type Error = NotAPrint;

    fn try_from(text: String) -> Result<Self, NotAPrint> {
        let number = u32::from_str_radix(&text, 16).ok().filter(|_| text.len() == 8);
        number.map(|number| Self(number.to_be_bytes())).ok_or(NotAPrint)
    }
}

impl From<Print> for String {
    fn from(print: Print) -> Self {
        crate::hex::lower(&print.0)
    }
}

/// The secret under which identifiers are hashed, so that a key of the table tells nobody whose it is.
#[derive(Clone)]
pub struct IdentityKey(Vec<u8>);

impl fmt::Debug for IdentityKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("IdentityKey(…)")
    }
}

/// An identifier as the table knows it: its kind and the first 16 bytes of its keyed hash (HMAC-SHA-256).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HashedIdentifier(String);

/// The one record of a person, under a name that tells nothing of the person.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CustomerId(String);

impl IdentityKey {
    /// From the secret's bytes.
    pub fn new(secret: impl Into<Vec<u8>>) -> Self {
        Self(secret.into())
    }

    /// The identifier as the table knows it.
    pub fn hash(&self, identifier: &Identifier) -> HashedIdentifier {
        let (kind, text) = identifier.kind_and_text();
        HashedIdentifier(format!("{kind}#{}", self.digest(kind, &text)))
    }

    /// The name of the customer whom this identifier is the first to point at. Asked twice, it is the same.
    pub fn customer(&self, first: &HashedIdentifier) -> CustomerId {
        CustomerId(self.digest("name of a customer", &first.0)[..20].to_owned())
    }

    fn digest(&self, domain: &str, text: &str) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes a key of any length");
        for part in [domain, "\n", text] {
            mac.update(part.as_bytes());
        }
        let bytes = mac.finalize().into_bytes();
        crate::hex::lower(&bytes[..16])
    }
}

impl HashedIdentifier {
    /// Kind and hash, such as `email#9f86d081884c7d65…`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The hash alone.
    pub fn hash(&self) -> &str {
        self.0.split_once('#').map_or(&self.0, |(_, hash)| hash)
    }
}

impl CustomerId {
    /// From text that was a customer's id before.
    pub fn from_text(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// What stands for the record itself among the identifiers of its person.
    pub fn print(&self) -> Print {
        Print::of(&self.0)
    }

    /// Its text: 20 hexadecimal digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CustomerId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
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

    #[test]
    fn phones_need_their_country() {
        let phone = |text: &str| text.parse::<Phone>().ok().map(String::from);
        assert_eq!(phone("+971 50 123-4567"), Some("+971501234567".into()));
        for refused in ["0501234567", "+0501234567", "+12", "+1234567890123456", "+12345a7"] {
            assert_eq!(phone(refused), None, "{refused}");
        }
    }

    #[test]
    fn a_key_tells_nothing_and_depends_on_kind_and_secret() {
        let (one, other) = (IdentityKey::new(*b"one"), IdentityKey::new(*b"other"));
        let email = Identifier::Email("amal@example.com".parse().unwrap());
        let hashed = one.hash(&email);
        assert!(hashed.as_str().starts_with("email#") && !hashed.as_str().contains("amal"));
        assert_ne!(hashed, other.hash(&email));
        assert_ne!(
            one.hash(&Identifier::Tracking("7".into())).as_str()[9..],
            one.hash(&Identifier::Order(SourceId::from_static("web"), "7".into())).as_str()[6..],
        );
    }
}
