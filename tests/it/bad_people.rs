//! What is told of people and cannot be so, or can be read in two ways: each has its rule.

use rihla_core::event::{Fact, Person};
use rihla_core::instant::Wait;
use rihla_core::source::SourceId;
use rihla_local::shop::Posted;
use serde_json::{Value, json};

use crate::facts::{AMAL, ORDER, known_as, person, placed};
use crate::shop::Shop;

impl Shop {
    /// The web shop tells of an order of the customer 77, with these members.
    async fn web_order(&self, members: &[(&str, Value)]) -> u16 {
        let mut order = json!({ "id": 1, "name": "#1", "created_at": "2026-11-02T09:00:00Z", "currency": "GBP",
            "total_price": "10.00", "customer": { "id": 77, "first_name": "Amal" } });
        for (name, value) in members {
            order[*name] = value.clone();
        }
        let (source, topic) = (SourceId::from_static("web"), Some("orders/create"));
        let body = order.to_string().into_bytes();
        self.post(&Posted { source, topic, body, ..self.delivery("shop", &[]) }).await
    }

    /// The reasons for which something was set aside.
    fn set_aside(&self) -> Vec<String> {
        let dead = self.aws().queues().peek("inbox-dead", 10).unwrap();
        let reason = |value: &Value| value["StringValue"].as_str().unwrap_or_default().to_owned();
        dead.iter().map(|message| reason(&json!(message.attributes["reason"]))).collect()
    }
}

fn long() -> String {
    format!("{}@example.com", "a".repeat(288))
}

#[tokio::test]
async fn an_address_of_300_characters_is_left_out_and_its_order_kept() {
    let shop = Shop::open().await;
    assert_eq!(shop.web_order(&[("email", json!(long()))]).await, 200);
    let (_, buyer) = shop.profiles().remove(0);
    assert_eq!((buyer.totals.orders(), buyer.email), (1, None));
    assert!(!shop.items().iter().any(|item| item.document.contains("aaaaaaaa")));
}

#[tokio::test]
async fn an_own_shops_address_of_300_characters_sets_the_event_aside_and_says_why() {
    let shop = Shop::open().await;
    let before = shop.items();
    let mut posted = shop.delivery("shop", &[placed(ORDER, person(AMAL))]);
    posted.body = String::from_utf8(posted.body).unwrap().replace(AMAL, &long()).into_bytes();
    assert_eq!(shop.post(&posted).await, 202);
    let reasons = shop.set_aside();
    assert!(reasons.len() == 1 && reasons[0].contains("254 characters at most"), "{reasons:?}");
    assert_eq!(shop.items(), before);
}

#[tokio::test]
async fn one_person_with_five_addresses_is_one_and_is_written_to_at_the_last() {
    let shop = Shop::open().await;
    let address = |number: usize| format!("amal.{number}@example.com");
    for number in 1..=5 {
        let buyer = known_as(person(&address(number)), "77");
        shop.tell(&[placed(&number.to_string(), buyer)]).await;
        shop.hours(1).await;
    }
    assert_eq!(shop.profiles().len() - shop.linked(), 1);
    shop.days(3).await;
    let sent: Vec<usize> = (1..=5).map(|number| shop.journeys_sent_to(&address(number)).len()).collect();
    assert!(sent[..4] == [0; 4] && sent[4] > 0, "{sent:?}");
}

#[tokio::test]
async fn of_an_order_that_is_older_than_its_profile_only_what_was_not_known_is_taken() {
    let named = |first_name: &str, zone: Option<&str>| Person {
        first_name: Some(first_name.into()),
        zone: zone.map(Into::into),
        ..known_as(person(AMAL), "77")
    };
    let profile = (Wait::hours(0), Fact::ProfileChanged(named("Amal", None)));
    let order = (Wait::days(400), placed(ORDER, named("Amaal", Some("Asia/Dubai"))));
    for facts in [[profile.clone(), order.clone()], [order, profile]] {
        let shop = Shop::open().await;
        for fact in facts {
            shop.tell_late(&[fact]).await;
        }
        let known = shop.profile(AMAL);
        let first_name = known.first_name.map(|name| name.value);
        let zone = known.zone.map(|zone| zone.value);
        assert_eq!((first_name.as_deref(), zone.as_deref()), (Some("Amal"), Some("Asia/Dubai")));
        assert_eq!((shop.profiles().len(), known.totals.orders()), (1, 1));
        shop.days(3).await;
        assert_eq!(shop.mails().len(), 0, "nothing is due after so long");
    }
}

#[tokio::test]
async fn an_order_that_is_younger_than_its_profile_brings_the_newer_word() {
    let shop = Shop::open().await;
    let named = |first_name: &str| Person { first_name: Some(first_name.into()), ..person(AMAL) };
    shop.tell_late(&[(Wait::days(400), Fact::ProfileChanged(named("Amaal")))]).await;
    shop.tell(&[placed(ORDER, named("Amal"))]).await;
    let known = shop.profile(AMAL);
    assert_eq!(known.first_name.map(|name| name.value).as_deref(), Some("Amal"));
    assert_eq!(shop.profiles().len(), 1);
}

#[tokio::test]
async fn no_birthdate_is_kept_of_anybody_in_the_future_or_not() {
    for birthdate in ["2090-05-17", "1990-05-17"] {
        let shop = Shop::open().await;
        let customer = json!({ "id": 77, "first_name": "Amal", "birthdate": birthdate });
        let told = [("email", json!(AMAL)), ("customer", customer), ("birthdate", json!(birthdate))];
        assert_eq!(shop.web_order(&told).await, 200);
        assert_eq!(shop.profile(AMAL).totals.orders(), 1);
        assert!(!shop.items().iter().any(|item| item.document.contains(birthdate)));
    }
}

#[tokio::test]
async fn an_own_shops_event_with_a_birthdate_is_set_aside_and_names_it() {
    let shop = Shop::open().await;
    let before = shop.items();
    let mut posted = shop.delivery("shop", &[Fact::ProfileChanged(person(AMAL))]);
    let with_birthdate = r#"{"birthdate":"2090-05-17","#;
    let body = String::from_utf8(posted.body).unwrap();
    let (head, data) = body.split_once(r#""data":{"#).unwrap();
    posted.body = format!(r#"{head}"data":{with_birthdate}{data}"#).into_bytes();
    assert_eq!(shop.post(&posted).await, 202);
    let reasons = shop.set_aside();
    assert!(reasons.len() == 1 && reasons[0].contains("birthdate"), "{reasons:?}");
    assert_eq!(shop.items(), before);
}
