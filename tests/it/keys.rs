//! Public keys: fetched when they are wanted, kept for an hour, and never fetched as often as a stranger likes.

use rihla_channels::Secret;
use rihla_core::instant::Wait;
use rihla_local::run::{HttpAnswer, LOCAL_SECRETS, Outside};

use crate::counted::Log;
use crate::shop::{MONDAY_NINE, Shop, account_at};
use crate::stand_in::{Says, StandIn};
use crate::tester::{TESTERS, seal, set_up_with, shop_with};

const KEY: &str = "https://keys.tester.example/k1";
const OTHER_KEY: &str = "whsec_YW5vdGhlciBrZXkgdGhhbiBiZWZvcmU=";

/// Posts a delivery that is signed by `secret` and says that it is by the key called `name`.
async fn post(shop: &Shop, secret: &str, name: &str) -> HttpAnswer {
    let body = format!(r#"{{"at":"{}","order":"1"}}"#, shop.now());
    let mut request = shop.tester(&Secret::new(secret), &body);
    request.headers.set("x-key", name);
    shop.send(&request).await
}

#[tokio::test]
async fn a_key_is_fetched_once_and_again_after_an_hour() {
    let outside = StandIn::default();
    outside.answer(KEY, &[Says::good(LOCAL_SECRETS)]);
    let shop = shop_with(&outside, |_| ()).await;
    for _ in 0..3 {
        assert_eq!(post(&shop, LOCAL_SECRETS, "k1").await.status, 200);
    }
    assert_eq!(outside.urls(), [KEY]);
    shop.pass(Wait::seconds(3_599)).await;
    assert_eq!(post(&shop, LOCAL_SECRETS, "k1").await.status, 200);
    assert!(outside.urls().is_empty());
    shop.pass(Wait::seconds(1)).await;
    assert_eq!(post(&shop, LOCAL_SECRETS, "k1").await.status, 200);
    assert_eq!(outside.urls(), [KEY]);
}

#[tokio::test]
async fn a_key_that_is_not_the_right_one_any_more_is_asked_for_again_once_a_minute() {
    let outside = StandIn::default();
    outside.answer(KEY, &[Says::good(LOCAL_SECRETS), Says::good(OTHER_KEY)]);
    let shop = shop_with(&outside, |_| ()).await;
    assert_eq!(post(&shop, LOCAL_SECRETS, "k1").await.status, 200);
    assert_eq!(post(&shop, OTHER_KEY, "k1").await.status, 401, "it was fetched a moment ago");
    assert_eq!(outside.urls(), [KEY]);
    shop.pass(Wait::seconds(60)).await;
    assert_eq!(post(&shop, OTHER_KEY, "k1").await.status, 200);
    assert_eq!(outside.urls(), [KEY]);
    for _ in 0..5 {
        assert_eq!(post(&shop, LOCAL_SECRETS, "k1").await.status, 401);
    }
    assert!(outside.urls().is_empty());
}

#[tokio::test]
async fn where_no_key_can_be_had_the_sender_is_to_try_again() {
    for says in [
        Says::status(500),
        Says::status(404),
        Says::status(302),
        Says::Nothing,
        Says::Away,
        Says::good(vec![b'a'; 1024 * 1024 + 1]),
    ] {
        let (log, _guard) = Log::begin();
        let outside = StandIn::default();
        outside.answer(KEY, &[says.clone(), Says::good(LOCAL_SECRETS)]);
        let shop = shop_with(&outside, |_| ()).await;
        let before = shop.items();
        assert_eq!(post(&shop, LOCAL_SECRETS, "k1").await.status, 503, "{says:?}");
        assert_eq!((shop.items(), outside.urls().len()), (before, 1), "{says:?}");
        assert_eq!((log.counted_as("KeyNotFetched"), log.counted_as("NotVerified")), (1, 1), "{says:?}");
        assert!(!log.text().contains("keys.tester.example"), "{}", log.text());
        assert_eq!(post(&shop, LOCAL_SECRETS, "k1").await.status, 200, "{says:?}");
    }
}

#[tokio::test]
async fn an_answer_that_is_no_key_proves_nothing() {
    for body in ["", "<html>", "no key at all"] {
        let outside = StandIn::default();
        outside.answer(KEY, &[Says::good(body)]);
        let shop = shop_with(&outside, |_| ()).await;
        assert_eq!(post(&shop, LOCAL_SECRETS, "k1").await.status, 401, "{body}");
    }
}

#[tokio::test]
async fn forged_names_of_keys_are_asked_for_twenty_times_a_minute_at_most() {
    let outside = StandIn::default();
    let shop = shop_with(&outside, |_| ()).await;
    for forged in 0..30 {
        assert_eq!(post(&shop, LOCAL_SECRETS, &format!("forged-{forged}")).await.status, 503);
    }
    assert_eq!(outside.urls().len(), 20);
    outside.answer(KEY, &[Says::good(LOCAL_SECRETS)]);
    assert_eq!(post(&shop, LOCAL_SECRETS, "k1").await.status, 503);
    shop.pass(Wait::seconds(60)).await;
    assert_eq!(post(&shop, LOCAL_SECRETS, "k1").await.status, 200);
}

#[tokio::test]
async fn a_key_of_one_source_is_none_of_anothers_though_both_call_it_the_same() {
    let outside = StandIn::default();
    outside.answer("https://ours.example/keys/1", &[Says::good(LOCAL_SECRETS)]);
    outside.answer("https://theirs.example/keys/1", &[Says::good(OTHER_KEY)]);
    let mut set_up = set_up_with(|_| ());
    for (name, api_url) in [("shop", "https://ours.example"), ("till", "https://theirs.example")] {
        let source = set_up.sources.iter_mut().find(|source| source.name.as_str() == name).unwrap();
        (source.provider, source.secrets) = ("tester".into(), Vec::new());
        (source.api_token, source.api_url) = (Some("tokens/shop".into()), Some(api_url.into()));
    }
    let aws = account_at(MONDAY_NINE);
    aws.parameters().set_secret("/rihla/local/tokens/shop", "open sesame");
    let shop = Shop::beside(Outside { providers: TESTERS, way: outside.way() }, aws, set_up).await;
    assert_eq!(post(&shop, LOCAL_SECRETS, "/keys/1").await.status, 200);
    let body = format!(r#"{{"at":"{}","order":"1"}}"#, shop.now());
    for (key, status) in [(LOCAL_SECRETS, 401), (OTHER_KEY, 200)] {
        let mut request = shop.tester(&Secret::new(key), &body);
        request.path = "/hooks/till".into();
        request.headers.set("x-key", "/keys/1");
        assert_eq!(shop.send(&request).await.status, status, "{key}");
    }
}

#[tokio::test]
async fn a_key_that_lies_behind_the_api_is_asked_for_with_the_token_of_a_source_without_secrets() {
    let outside = StandIn::default();
    outside.answer("https://api.tester.example/keys/1", &[Says::good(LOCAL_SECRETS)]);
    outside.answer("https://login.tester.example/token", &[Says::good("short-lived")]);
    let shop = shop_with(&outside, |source| {
        source.provider = "exchanger".into();
        source.secrets = Vec::new();
        source.api_token = Some("tokens/shop".into());
    })
    .await;
    assert_eq!(post(&shop, LOCAL_SECRETS, "/keys/1").await.status, 200);
    let asked = outside.asked();
    let [exchange, key] = &asked[..] else { unreachable!("{asked:?}") };
    assert_eq!((&*exchange.method, &*exchange.body), ("POST", &*seal(&Secret::new("open sesame"))));
    assert_eq!((&*key.method, key.token.as_ref()), ("GET", Some(&seal(&Secret::new("short-lived")))));
}
