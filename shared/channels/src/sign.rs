//! How a producer signs: for tills and shops of one's own, for replays, for tests.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use p256::ecdsa::signature::hazmat::PrehashSigner;
use p256::ecdsa::{Signature, SigningKey};
use p256::pkcs8::EncodePublicKey;
use rihla_core::instant::Instant;
use sha1::Sha1;
use sha2::{Digest, Sha256};

use crate::{
    Headers, Lookup, Secret, chatwoot, easypost, ebay, hmac, intercom, meta, standard_webhooks, stripe,
    twilio, woocommerce, zendesk,
};

/// Headers for a body that is sent by Standard Webhooks. `id` stays the same when it is sent again.
/// Nothing when the secret is not base64 with or without `whsec_` before it.
pub fn standard_webhooks(secret: &Secret, id: &str, at: Instant, body: &[u8]) -> Option<Headers> {
    Some(standard(&standard_webhooks::key(secret)?, id, at, body))
}

/// Headers for a body that is sent as `BigCommerce` sends it to apps. Nothing when the client secret is blank.
pub fn bigcommerce(secret: &Secret, id: &str, at: Instant, body: &[u8]) -> Option<Headers> {
    Some(standard(secret.key()?, id, at, body))
}

fn standard(key: &[u8], id: &str, at: Instant, body: &[u8]) -> Headers {
    let seconds = at.seconds().to_string();
    let digest = standard_webhooks::digest(key, id, &seconds, body);
    let signature = format!("v1,{}", hmac::base64(&digest));
    [
        ("content-type", "application/json".to_owned()),
        ("webhook-id", id.to_owned()),
        ("webhook-timestamp", seconds),
        ("webhook-signature", signature),
    ]
    .into_iter()
    .collect()
}

/// Headers for a body that is sent as Shopify sends it. `shop` is a domain such as `example.myshopify.com`, `id` the
/// delivery's. Nothing when the secret is blank.
pub fn shopify(
    secret: &Secret,
    topic: &str,
    shop: &str,
    id: &str,
    triggered_at: Instant,
    body: &[u8],
) -> Option<Headers> {
    let digest = hmac::digest(secret.key()?, &[body]);
    Some(
        [
            ("content-type", "application/json".to_owned()),
            ("x-shopify-topic", topic.to_owned()),
            ("x-shopify-hmac-sha256", hmac::base64(&digest)),
            ("x-shopify-shop-domain", shop.to_owned()),
            ("x-shopify-webhook-id", id.to_owned()),
            ("x-shopify-triggered-at", triggered_at.to_string()),
        ]
        .into_iter()
        .collect(),
    )
}

/// Headers for a body that is sent as `WooCommerce` sends it. Nothing when the secret is blank.
pub fn woocommerce(secret: &Secret, topic: &str, body: &[u8]) -> Option<Headers> {
    let digest = hmac::digest(woocommerce::key(secret)?.as_bytes(), &[body]);
    Some(
        [
            ("content-type", "application/json".to_owned()),
            ("x-wc-webhook-topic", topic.to_owned()),
            ("x-wc-webhook-signature", hmac::base64(&digest)),
        ]
        .into_iter()
        .collect(),
    )
}

/// Headers for a body that is sent as Stripe sends it. Nothing when the secret is blank.
pub fn stripe(secret: &Secret, at: Instant, body: &[u8]) -> Option<Headers> {
    let seconds = at.seconds().to_string();
    let digest = hmac::digest(secret.key()?, &stripe::signed(&seconds, body));
    let signature = format!("t={seconds},v1={}", hmac::hex(&digest));
    let content_type = "application/json; charset=utf-8".to_owned();
    Some([("content-type", content_type), ("stripe-signature", signature)].into_iter().collect())
}

/// Headers for a body that is sent as `AfterShip` Tracking sends it. Nothing when the secret is blank.
pub fn aftership(secret: &Secret, body: &[u8]) -> Option<Headers> {
    let digest = hmac::digest(secret.key()?, &[body]);
    let content_type = "application/json".to_owned();
    Some(
        [("content-type", content_type), ("aftership-hmac-sha256", hmac::base64(&digest))]
            .into_iter()
            .collect(),
    )
}

/// Headers for a body that is sent as `EasyPost` sends it. Nothing when the secret is blank.
pub fn easypost(secret: &Secret, body: &[u8]) -> Option<Headers> {
    let digest = hmac::digest(easypost::key(secret)?.as_bytes(), &[body]);
    let signature = format!("hmac-sha256-hex={}", hmac::hex(&digest));
    let content_type = "application/json".to_owned();
    Some([("content-type", content_type), ("x-hmac-signature", signature)].into_iter().collect())
}

/// Headers for a body that is sent as Shippo sends it where it signs. Nothing when the secret is blank.
pub fn shippo(secret: &Secret, at: Instant, body: &[u8]) -> Option<Headers> {
    let seconds = at.seconds().to_string();
    let digest = hmac::digest(secret.key()?, &[seconds.as_bytes(), b".", body]);
    let signature = format!("t={seconds},v1={}", hmac::hex(&digest));
    let content_type = "application/json".to_owned();
    Some([("content-type", content_type), ("shippo-auth-signature", signature)].into_iter().collect())
}

/// Headers for a body that is sent as eBay sends it, signed with the private key that the secret stands for here. `kid`
/// is the UUID of its public key. Nothing when the secret is blank.
pub fn ebay(secret: &Secret, kid: &str, body: &[u8]) -> Option<Headers> {
    let signature: Signature = ebay_key(secret)?.sign_prehash(&Sha1::digest(body)).ok()?;
    let signature = STANDARD.encode(signature.to_der().as_bytes());
    let header = format!(r#"{{"alg":"ecdsa","kid":"{kid}","signature":"{signature}","digest":"SHA1"}}"#);
    let content_type = "application/json".to_owned();
    Some(
        [("content-type", content_type), ("x-ebay-signature", STANDARD.encode(header))].into_iter().collect(),
    )
}

/// Where eBay's API is asked for the public key of that id, and what it answers.
pub fn ebay_public_key(secret: &Secret, kid: &str) -> Option<(Lookup, Vec<u8>)> {
    let key = ebay_key(secret)?.verifying_key().to_public_key_der().ok()?;
    let pem =
        format!("-----BEGIN PUBLIC KEY-----{}-----END PUBLIC KEY-----", STANDARD.encode(key.as_bytes()));
    let answer = format!(r#"{{"key":"{pem}","algorithm":"ECDSA","digest":"SHA1"}}"#);
    Some((ebay::lookup(kid)?, answer.into_bytes()))
}

fn ebay_key(secret: &Secret) -> Option<SigningKey> {
    SigningKey::from_slice(&Sha256::digest(secret.key()?)).ok()
}

/// Headers for a body that is sent as Zendesk sends it. Nothing when the secret is blank.
pub fn zendesk(secret: &Secret, at: Instant, body: &[u8]) -> Option<Headers> {
    let time = at.to_string();
    let signature = hmac::base64(&hmac::digest(secret.key()?, &zendesk::signed(&time, body)));
    Some(
        [
            ("content-type", "application/json; charset=utf-8".to_owned()),
            ("x-zendesk-webhook-signature", signature),
            ("x-zendesk-webhook-signature-timestamp", time),
        ]
        .into_iter()
        .collect(),
    )
}

/// Headers for a body that is sent as Intercom sends it. Nothing when the secret is blank.
pub fn intercom(secret: &Secret, body: &[u8]) -> Option<Headers> {
    let signature = intercom::signature_of(secret.key()?, body);
    let content_type = "application/json".to_owned();
    Some([("content-type", content_type), ("x-hub-signature", signature)].into_iter().collect())
}

/// Headers for a body that is sent as a Chatwoot sends it that signs. `id` stays the same when it is sent again. Nothing
/// when the secret is blank.
pub fn chatwoot(secret: &Secret, id: &str, at: Instant, body: &[u8]) -> Option<Headers> {
    let seconds = at.seconds().to_string();
    let digest = hmac::digest(secret.key()?, &chatwoot::signed(&seconds, body));
    let signature = format!("{}{}", chatwoot::SCHEME, hmac::hex(&digest));
    Some(
        [
            ("content-type", "application/json".to_owned()),
            ("x-chatwoot-delivery", id.to_owned()),
            ("x-chatwoot-signature", signature),
            ("x-chatwoot-timestamp", seconds),
        ]
        .into_iter()
        .collect(),
    )
}

/// Headers for a body that is sent to `url` as Square sends it. Nothing when the secret is blank.
pub fn square(secret: &Secret, url: &str, body: &[u8]) -> Option<Headers> {
    let digest = hmac::digest(secret.key()?, &[url.as_bytes(), body]);
    Some(
        [
            ("content-type", "application/json".to_owned()),
            ("square-environment", "Production".to_owned()),
            ("x-square-hmacsha256-signature", hmac::base64(&digest)),
        ]
        .into_iter()
        .collect(),
    )
}

/// Headers for a body that is sent as Meta sends it, for `WhatsApp`, Messenger and Instagram. Nothing when the secret is
/// blank.
pub fn meta(secret: &Secret, body: &[u8]) -> Option<Headers> {
    let signature = meta::signature(secret.key()?, body);
    let content_type = "application/json".to_owned();
    Some([("content-type", content_type), (meta::SIGNATURE, signature)].into_iter().collect())
}

/// Headers for a form that is sent as Twilio sends it to an address. Nothing when the secret is blank.
pub fn twilio(secret: &Secret, url: &str, form: &[u8]) -> Option<Headers> {
    let signature = twilio::sign(secret.key()?, url, form);
    let content_type = "application/x-www-form-urlencoded; charset=UTF-8".to_owned();
    Some([("content-type", content_type), (twilio::HEADER, signature)].into_iter().collect())
}
