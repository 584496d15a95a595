//! Who may send.

use rihla_channels::{Delivery, Headers, Secret, Unverified, provider, sign};
use rihla_core::instant::{Instant, Wait};

use crate::instant;

const NOW: &str = "2026-11-23T05:08:27Z";

fn secrets(texts: &[&str]) -> Vec<Secret> {
    texts.iter().map(Secret::new).collect()
}

fn verify(
    name: &str,
    headers: &Headers,
    body: &[u8],
    texts: &[&str],
    now: Instant,
) -> Result<(), Unverified> {
    let delivery = Delivery::new(headers, body);
    (provider(name).unwrap().verify)(&delivery, &secrets(texts), now)
}

fn signed_by_shopify(secret: &str, body: &[u8]) -> Headers {
    let secret = Secret::new(secret);
    sign::shopify(&secret, "orders/create", "dallah.myshopify.com", "d-1", instant(NOW), body).unwrap()
}

fn signed_by_standard(secret: &str, at: Instant, body: &[u8]) -> Headers {
    sign::standard_webhooks(&Secret::new(secret), "msg_1", at, body).unwrap()
}

#[test]
fn id_and_time_are_signed_too() {
    let now = instant(NOW);
    let headers = signed_by_standard("aHVzaA", now, b"{}");
    for (name, value) in [("webhook-id", "msg_2"), ("webhook-timestamp", "1795410508")] {
        let mut turned = headers.clone();
        turned.set(name, value);
        let verdict = verify("standard-webhooks", &turned, b"{}", &["aHVzaA"], now);
        assert_eq!(verdict, Err(Unverified::WrongSignature), "{name}");
    }
}

#[test]
fn while_a_secret_is_replaced_both_are_good() {
    let now = instant(NOW);
    let shopify = signed_by_shopify("old", b"{}");
    assert_eq!(verify("shopify", &shopify, b"{}", &["new", "old"], now), Ok(()));
    assert_eq!(verify("shopify", &shopify, b"{}", &["new"], now), Err(Unverified::WrongSignature));
    let standard = signed_by_standard("whsec_b2xk", now, b"{}");
    assert_eq!(verify("standard-webhooks", &standard, b"{}", &["bmV3", "b2xk"], now), Ok(()));
    let verdict = verify("standard-webhooks", &standard, b"{}", &["bmV3"], now);
    assert_eq!(verdict, Err(Unverified::WrongSignature));
}

#[test]
fn one_of_several_signatures_is_enough_and_unknown_versions_are_passed_over() {
    let now = instant(NOW);
    let mut headers = signed_by_standard("b2xk", now, b"{}");
    let right = headers.get("webhook-signature").unwrap().to_owned();
    let wrong = signed_by_standard("bmV3", now, b"{}").get("webhook-signature").unwrap().to_owned();
    let unversioned = right.strip_prefix("v1,").unwrap();
    for (signatures, verdict) in [
        (format!("v1a,AAAA {wrong} {right}"), Ok(())),
        (format!("{right} v2,?"), Ok(())),
        (wrong, Err(Unverified::WrongSignature)),
        (format!("v1a,{unversioned} v2,{unversioned} {unversioned}"), Err(Unverified::WrongSignature)),
        (String::new(), Err(Unverified::WrongSignature)),
    ] {
        headers.set("webhook-signature", &signatures);
        assert_eq!(verify("standard-webhooks", &headers, b"{}", &["b2xk"], now), verdict, "{signatures}");
    }
}

#[test]
fn five_minutes_are_let_pass_in_both_directions() {
    let now = instant(NOW);
    for (at, is_good) in [
        (now.before(Wait::seconds(300)), true),
        (now.before(Wait::seconds(301)), false),
        (now.after(Wait::seconds(300)), true),
        (now.after(Wait::seconds(301)), false),
    ] {
        let headers = signed_by_standard("aHVzaA", at, b"{}");
        assert_eq!(verify("standard-webhooks", &headers, b"{}", &["aHVzaA"], now).is_ok(), is_good, "{at}");
    }
}

#[test]
fn a_time_that_is_none_is_refused_whatever_it_is() {
    let mut headers = signed_by_standard("aHVzaA", instant(NOW), b"{}");
    for time in ["", "now", "1.5", "99999999999999999999", NOW] {
        headers.set("webhook-timestamp", time);
        let verdict = verify("standard-webhooks", &headers, b"{}", &["aHVzaA"], instant(NOW));
        assert_eq!(verdict, Err(Unverified::NotATimestamp("webhook-timestamp")), "{time}");
    }
    for time in [i64::MIN, -1, i64::MAX] {
        headers.set("webhook-timestamp", time.to_string());
        let verdict = verify("standard-webhooks", &headers, b"{}", &["aHVzaA"], instant(NOW));
        assert_eq!(verdict, Err(Unverified::WrongSignature), "{time}");
    }
}

#[test]
fn both_families_of_header_names_are_taken() {
    let now = instant(NOW);
    let standard = signed_by_standard("aHVzaA", now, b"{}");
    let svix: Headers =
        standard.iter().map(|(name, value)| (name.replace("webhook-", "Svix-"), value)).collect();
    assert_eq!(verify("standard-webhooks", &svix, b"{}", &["aHVzaA"], now), Ok(()));
    let old = signed_by_shopify("hush", b"{}");
    let new: Headers =
        old.iter().map(|(name, value)| (name.replace("x-shopify", "Shopify"), value)).collect();
    assert_eq!(verify("shopify", &new, b"{}", &["hush"], now), Ok(()));
}

#[test]
fn what_is_missing_is_named() {
    let now = instant(NOW);
    let none = Headers::default();
    let verdict = verify("shopify", &none, b"{}", &["hush"], now);
    assert_eq!(verdict, Err(Unverified::MissingHeader("x-shopify-hmac-sha256")));
    let mut headers = signed_by_standard("aHVzaA", now, b"{}");
    for name in ["webhook-signature", "webhook-timestamp", "webhook-id"] {
        headers = headers.iter().filter(|(known, _)| *known != name).collect();
        let verdict = verify("standard-webhooks", &headers, b"{}", &["aHVzaA"], now);
        assert_eq!(verdict, Err(Unverified::MissingHeader(name)));
    }
}

#[test]
fn a_blank_secret_signs_nothing() {
    let now = instant(NOW);
    let shopify = signed_by_shopify("hush", b"{}");
    let standard = signed_by_standard("aHVzaA", now, b"{}");
    for texts in [&[][..], &[""], &["  "]] {
        assert_eq!(verify("shopify", &shopify, b"{}", texts, now), Err(Unverified::NoSecret));
        assert_eq!(verify("standard-webhooks", &standard, b"{}", texts, now), Err(Unverified::NoSecret));
    }
    for text in ["whsec_", "not base64!"] {
        assert_eq!(verify("standard-webhooks", &standard, b"{}", &[text], now), Err(Unverified::NoSecret));
        assert_eq!(verify("standard-webhooks", &standard, b"{}", &[text, "aHVzaA"], now), Ok(()));
    }
    assert!(sign::shopify(&Secret::new(""), "t", "s", "d", now, b"").is_none());
}
