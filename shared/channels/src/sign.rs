//! How a producer signs: for tills and shops of one's own, for replays, for tests.

use rihla_core::instant::Instant;

use crate::{Headers, Secret, easypost, hmac, standard_webhooks, stripe, woocommerce};

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
