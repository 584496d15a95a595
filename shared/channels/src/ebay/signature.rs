//! The signature, as eBay's own libraries check it (<https://github.com/eBay/event-notification-nodejs-sdk>).
//!
//! They write the body anew before they check it; what comes is written that way already, so that it is the raw bytes
//! that are signed.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use p256::ecdsa::signature::hazmat::PrehashVerifier;
use p256::ecdsa::{Signature, VerifyingKey};
use p256::pkcs8::DecodePublicKey;
use serde::Deserialize;
use sha1::{Digest, Sha1};
use sha2::Sha256;

use crate::json::Text;
use crate::{Delivery, Lookup, Unverified};

pub(super) const HEADER: &str = "x-ebay-signature";

/// What the header holds: JSON in base64.
#[derive(Deserialize)]
struct Header<'a> {
    #[serde(borrow)]
    alg: Text<'a>,
    #[serde(borrow)]
    kid: Text<'a>,
    #[serde(borrow)]
    signature: Text<'a>,
    #[serde(borrow)]
    digest: Text<'a>,
}

/// What the API answers for a key.
#[derive(Deserialize)]
struct PublicKey<'a> {
    #[serde(borrow)]
    key: Text<'a>,
    #[serde(borrow)]
    digest: Text<'a>,
}

/// Whether the body was signed with the key that the header names.
pub(super) fn check(delivery: &Delivery<'_>) -> Result<(), Unverified> {
    let header = delivery.headers.get(HEADER).ok_or(Unverified::MissingHeader(HEADER))?;
    let header = STANDARD.decode(header).map_err(|_| Unverified::WrongSignature)?;
    let header: Header<'_> = serde_json::from_slice(&header).map_err(|_| Unverified::WrongSignature)?;
    let lookup = header.key().ok_or(Unverified::WrongSignature)?;
    let Some(answer) = delivery.keys.get(&lookup) else { return Err(Unverified::KeyWanted(lookup)) };
    header.fits(answer, delivery.body).filter(|fits| *fits).map(drop).ok_or(Unverified::WrongSignature)
}

/// Where the key of an id is asked for. Ids are UUIDs: anything else in the address would ask for something else.
pub(crate) fn lookup(kid: &str) -> Option<Lookup> {
    let is_in_a_uuid = |byte: u8| byte.is_ascii_hexdigit() || byte == b'-';
    let path = || format!("/commerce/notification/v1/public_key/{kid}");
    (kid.len() == 36 && kid.bytes().all(is_in_a_uuid)).then(|| Lookup::at_path("public key", path()))
}

impl Header<'_> {
    fn key(&self) -> Option<Lookup> {
        lookup(self.kid.trimmed()?).filter(|_| self.alg.trimmed() == Some("ecdsa"))
    }

    /// Nothing where the key, the digest or the signature has not the shape that is needed.
    fn fits(&self, answer: &[u8], body: &[u8]) -> Option<bool> {
        let answer: PublicKey<'_> = serde_json::from_slice(answer).ok()?;
        let key = VerifyingKey::from_public_key_der(&der(answer.key.trimmed()?)?).ok()?;
        let digest = answer.digest.trimmed().filter(|digest| self.digest.trimmed() == Some(*digest))?;
        let signature = STANDARD.decode(self.signature.trimmed()?).ok()?;
        let signature = Signature::from_der(&signature).ok()?;
        Some(key.verify_prehash(&hashed(digest, body)?, &signature).is_ok())
    }
}

/// The hash that the key's own answer names.
fn hashed(digest: &str, body: &[u8]) -> Option<Vec<u8>> {
    match digest {
        "SHA1" => Some(Sha1::digest(body).to_vec()),
        "SHA256" => Some(Sha256::digest(body).to_vec()),
        _ => None,
    }
}

/// The bytes of a key in PEM. eBay writes it on one line, which no reader of PEM takes.
fn der(pem: &str) -> Option<Vec<u8>> {
    let inner = pem.trim().strip_prefix("-----BEGIN PUBLIC KEY-----")?;
    let inner = inner.strip_suffix("-----END PUBLIC KEY-----")?;
    STANDARD.decode(inner.split_ascii_whitespace().collect::<String>()).ok()
}
