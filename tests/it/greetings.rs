//! What providers ask before they send is answered to the letter, and writes nothing.

use rihla_local::aws::Aws;
use rihla_local::run::{HttpAnswer, HttpRequest, Stack};

use crate::counted::Log;
use crate::shop::{MONDAY_NINE, Shop, account_at};
use crate::stand_in::StandIn;
use crate::tester::{shop_on, shop_with};

const WORD: &str = "/rihla/local/words/shop";

/// A shop that has agreed with its provider on a word.
async fn shop(aws: Aws) -> Shop {
    shop_on(aws, &StandIn::default(), |source| {
        source.greeting_token = Some("words/shop".into());
        source.url = Some("https://hooks.sidra.example/hooks/shop".into());
    })
    .await
}

fn asked(method: &str, query: &str, body: &str) -> HttpRequest {
    HttpRequest {
        method: method.into(),
        path: "/hooks/shop".into(),
        query: query.into(),
        body: body.into(),
        ..HttpRequest::default()
    }
}

/// Sends a greeting, of which nothing may be written.
async fn greeted(shop: &Shop, request: &HttpRequest) -> HttpAnswer {
    let before = shop.items();
    let answer = shop.send(request).await;
    assert_eq!(shop.items(), before);
    answer
}

fn shown(answer: &HttpAnswer) -> (u16, Option<&str>, &str) {
    (answer.status, answer.headers.get("content-type"), &answer.body)
}

#[tokio::test]
async fn probes_pings_and_challenges_are_answered_as_their_provider_asks() {
    let shop = shop(account_at(MONDAY_NINE)).await;
    // The local account's word is what everything is signed with.
    let secret = rihla_local::run::LOCAL_SECRETS;
    for (method, query, body, expected) in [
        ("HEAD", String::new(), "", (200, None, "")),
        ("POST", String::new(), "ping", (200, None, "")),
        ("GET", format!("1158&word={secret}"), "", (200, Some("text/plain"), "1158")),
        ("GET", "1158&word=guess".to_owned(), "", (403, None, "")),
        (
            "GET",
            "code".to_owned(),
            "",
            (200, Some("application/json"), r#"{"code":"https://hooks.sidra.example/hooks/shop"}"#),
        ),
        ("GET", String::new(), "", (405, None, "")),
        ("PUT", String::new(), "", (405, None, "")),
    ] {
        let answer = greeted(&shop, &asked(method, &query, body)).await;
        assert_eq!(shown(&answer), expected, "{method} {query} {body}");
    }
    let answer = greeted(&shop, &asked("GET", "code", "")).await;
    assert_eq!(answer.headers.get("x-content-type-options"), Some("nosniff"));
}

#[tokio::test]
async fn without_a_word_no_challenge_is_answered() {
    let shop = shop_with(&StandIn::default(), |_| ()).await;
    let secret = rihla_local::run::LOCAL_SECRETS;
    assert_eq!(shop.send(&asked("GET", &format!("1158&word={secret}"), "")).await.status, 403);
}

#[tokio::test]
async fn a_word_that_was_replaced_is_read_anew_but_not_for_every_guess() {
    let shop = shop(account_at(MONDAY_NINE)).await;
    shop.aws().parameters().set_secret(WORD, "a newer word");
    let newer = asked("GET", "1158&word=a newer word", "");
    assert_eq!(greeted(&shop, &newer).await.status, 403, "it was read a moment ago");
    shop.pass(rihla_core::instant::Wait::seconds(60)).await;
    assert_eq!(shown(&greeted(&shop, &newer).await), (200, Some("text/plain"), "1158"));
    let (_, calls) = shop.traced(greeted(&shop, &asked("GET", "1158&word=guess", ""))).await;
    assert!(calls.is_empty(), "{calls:?}");
}

#[tokio::test]
async fn a_body_over_the_limit_is_no_greeting() {
    let shop = shop(account_at(MONDAY_NINE)).await;
    assert_eq!(shop.send(&asked("HEAD", "", &" ".repeat(1_001))).await.status, 413);
}

#[tokio::test]
async fn a_token_in_the_address_is_neither_logged_nor_parked() {
    let (log, _guard) = Log::begin();
    let shop = shop(account_at(MONDAY_NINE)).await;
    let secret = rihla_local::run::LOCAL_SECRETS;
    let at = shop.now();
    for (body, status) in [
        (format!(r#"{{"at":"{at}","order":"1"}}"#), 200),
        (format!(r#"{{"at":"{at}","order":"1","ask":["https://api.tester.example/orders/1"]}}"#), 202),
        ("no JSON".to_owned(), 202),
    ] {
        let mut request = asked("POST", &format!("token={secret}"), &body);
        request.headers.set("x-shown", format!("Bearer {secret}"));
        request.headers.set("x-kept", "it");
        assert_eq!(shop.send(&request).await.status, status, "{body}");
    }
    let strange = asked("POST", "token=stranger", "{}");
    assert_eq!(shop.send(&strange).await.status, 401);
    let queues = shop.aws().queues();
    for queue in ["inbox", "inbox-dead"] {
        let parked = queues.peek(queue, 10).unwrap();
        assert_eq!(parked.len(), 1);
        assert!(parked[0].body.contains("x-kept") && !parked[0].body.contains(secret), "{parked:?}");
    }
    assert!(log.text().contains("delivery.not_verified"));
    assert!(!log.text().contains(secret) && !log.text().contains("stranger"), "{}", log.text());
    assert_eq!(
        shop.tell_thinly(&format!(r#"{{"at":"{at}","order":"1"}}"#)).await,
        200,
        "signed, it counts, too"
    );
}

#[tokio::test]
async fn only_the_accounts_that_the_source_allows_are_heard() {
    let shop = shop_with(&StandIn::default(), |source| source.allow = vec!["ours".into()]).await;
    let body = format!(r#"{{"at":"{}","order":"1"}}"#, shop.now());
    for (account, status) in [("ours", 200), ("theirs", 401)] {
        let mut request = shop.tester(&Stack::secret(), &body);
        request.headers.set("x-account", account);
        assert_eq!(shop.send(&request).await.status, status, "{account}");
    }
}
