//! HMAC (RFC 2104) with SHA-256 and, where a provider still signs so, SHA-1; compared in constant time.

use ::hmac::{Hmac, KeyInit, Mac};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha1::Sha1;
use sha2::Sha256;
use subtle::ConstantTimeEq;

use crate::{Secret, Unverified};

/// A digest of HMAC-SHA-256.
pub(crate) type Digest = [u8; 32];

/// The digest of the parts, one after the other.
pub(crate) fn digest(key: &[u8], parts: &[&[u8]]) -> Digest {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// The digest of the parts under HMAC-SHA-1, which is weak as a hash but not as this.
pub(crate) fn sha_1(key: &[u8], parts: &[&[u8]]) -> [u8; 20] {
    let mut mac = Hmac::<Sha1>::new_from_slice(key).expect("HMAC takes a key of any length");
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// The digest in base64, with padding.
pub(crate) fn base64(digest: &Digest) -> String {
    STANDARD.encode(digest)
}

/// The digest that a text in base64 stands for, if it does.
pub(crate) fn from_base64(text: &str) -> Option<Digest> {
    STANDARD.decode(text).ok()?.try_into().ok()
}

/// The digest that a text of small hexadecimal digits stands for, if it does. Capitals would be another spelling of it.
pub(crate) fn from_hex(text: &str) -> Option<Digest> {
    let digit = |byte: u8| char::from(byte).to_digit(16).filter(|_| !byte.is_ascii_uppercase());
    let byte = |pair: &[u8]| u8::try_from(digit(pair[0])? << 4 | digit(pair[1])?).ok();
    let bytes: Option<Vec<u8>> = (text.len() == 64).then(|| text.as_bytes().chunks(2).map(byte).collect())?;
    bytes?.try_into().ok()
}

/// The digest as small hexadecimal digits.
pub(crate) fn hex(digest: &[u8]) -> String {
    crate::hex::lower(digest)
}

/// Whether the digest of the parts under one of several keys is one of the given ones.
pub(crate) fn any_key_fits<K: AsRef<[u8]>>(
    keys: impl IntoIterator<Item = K>,
    parts: &[&[u8]],
    given: &[Digest],
) -> Result<(), Unverified> {
    let mut keys = keys.into_iter().peekable();
    if keys.peek().is_none() {
        return Err(Unverified::NoSecret);
    }
    let fits = |key: K| {
        let wanted = digest(key.as_ref(), parts);
        given.iter().any(|given| equal(given, &wanted))
    };
    if keys.any(fits) { Ok(()) } else { Err(Unverified::WrongSignature) }
}

/// Whether any of several secrets, as text, is the key of a digest.
pub(crate) fn any_fits(secrets: &[Secret], fits: impl Fn(&[u8]) -> bool) -> Result<(), Unverified> {
    let mut keys = secrets.iter().filter_map(Secret::key).peekable();
    if keys.peek().is_none() {
        return Err(Unverified::NoSecret);
    }
    if keys.any(fits) { Ok(()) } else { Err(Unverified::WrongSignature) }
}

/// Whether two texts are equal, in a time that does not tell where they differ. How long they are is no secret.
pub(crate) fn equal_texts(one: &str, other: &str) -> bool {
    one.as_bytes().ct_eq(other.as_bytes()).into()
}

/// Whether two digests are equal, in a time that does not tell where they differ.
pub(crate) fn equal(one: &Digest, other: &Digest) -> bool {
    one.ct_eq(other).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hexadecimal_digits_have_one_spelling() {
        let digest = digest(b"key", &[b"text"]);
        let text = hex(&digest);
        assert_eq!(from_hex(&text), Some(digest));
        for other in [&text.to_uppercase(), &text[1..], &format!("{text}00"), &text.replace('a', "+"), ""] {
            assert_eq!(from_hex(other), None, "{other}");
        }
    }
}
