//! HMAC-SHA-256 (RFC 2104), compared in constant time.

use ::hmac::{Hmac, KeyInit, Mac};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::Sha256;
use subtle::ConstantTimeEq;

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

/// The digest in base64, with padding.
pub(crate) fn base64(digest: &Digest) -> String {
    STANDARD.encode(digest)
}

/// The digest that a text in base64 stands for, if it does.
pub(crate) fn from_base64(text: &str) -> Option<Digest> {
    STANDARD.decode(text).ok()?.try_into().ok()
}

/// Whether two digests are equal, in a time that does not tell where they differ.
pub(crate) fn equal(one: &Digest, other: &Digest) -> bool {
    one.ct_eq(other).into()
}
