//! eBay.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rihla_channels::{
    Answer, Delivery, Greeting, Headers, Keys, Lookup, Reading, Secret, Unreadable, Unverified, provider,
    sign,
};
use rihla_core::instant::Wait;
use serde_json::{Value, json};

use crate::{SENT, changed, instant, json, read, reason, sample};

const DELETION: &str = "ebay/account_deletion";
const ORDER: &str = "ebay/order_confirmation";
const KID: &str = "0d3a5b1e-6f2c-4a79-9b8d-2c4e6f8a0b1c";

fn tell(body: &Value) -> Result<Reading, Unreadable> {
    read("ebay", &Headers::default(), body.to_string().as_bytes())
}

/// A delivery, with some members of its notification set.
fn notification(name: &str, members: Value) -> Value {
    let mut body = changed(name, json!({}));
    body["notification"].as_object_mut().unwrap().append(&mut crate::object(members));
    body
}

fn keys() -> Keys {
    let mut keys = Keys::default();
    let (lookup, answer) = sign::ebay_public_key(&Secret::new("hush"), KID).unwrap();
    keys.keep(&lookup, answer);
    keys
}

fn verify(headers: &Headers, body: &[u8], keys: &Keys, allowed: &[&str]) -> Result<(), Unverified> {
    let allowed: Vec<String> = allowed.iter().map(|seller| (*seller).to_owned()).collect();
    let delivery = Delivery { keys, allowed: &allowed, ..Delivery::new(headers, body) };
    (provider("ebay").unwrap().verify)(&delivery, &[], instant(SENT))
}

#[test]
fn an_account_that_is_closed_is_forgotten() {
    let reading = read("ebay", &Headers::default(), &sample(DELETION)).unwrap();
    let expected = json!([{
        "type": "privacy.requested",
        "timestamp": "2026-11-08T05:20:00Z",
        "data": {
            "request": "erase",
            "person": {"customer": "x7Qw2LmZ9"},
            "id": "5f0d2c1a-8a1b-4c3d-9e2f-000000000001",
            "orders": [],
        },
    }]);
    assert_eq!(json(&reading.events), expected);
}

#[test]
fn an_order_is_placed_and_paid_and_nothing_is_made_up() {
    let reading = read("ebay", &Headers::default(), &sample(ORDER)).unwrap();
    let (at, order) = ("2026-11-08T05:20:00Z", "14-10901-30021");
    let placed = json!({"order": order, "number": order, "placed_at": at, "buyer": {}});
    let expected = json!([
        {"type": "order.placed", "timestamp": at, "data": placed},
        {"type": "order.paid", "timestamp": at, "data": {"order": order}},
    ]);
    assert_eq!(json(&reading.events), expected);
    assert!(reading.lookups.is_empty());
}

#[test]
fn what_is_missing_is_named_and_other_topics_are_of_no_interest() {
    for (body, problem) in [
        (json!({}), "metadata.topic: missing"),
        (changed(DELETION, json!({"notification": null})), "notification: missing"),
        (notification(DELETION, json!({"data": {"username": "amal"}})), "notification.data.userId: missing"),
        (notification(ORDER, json!({"eventDate": null})), "notification.eventDate: missing"),
        (notification(ORDER, json!({"data": {}})), "notification.data.order.orderId: missing"),
    ] {
        assert_eq!(reason(tell(&body)), problem);
    }
    for topic in ["ITEM_MARKED_SHIPPED", "ORDER_CANCELLATION_ACTIVITY", "SOMETHING_NEW"] {
        let reading = tell(&json!({"metadata": {"topic": topic}, "notification": 7})).unwrap();
        assert_eq!(reading.of_no_interest.unwrap().topic, topic);
    }
}

#[test]
fn the_public_key_is_asked_for_by_its_id() {
    let headers = sign::ebay(&Secret::new("hush"), KID, b"{}").unwrap();
    let path = format!("/commerce/notification/v1/public_key/{KID}");
    let wanted = Unverified::KeyWanted(Lookup::at_path("public key", path));
    assert_eq!(verify(&headers, b"{}", Keys::NONE, &[]), Err(wanted));
    assert_eq!(verify(&headers, b"{}", &keys(), &[]), Ok(()));
    assert_eq!(verify(&headers, b"{} ", &keys(), &[]), Err(Unverified::WrongSignature));
    let other = sign::ebay(&Secret::new("other"), KID, b"{}").unwrap();
    assert_eq!(verify(&other, b"{}", &keys(), &[]), Err(Unverified::WrongSignature));
}

#[test]
fn a_header_or_a_key_of_another_kind_is_refused() {
    let verdict = verify(&Headers::default(), b"{}", &keys(), &[]);
    assert_eq!(verdict, Err(Unverified::MissingHeader("x-ebay-signature")));
    let right = sign::ebay(&Secret::new("hush"), KID, b"{}").unwrap();
    let right = STANDARD.decode(right.get("x-ebay-signature").unwrap()).unwrap();
    let right: Value = serde_json::from_slice(&right).unwrap();
    for (member, value) in [
        ("alg", "none"),
        ("digest", "SHA256"),
        ("digest", "MD5"),
        ("kid", "../../../sell/account/v1/privilege?x=0000"),
        ("kid", "0d3a5b1e-6f2c-4a79-9b8d-2c4e6f8a0b/.."),
        ("signature", ""),
        ("signature", "MAYCAQECAQE="),
    ] {
        let mut header = right.clone();
        header[member] = value.into();
        let header = STANDARD.encode(header.to_string());
        let headers = [("x-ebay-signature", header)].into_iter().collect();
        assert_eq!(
            verify(&headers, b"{}", &keys(), &[]),
            Err(Unverified::WrongSignature),
            "{member} {value}"
        );
    }
    let headers = sign::ebay(&Secret::new("hush"), KID, b"{}").unwrap();
    let (lookup, answer) = sign::ebay_public_key(&Secret::new("hush"), KID).unwrap();
    for answer in [&b"{}"[..], b"", &answer[..90], &answer.to_ascii_lowercase()] {
        let mut keys = Keys::default();
        keys.keep(&lookup, answer.to_vec());
        assert_eq!(verify(&headers, b"{}", &keys, &[]), Err(Unverified::WrongSignature));
    }
}

#[test]
fn orders_of_other_sellers_are_refused() {
    let verdict = |name: &str, allowed: &[&str]| {
        let body = sample(name);
        let headers = sign::ebay(&Secret::new("hush"), KID, &body).unwrap();
        verify(&headers, &body, &keys(), allowed)
    };
    assert_eq!(verdict(ORDER, &[]), Ok(()));
    assert_eq!(verdict(ORDER, &["other", "s3lleR01"]), Ok(()));
    assert_eq!(verdict(ORDER, &["dallah-coffee"]), Ok(()));
    assert_eq!(verdict(ORDER, &["other"]), Err(Unverified::NotAllowed("seller")));
    assert_eq!(verdict(DELETION, &["other"]), Ok(()));
}

#[test]
fn a_challenge_is_answered_once_the_word_and_the_address_are_set_up() {
    let (headers, token) = (Headers::default(), Secret::new("a-word-of-thirty-two-characters-0"));
    let greeting = Greeting {
        method: "GET",
        query: "challenge_code=a8628072-3d33-45ee-9004-bee86830a22d",
        headers: &headers,
        body: b"",
        url: Some("https://hooks.example.com/hooks/ebay"),
        token: Some(&token),
    };
    let greet = provider("ebay").unwrap().greet;
    assert!(matches!(greet(&greeting), Some(Answer::Json(text)) if text.len() == 88));
    assert_eq!(greet(&Greeting { token: None, ..greeting }), Some(Answer::Refused));
    assert_eq!(greet(&Greeting { token: Some(&Secret::new(" ")), ..greeting }), Some(Answer::Refused));
    assert_eq!(greet(&Greeting { url: None, ..greeting }), Some(Answer::Refused));
    assert_eq!(greet(&Greeting { query: "x=y", ..greeting }), None);
    assert_eq!(greet(&Greeting { method: "POST", ..greeting }), None);
}

#[test]
fn a_token_of_the_application_is_got_for_its_credentials() {
    let api = provider("ebay").unwrap().api.unwrap();
    let exchange = api.exchange.unwrap();
    let post = (exchange.request)(&Secret::new(r#"{"client_id": "shop", "client_secret": "hush"}"#)).unwrap();
    assert_eq!(post.url, "https://api.ebay.com/identity/v1/oauth2/token");
    let scope = "https%3A%2F%2Fapi.ebay.com%2Foauth%2Fapi_scope";
    assert_eq!(post.body, format!("grant_type=client_credentials&scope={scope}"));
    assert_eq!(post.headers[0], ("authorization", "Basic c2hvcDpodXNo".to_owned()));
    for kept in
        ["", "hush", "{}", r#"{"client_id": "shop"}"#, r#"{"client_id": " ", "client_secret": "hush"}"#]
    {
        assert_eq!((exchange.request)(&Secret::new(kept)), None, "{kept}");
    }
    let token =
        (exchange.token)(br#"{"access_token": "t-1", "expires_in": 7200, "token_type": "x"}"#).unwrap();
    assert_eq!(token.lives, Wait::seconds(7200));
    assert_eq!((api.headers)(&token.secret), [("authorization", "Bearer t-1".to_owned())]);
    assert!((exchange.token)(br#"{"error": "invalid_client"}"#).is_err());
}
