//! What a delivery only names is asked of the provider's API: by `absorb`, patiently, and not for ever.

use std::time::Duration;

use rihla_channels::Secret;
use rihla_core::instant::Wait;
use rihla_local::aws::layout::Layout;

use crate::counted::Log;
use crate::facts::{AMAL, ORDER};
use crate::shop::{MONDAY_NINE, Shop, account_at};
use crate::stand_in::{Says, StandIn};
use crate::tester::{seal, shop_on, shop_with};

const API: &str = "https://api.tester.example";
const ORDERS: &str = "https://api.tester.example/orders/4501";
const CUSTOMERS: &str = "https://api.tester.example/customers/77";
const LOGIN: &str = "https://login.tester.example/token";

/// A delivery that names its order and no more.
const THIN: &str = r#"{"at":"2026-11-02T08:59:00Z","order":"4501","ask":["/orders/4501"]}"#;

/// What the API tells of it.
fn order() -> Says {
    Says::good(r#"{"at":"2026-11-02T08:59:00Z","order":"4501"}"#)
}

/// A shop with a token for the API.
async fn with_token(outside: &StandIn) -> Shop {
    shop_with(outside, |source| source.api_token = Some("tokens/shop".into())).await
}

/// Tells thinly, and lets `absorb` do what it can at this moment.
async fn told(shop: &Shop, body: &str) {
    assert_eq!(shop.tell_thinly(body).await, 202);
    shop.stack.settle().await.unwrap();
}

/// Whether what only the API knows is on record.
fn is_whole(shop: &Shop) -> bool {
    shop.order(ORDER).is_some_and(|order| order.placed.is_some())
}

fn waiting(shop: &Shop, queue: &str) -> usize {
    shop.aws().queues().peek(queue, 100).unwrap().len()
}

/// Why the one delivery was set aside that was.
fn reason(shop: &Shop) -> String {
    let dead = shop.aws().queues().peek("inbox-dead", 10).unwrap();
    let [message] = &dead[..] else { panic!("one message, not {}", dead.len()) };
    message.attributes["reason"]["StringValue"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn what_is_named_is_asked_for_with_the_token_and_recorded() {
    let outside = StandIn::default();
    outside.answer(ORDERS, &[order()]);
    let shop = with_token(&outside).await;
    assert_eq!(shop.tell_thinly(THIN).await, 202);
    assert_eq!((shop.order(ORDER), outside.urls().len(), waiting(&shop, "inbox")), (None, 0, 1));
    shop.stack.settle().await.unwrap();
    let asked = outside.asked();
    let [asked] = &asked[..] else { panic!("{asked:?}") };
    assert_eq!((&*asked.method, &*asked.url), ("GET", ORDERS));
    assert_eq!(asked.token, Some(seal(&Secret::new("open sesame"))));
    assert!(is_whole(&shop));
    assert_eq!(shop.profile(AMAL).first_name.unwrap().value, "Amal");
    assert_eq!((waiting(&shop, "inbox"), waiting(&shop, "inbox-dead")), (0, 0));
}

#[tokio::test]
async fn what_an_answer_names_is_asked_for_in_turn_and_everything_once() {
    let outside = StandIn::default();
    let again = r#""ask":["/customers/77","/orders/4501","/customers/77"]"#;
    let order = format!(r#"{{"at":"2026-11-02T08:59:00Z","order":"4501",{again}}}"#);
    let customer = format!(r#"{{"at":"2026-11-02T08:59:30Z","order":"","name":"Amalia",{again}}}"#);
    outside.answer(ORDERS, &[Says::good(order)]);
    outside.answer(CUSTOMERS, &[Says::good(customer)]);
    let shop = with_token(&outside).await;
    told(&shop, THIN).await;
    assert_eq!(outside.urls(), [ORDERS, CUSTOMERS]);
    assert_eq!(shop.profile(AMAL).first_name.unwrap().value, "Amalia");
    assert_eq!((waiting(&shop, "inbox"), waiting(&shop, "inbox-dead")), (0, 0));
}

#[tokio::test]
async fn an_api_that_never_comes_to_an_end_is_left_after_twenty_answers() {
    let outside = StandIn::default();
    for page in 0..40 {
        let next =
            format!(r#"{{"at":"2026-11-02T08:59:00Z","order":"4501","ask":["/orders/{}"]}}"#, page + 1);
        outside.answer(&format!("{API}/orders/{page}"), &[Says::good(next)]);
    }
    let shop = with_token(&outside).await;
    told(&shop, &THIN.replace("/orders/4501", "/orders/0")).await;
    assert_eq!(outside.urls().len(), 20);
    assert!(is_whole(&shop), "what was told is on record");
    assert_eq!(reason(&shop), "more than 20 things were to be asked for");
}

#[tokio::test]
async fn without_a_token_what_the_delivery_has_is_recorded_at_once() {
    let outside = StandIn::default();
    outside.answer(ORDERS, &[order()]);
    let shop = shop_with(&outside, |_| ()).await;
    assert_eq!(shop.tell_thinly(THIN).await, 200);
    assert!(shop.order(ORDER).is_some_and(|order| order.placed.is_none()));
    shop.hours(1).await;
    assert!(outside.urls().is_empty());
    assert_eq!((waiting(&shop, "inbox"), waiting(&shop, "inbox-dead")), (0, 0));
}

/// A delivery that says less surely what the API would tell.
const UNSURE: &str =
    r#"{"at":"2026-11-02T08:59:00Z","order":"4501","state":"unsure","ask":["/orders/4501"]}"#;

/// Whether what the delivery says itself is on record.
fn is_told_unsurely(shop: &Shop) -> bool {
    shop.order(ORDER).and_then(|order| order.number).is_some_and(|number| number.value == "unsure")
}

#[tokio::test]
async fn what_is_less_sure_is_not_recorded_where_the_api_tells() {
    let outside = StandIn::default();
    outside.answer(ORDERS, &[order()]);
    let shop = with_token(&outside).await;
    told(&shop, UNSURE).await;
    assert!(is_whole(&shop) && !is_told_unsurely(&shop));
}

#[tokio::test]
async fn what_is_less_sure_is_recorded_where_the_api_cannot_be_asked() {
    let shop = shop_with(&StandIn::default(), |_| ()).await;
    assert_eq!(shop.tell_thinly(UNSURE).await, 200);
    assert!(is_told_unsurely(&shop));
}

#[tokio::test]
async fn what_is_less_sure_is_recorded_once_it_is_sure_that_the_api_will_not_tell() {
    let outside = StandIn::default();
    outside.answer(ORDERS, &[Says::status(404)]);
    let shop = with_token(&outside).await;
    told(&shop, UNSURE).await;
    assert!(is_told_unsurely(&shop), "at once: there is no such order");
    outside.answer(ORDERS, &[Says::status(500)]);
    let shop = with_token(&outside).await;
    told(&shop, UNSURE).await;
    assert!(!is_told_unsurely(&shop), "the API may come back");
    shop.hours(2).await;
    assert!(is_told_unsurely(&shop));
}

#[tokio::test]
async fn an_address_of_its_own_is_asked_without_the_token() {
    let outside = StandIn::default();
    let url = "https://elsewhere.example/orders/4501";
    outside.answer(url, &[order()]);
    for token in [None, Some("tokens/shop".to_owned())] {
        let shop = shop_with(&outside, |source| source.api_token = token.clone()).await;
        told(&shop, &THIN.replace("/orders/4501", url)).await;
        let asked = outside.asked();
        assert_eq!((asked.len(), &*asked[0].url, &asked[0].token), (1, url, &None));
        assert!(is_whole(&shop));
    }
}

#[tokio::test]
async fn nothing_is_asked_in_the_clear() {
    for api_url in [None, Some("http://api.tester.example".to_owned())] {
        let outside = StandIn::default();
        let shop = shop_with(&outside, |source| {
            source.api_token = Some("tokens/shop".into());
            source.api_url.clone_from(&api_url);
        })
        .await;
        let in_the_clear = THIN.replace("/orders/4501", "http://elsewhere.example/orders/4501");
        told(&shop, if api_url.is_some() { THIN } else { &in_the_clear }).await;
        assert!(outside.urls().is_empty(), "{api_url:?}");
        let why = "the orders could not be had: the address or the token is none that can be sent";
        assert_eq!(reason(&shop), why);
    }
}

#[tokio::test]
async fn the_source_may_have_its_api_in_another_place() {
    let outside = StandIn::default();
    outside.answer("https://sandbox.tester.example/v2/orders/4501", &[order()]);
    let shop = shop_with(&outside, |source| {
        source.api_token = Some("tokens/shop".into());
        source.api_url = Some("https://sandbox.tester.example/v2/".into());
    })
    .await;
    told(&shop, THIN).await;
    assert!(is_whole(&shop));
}

#[tokio::test]
async fn a_failure_that_passes_is_outlasted_within_the_invocation() {
    for says in [Says::status(500), Says::status(503), Says::status(408), Says::Nothing, Says::Away] {
        let outside = StandIn::default();
        outside.answer(ORDERS, &[says.clone(), says.clone(), order()]);
        let shop = with_token(&outside).await;
        told(&shop, THIN).await;
        assert!(is_whole(&shop), "{says:?}");
        assert_eq!((outside.urls().len(), waiting(&shop, "inbox")), (3, 0), "{says:?}");
    }
}

#[tokio::test]
async fn an_api_that_stays_away_is_asked_for_an_hour_then_the_delivery_is_set_aside_with_the_reason() {
    for (says, why) in [
        (Says::status(500), "the provider answered 500"),
        (Says::Nothing, "the provider did not answer in time"),
        (Says::Away, "the provider cannot be reached: "),
    ] {
        let outside = StandIn::default();
        outside.answer(ORDERS, &[says]);
        let shop = with_token(&outside).await;
        told(&shop, THIN).await;
        assert!(shop.order(ORDER).is_some_and(|order| order.placed.is_none()), "what it has is on record");
        let mut times = vec![shop.now()];
        let mut asked = outside.urls().len();
        while waiting(&shop, "inbox") == 1 {
            shop.pass(Wait::seconds(30)).await;
            let urls = outside.urls();
            times.extend((!urls.is_empty()).then(|| shop.now()));
            asked += urls.len();
        }
        let pauses: Vec<i64> = times.windows(2).map(|two| two[1].seconds() - two[0].seconds()).collect();
        assert_eq!(pauses, [30, 60, 120, 240, 480, 900, 900, 900]);
        assert_eq!(asked, 3 * usize::try_from(absorb::TRIES).unwrap());
        let told = reason(&shop);
        assert!(told.starts_with(&format!("the orders could not be had: {why}")), "{told}");
        outside.answer(ORDERS, &[order()]);
        assert_eq!(shop.aws().queues().redrive("inbox-dead").unwrap(), 1);
        shop.stack.settle().await.unwrap();
        assert!(is_whole(&shop));
    }
}

/// What the queue sets aside itself has no reason with it.
#[test]
fn the_inbox_lets_a_message_come_more_often_than_an_api_is_asked() {
    let layout = Layout::default();
    assert!(layout.queue("inbox").unwrap().redrive.as_ref().unwrap().max_receive_count > absorb::TRIES);
}

#[tokio::test]
async fn an_api_that_is_asked_too_often_is_left_alone_for_as_long_as_it_says() {
    for (says, seconds) in [
        (Says::later(429, "120"), 120),
        (Says::later(429, "Mon, 02 Nov 2026 09:05:00 GMT"), 300),
        (Says::later(503, "90"), 90),
        (Says::later(429, "1"), 30),
        (Says::later(429, "86400"), 900),
        (Says::later(429, "after lunch"), 30),
        (Says::status(429), 30),
    ] {
        let outside = StandIn::default();
        outside.answer(ORDERS, &[says.clone(), order()]);
        let shop = with_token(&outside).await;
        told(&shop, THIN).await;
        assert_eq!(outside.urls().len(), 1, "{says:?}");
        shop.pass(Wait::seconds(seconds - 1)).await;
        assert_eq!((outside.urls().len(), is_whole(&shop)), (0, false), "{says:?}");
        shop.pass(Wait::seconds(1)).await;
        assert_eq!((outside.urls().len(), is_whole(&shop)), (1, true), "{says:?}");
        assert_eq!((waiting(&shop, "inbox"), waiting(&shop, "inbox-dead")), (0, 0));
    }
}

#[tokio::test]
async fn what_will_never_be_told_is_set_aside_at_once_with_the_reason() {
    for (says, why) in [
        (Says::status(401), "the provider answered 401"),
        (Says::status(403), "the provider answered 403"),
        (Says::status(404), "the provider answered 404"),
        (Says::later(302, "0"), "the provider answered 302"),
        (Says::good("<html>We are back soon</html>"), "the body is no JSON: expected value"),
        (Says::good(""), "the body is no JSON: EOF"),
        (Says::good(b"\xff\xfe".to_vec()), "the body is no JSON: expected value"),
        (Says::good(vec![b' '; 1024 * 1024 + 1]), "the provider answered more than a megabyte"),
    ] {
        let outside = StandIn::default();
        outside.answer(ORDERS, &[says]);
        let shop = with_token(&outside).await;
        told(&shop, THIN).await;
        assert!(shop.order(ORDER).is_some_and(|order| order.placed.is_none()), "what it has is on record");
        assert_eq!((outside.urls().len(), waiting(&shop, "inbox")), (1, 0), "{why}");
        let told = reason(&shop);
        assert!(told.starts_with(&format!("the orders could not be had: {why}")), "{told}");
    }
}

#[tokio::test]
async fn what_cannot_be_told_holds_back_nothing_else() {
    let outside = StandIn::default();
    outside.answer(ORDERS, &[order()]);
    outside.answer(CUSTOMERS, &[Says::status(404)]);
    let shop = with_token(&outside).await;
    told(&shop, &THIN.replace(r#"["/orders"#, r#"["/customers/77","/orders"#)).await;
    assert!(is_whole(&shop));
    assert_eq!(reason(&shop), "the customers could not be had: the provider answered 404");
}

#[tokio::test]
async fn an_api_that_takes_its_time_is_not_asked_beyond_the_functions_own() {
    let outside = StandIn::default();
    let asks: Vec<String> = (0..15).map(|page| format!("\"/orders/{page}\"")).collect();
    for page in 0..15 {
        outside.answer(&format!("{API}/orders/{page}"), &[order()]);
    }
    let shop = with_token(&outside).await;
    assert_eq!(shop.tell_thinly(&THIN.replace("\"/orders/4501\"", &asks.join(","))).await, 202);
    outside.take(shop.aws().clock(), Duration::from_secs(4));
    shop.stack.settle().await.unwrap();
    assert_eq!(outside.urls().len(), 5, "after twenty seconds no more");
    assert!(is_whole(&shop), "what was told is on record");
    assert_eq!((waiting(&shop, "inbox"), waiting(&shop, "inbox-dead")), (1, 0));
}

/// A shop whose token is one that must be exchanged.
async fn exchanging(outside: &StandIn) -> Shop {
    shop_with(outside, |source| {
        source.provider = "exchanger".into();
        source.api_token = Some("tokens/shop".into());
    })
    .await
}

#[tokio::test]
async fn a_token_that_lives_for_an_hour_is_got_once_and_again_shortly_before_its_end() {
    let outside = StandIn::default();
    outside.answer(ORDERS, &[order()]);
    outside.answer(LOGIN, &[Says::good("first"), Says::good("second")]);
    let shop = exchanging(&outside).await;
    for _ in 0..3 {
        assert_eq!(shop.tell_thinly(THIN).await, 202);
    }
    shop.stack.settle().await.unwrap();
    assert_eq!(outside.urls(), [LOGIN, ORDERS, ORDERS, ORDERS]);
    shop.pass(Wait::seconds(3_539)).await;
    told(&shop, THIN).await;
    assert_eq!(outside.urls(), [ORDERS]);
    shop.pass(Wait::seconds(1)).await;
    told(&shop, THIN).await;
    let asked = outside.asked();
    assert_eq!(asked.len(), 2);
    assert_eq!((&*asked[0].url, &*asked[0].body), (LOGIN, &*seal(&Secret::new("open sesame"))));
    assert_eq!(asked[1].token, Some(seal(&Secret::new("second"))));
}

#[tokio::test]
async fn a_token_that_is_refused_is_got_anew_but_not_again_and_again() {
    let outside = StandIn::default();
    outside.answer(LOGIN, &[Says::good("first"), Says::good("second")]);
    outside.answer(ORDERS, &[order(), Says::status(401), order(), Says::status(403)]);
    let shop = exchanging(&outside).await;
    told(&shop, THIN).await;
    assert_eq!(outside.urls(), [LOGIN, ORDERS]);
    shop.pass(Wait::seconds(60)).await;
    told(&shop, THIN).await;
    assert_eq!(outside.urls(), [ORDERS, LOGIN, ORDERS]);
    assert_eq!(waiting(&shop, "inbox-dead"), 0);
    told(&shop, THIN).await;
    assert_eq!(outside.urls(), [ORDERS], "it was got a moment ago");
    assert_eq!(reason(&shop), "the orders could not be had: the provider answered 403");
}

#[tokio::test]
async fn where_no_token_is_given_it_is_told_why() {
    for (says, why, comes_again) in [
        (Says::status(500), "answered 500", true),
        (Says::status(400), "the provider answered 400", false),
        (Says::good("<html>"), "what came for the token that is kept cannot be read: ", false),
    ] {
        let outside = StandIn::default();
        outside.answer(LOGIN, &[says]);
        let shop = exchanging(&outside).await;
        told(&shop, THIN).await;
        assert_eq!(waiting(&shop, "inbox") == 1, comes_again, "{why}");
        if !comes_again {
            assert!(reason(&shop).contains(why), "{}", reason(&shop));
        }
    }
}

#[tokio::test]
async fn a_token_of_the_wrong_shape_is_said_to_be_one() {
    let outside = StandIn::default();
    let aws = account_at(MONDAY_NINE);
    aws.parameters().set_secret("/rihla/local/tokens/odd", "shapeless");
    let shop = shop_on(aws, &outside, |source| {
        source.provider = "exchanger".into();
        source.api_token = Some("tokens/odd".into());
    })
    .await;
    told(&shop, THIN).await;
    assert!(outside.urls().is_empty());
    assert!(reason(&shop).ends_with("the token for the API has not the shape that the provider needs"));
}

#[tokio::test]
async fn a_token_that_is_written_or_replaced_later_is_found() {
    let outside = StandIn::default();
    outside.answer(ORDERS, &[order()]);
    let shop = shop_with(&outside, |source| source.api_token = Some("tokens/late".into())).await;
    let tokens = shop.aws().parameters();
    told(&shop, THIN).await;
    assert_eq!((outside.urls().len(), waiting(&shop, "inbox")), (0, 1));
    tokens.set_secret("/rihla/local/tokens/late", "open sesame");
    shop.pass(Wait::seconds(90)).await;
    assert_eq!((outside.urls().len(), waiting(&shop, "inbox")), (1, 0));
    tokens.set_secret("/rihla/local/tokens/late", "another word");
    outside.answer(ORDERS, &[Says::status(401), order()]);
    shop.pass(Wait::seconds(60)).await;
    told(&shop, THIN).await;
    let asked = outside.asked();
    let seals: Vec<_> = asked.iter().map(|asked| asked.token.clone().unwrap()).collect();
    assert_eq!(seals, ["open sesame", "another word"].map(|token| seal(&Secret::new(token))));
}

#[tokio::test]
async fn a_delivery_that_was_parked_while_the_table_was_away_is_completed_all_the_same() {
    let outside = StandIn::default();
    outside.answer(ORDERS, &[order()]);
    let aws = account_at(MONDAY_NINE);
    let without = shop_on(aws.clone(), &outside, |_| ()).await;
    aws.faults().set(|_| rihla_local::aws::Fault::TimeOut);
    assert_eq!(without.tell_thinly(THIN).await, 503);
    aws.faults().clear();
    let with = shop_on(aws, &outside, |source| source.api_token = Some("tokens/shop".into())).await;
    told(&with, THIN).await;
    assert!(is_whole(&with));
}

#[tokio::test]
async fn a_value_that_is_not_known_here_is_counted_once_whoever_tells_it() {
    let (log, _guard) = Log::begin();
    let outside = StandIn::default();
    let shop = with_token(&outside).await;
    let new_state = |state: &str| format!(r#"{{"at":"2026-11-02T08:59:00Z","order":"1","state":"{state}"}}"#);
    assert_eq!(shop.tell_thinly(&new_state("levitating")).await, 204);
    assert_eq!(log.counted_as("UnknownValue"), 1);
    let line = log.text().lines().find(|line| line.contains("value.unknown")).unwrap().to_owned();
    assert!(line.contains(r#""source":"shop","field":"state","value":"levitating""#), "{line}");
    let asking = new_state("levitating").replace('}', r#","ask":["/orders/4501"]}"#);
    outside.answer(ORDERS, &[Says::status(429), Says::good(new_state("floating"))]);
    told(&shop, &asking).await;
    assert_eq!(log.counted_as("UnknownValue"), 1, "it comes again");
    shop.pass(Wait::seconds(30)).await;
    assert_eq!(log.counted_as("UnknownValue"), 3);
}
