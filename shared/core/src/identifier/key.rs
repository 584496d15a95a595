//! The secret under which identifiers become keys of the table.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::{CustomerId, Identifier};

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

    /// The first letters of a name as the table knows them: they lead to all whose names begin so.
    pub fn name_start(&self, letters: &str) -> HashedIdentifier {
        HashedIdentifier(format!("name#{}", self.digest("name", letters)))
    }

    /// The name of the customer whom this identifier is the first to point at. Asked twice, it is the same.
    pub fn customer(&self, first: &HashedIdentifier) -> CustomerId {
        CustomerId::from_text(&self.digest("name of a customer", &first.0)[..20])
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

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
