//! What Meta's webhooks have in common, whichever product sends them
//! (<https://developers.facebook.com/docs/graph-api/webhooks/getting-started>).

use crate::greeting::{Answer, Greeting};
use crate::{Delivery, Secret, Unverified, hmac};

pub(crate) const SIGNATURE: &str = "x-hub-signature-256";

pub(crate) const VERIFIED: &str =
    "HMAC-SHA-256 of the body, hexadecimal, in `X-Hub-Signature-256`; the address by a word of the shop's";

/// The signature is the HMAC of the raw body under the app secret, in hexadecimal digits. No time is signed.
pub(crate) fn verify(delivery: &Delivery<'_>, secrets: &[Secret]) -> Result<(), Unverified> {
    let given = delivery.headers.get(SIGNATURE).ok_or(Unverified::MissingHeader(SIGNATURE))?;
    let given = given.strip_prefix("sha256=").and_then(hmac::from_hex);
    hmac::any_key_fits(secrets.iter().filter_map(Secret::key), &[delivery.body], given.as_slice())
}

pub(crate) fn signature(key: &[u8], body: &[u8]) -> String {
    format!("sha256={}", hmac::hex(&hmac::digest(key, &[body])))
}

/// Before an address is taken, Meta asks it by GET for the word that the shop gave with it, and wants the challenge back.
pub(crate) fn greet(greeting: &Greeting<'_>) -> Option<Answer> {
    let asked = |name: &str| {
        let mut members = form_urlencoded::parse(greeting.query.as_bytes());
        members.find(|(member, _)| member == name).map(|(_, value)| value)
    };
    if greeting.method != "GET" || asked("hub.mode")? != "subscribe" {
        return None;
    }
    let is_agreed = |token: &Secret| {
        let agreed = token.key().is_some();
        agreed && asked("hub.verify_token").is_some_and(|given| hmac::equal_texts(&given, token.text()))
    };
    match (greeting.token.is_some_and(is_agreed), asked("hub.challenge")) {
        (true, Some(challenge)) => Some(Answer::Text(challenge.into_owned())),
        _ => Some(Answer::Refused),
    }
}
