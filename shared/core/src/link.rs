//! Links in mails: signed, expiring, and telling nothing to who reads the address.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::event::Purpose;
use crate::follow_up::FollowUpKey;
use crate::identifier::CustomerId;
use crate::instant::Instant;
use crate::trigger::Trigger;

/// What a link lets its holder do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// Whose record it is.
    #[serde(rename = "c")]
    pub customer: CustomerId,
    /// The message that carried it.
    #[serde(rename = "f")]
    pub follow_up: FollowUpKey,
    /// What can be done.
    #[serde(rename = "a")]
    pub action: Action,
    /// What the message was for.
    #[serde(rename = "p")]
    pub purpose: Purpose,
    /// Until when, in seconds since 1970.
    #[serde(rename = "x")]
    pub expires_seconds: i64,
    /// The language of the page.
    #[serde(rename = "l")]
    pub locale: String,
    /// What it is about.
    #[serde(rename = "o")]
    pub trigger: Trigger,
}

/// What can be done by a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Action {
    /// Answer the message's question.
    #[serde(rename = "r")]
    Rate,
    /// Get no more of what the message was.
    #[serde(rename = "u")]
    Unsubscribe,
    /// Get the newsletter.
    #[serde(rename = "n")]
    Subscribe,
    /// Choose what to get.
    #[serde(rename = "p")]
    Prefer,
}

/// Why a link is not honoured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkRefused {
    /// Altered, cut short, or signed by nobody here.
    #[error("the link is not one of ours, or was altered")]
    Forged,
    /// Its time is over.
    #[error("the link has expired")]
    Expired,
}

/// The secrets by which links are signed: the first signs, all are accepted.
#[derive(Clone)]
pub struct LinkKeys(Vec<Vec<u8>>);

const SIGNATURE_BYTES: usize = 16;

impl LinkKeys {
    /// From secrets, the newest first. `None` without any.
    pub fn new(secrets: Vec<Vec<u8>>) -> Option<Self> {
        (!secrets.is_empty()).then_some(Self(secrets))
    }

    /// The link's last part: the grant and its signature, in base64url.
    pub fn sign(&self, grant: &Grant) -> String {
        let mut bytes = serde_json::to_vec(grant).expect("a grant is plain text and numbers");
        let signature = mac(&self.0[0], &bytes).finalize().into_bytes();
        bytes.extend_from_slice(&signature[..SIGNATURE_BYTES]);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The grant of a link's last part, if it is ours and its time is not over.
    pub fn verify(&self, token: &str, now: Instant) -> Result<Grant, LinkRefused> {
        let bytes = URL_SAFE_NO_PAD.decode(token).map_err(|_| LinkRefused::Forged)?;
        let split_at = bytes.len().checked_sub(SIGNATURE_BYTES).ok_or(LinkRefused::Forged)?;
        let (text, signature) = bytes.split_at(split_at);
        let signed = self.0.iter().any(|secret| mac(secret, text).verify_truncated_left(signature).is_ok());
        let grant: Grant = serde_json::from_slice(text).ok().filter(|_| signed).ok_or(LinkRefused::Forged)?;
        if now.seconds() > grant.expires_seconds { Err(LinkRefused::Expired) } else { Ok(grant) }
    }
}

impl std::fmt::Debug for LinkKeys {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "LinkKeys({} …)", self.0.len())
    }
}

fn mac(secret: &[u8], text: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes a key of any length");
    mac.update(b"rihla link\n");
    mac.update(text);
    mac
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grant() -> Grant {
        Grant {
            customer: CustomerId::from_text("0123456789abcdef0123"),
            follow_up: FollowUpKey::new("delivery-check", "web#1", "1"),
            action: Action::Rate,
            expires_seconds: 1_000,
            locale: "ar-EG".into(),
            purpose: Purpose::Service,
            trigger: "web#1".parse().unwrap(),
        }
    }

    fn keys(secrets: &[&str]) -> LinkKeys {
        LinkKeys::new(secrets.iter().map(|secret| secret.as_bytes().to_vec()).collect()).unwrap()
    }

    #[test]
    fn a_link_is_honoured_until_it_expires() {
        let token = keys(&["new"]).sign(&grant());
        assert_eq!(keys(&["new"]).verify(&token, Instant::from_seconds(1_000)), Ok(grant()));
        assert_eq!(keys(&["new"]).verify(&token, Instant::from_seconds(1_001)), Err(LinkRefused::Expired));
    }

    #[test]
    fn a_replaced_secret_is_accepted_until_it_is_taken_away() {
        let token = keys(&["old"]).sign(&grant());
        assert!(keys(&["new", "old"]).verify(&token, Instant::from_seconds(0)).is_ok());
        assert_eq!(keys(&["new"]).verify(&token, Instant::from_seconds(0)), Err(LinkRefused::Forged));
        assert!(LinkKeys::new(Vec::new()).is_none());
    }

    #[test]
    fn every_altered_bit_is_refused() {
        let token = keys(&["new"]).sign(&grant());
        let bytes = URL_SAFE_NO_PAD.decode(&token).unwrap();
        for bit in 0..bytes.len() * 8 {
            let mut altered = bytes.clone();
            altered[bit / 8] ^= 1 << (bit % 8);
            let token = URL_SAFE_NO_PAD.encode(altered);
            assert_eq!(
                keys(&["new"]).verify(&token, Instant::from_seconds(0)),
                Err(LinkRefused::Forged),
                "{bit}"
            );
        }
        for cut in 0..token.len() {
            assert_eq!(
                keys(&["new"]).verify(&token[..cut], Instant::from_seconds(0)),
                Err(LinkRefused::Forged)
            );
        }
    }
}
