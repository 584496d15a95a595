//! How Twilio signs (<https://www.twilio.com/docs/usage/webhooks/webhooks-security>).
//!
//! What is signed is the address and behind it each field's name and value, without anything between them: `ab=c` and
//! `a=bc` are signed alike. A body that is no form is not signed, but its SHA-256 is part of the address.

use std::borrow::Cow;
use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::{Delivery, Secret, Unverified, hmac};

pub(crate) const HEADER: &str = "x-twilio-signature";

pub(super) fn verify(delivery: &Delivery<'_>, secrets: &[Secret]) -> Result<(), Unverified> {
    let given = delivery.headers.get(HEADER).ok_or(Unverified::MissingHeader(HEADER))?;
    let url = address(delivery).ok_or(Unverified::NoUrl)?;
    let body = match body_digest(&url) {
        Some(digest) if hmac::equal_texts(&digest, &hmac::hex(&Sha256::digest(delivery.body))) => &[],
        Some(_) => return Err(Unverified::WrongSignature),
        None => delivery.body,
    };
    let spellings = spellings(&url);
    hmac::any_fits(secrets, |key| spellings.iter().any(|url| hmac::equal_texts(given, &sign(key, url, body))))
}

/// The signature of an address and of the fields of a form: each of them once, in the order of their bytes.
pub(crate) fn sign(key: &[u8], url: &str, form: &[u8]) -> String {
    let fields: BTreeSet<(Cow<'_, str>, Cow<'_, str>)> = form_urlencoded::parse(form).collect();
    let parts = fields.iter().flat_map(|(name, value)| [name.as_bytes(), value.as_bytes()]);
    let parts: Vec<&[u8]> = std::iter::once(url.as_bytes()).chain(parts).collect();
    STANDARD.encode(hmac::sha_1(key, &parts))
}

/// The address that Twilio called: as configured, with the query that it came with, without the fragment, which only
/// tells Twilio how often to try.
fn address(delivery: &Delivery<'_>) -> Option<String> {
    let configured = delivery.url?.split('#').next().unwrap_or_default();
    if delivery.query.is_empty() {
        return Some(configured.to_owned());
    }
    let path = configured.split('?').next().unwrap_or_default();
    Some(format!("{path}?{}", delivery.query))
}

fn body_digest(url: &str) -> Option<String> {
    let (_, query) = url.split_once('?')?;
    let mut members = form_urlencoded::parse(query.as_bytes());
    members.find(|(name, _)| name == "bodySHA256").map(|(_, value)| value.into_owned())
}

/// The address with the port of its scheme and without a port: Twilio signs the one or the other, by channel.
fn spellings(url: &str) -> Vec<String> {
    let Some((scheme, rest)) = url.split_once("://") else { return vec![url.to_owned()] };
    let (host, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let (name, port) = host.rsplit_once(':').unwrap_or((host, if scheme == "http" { "80" } else { "443" }));
    vec![url.to_owned(), format!("{scheme}://{name}{path}"), format!("{scheme}://{name}:{port}{path}")]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_tried_with_and_without_its_port() {
        let tried = |url| spellings(url)[1..].to_vec();
        let both = ["https://dallah.example/hooks/sms?a=1:2", "https://dallah.example:443/hooks/sms?a=1:2"];
        assert_eq!(tried(both[0]), both);
        assert_eq!(tried(both[1]), both);
        assert_eq!(tried("http://a"), ["http://a", "http://a:80"]);
        assert_eq!(tried("https://a:8443/x"), ["https://a/x", "https://a:8443/x"]);
        assert_eq!(spellings("nowhere"), ["nowhere"]);
    }
}
