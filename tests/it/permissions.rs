//! Each function may do in AWS exactly what it is seen to do, and nothing else.

use std::collections::BTreeSet;

use rihla_core::event::{Fact, PrivacyRequest, PrivacyRequested};
use rihla_core::parcel::ParcelState;
use rihla_local::aws::{Aws, Call, Fault, Refusal, Service};
use rihla_local::shop::Posted;

use serde_json::json;

use crate::facts::{AMAL, ORDER, agrees, moved, paid, person, placed};
use crate::reader::rating;
use crate::shop::Shop;
use crate::stand_in::{Says, StandIn};
use crate::template::{Allowed, Template};
use crate::tester::shop_on;

/// Allowed to a function's role, used by AWS on its behalf and not by its code: who, what, on what, and why.
const USED_BY_AWS: [(&str, &str, &str, &str); 3] = [
    ("", "logs:CreateLogStream", ":log-group:", "Lambda writes what a function prints to its log"),
    ("", "logs:PutLogEvents", ":log-group:", "Lambda writes what a function prints to its log"),
    (
        "observe",
        "sqs:SendMessage",
        ":outcomes-dead",
        "Lambda keeps there the reports that failed three times",
    ),
];

/// What AWS uses of `allowed`, by [`USED_BY_AWS`]; each of those lines must be needed.
fn used_by_aws(allowed: &BTreeSet<Allowed>) -> BTreeSet<Allowed> {
    let uses = |(function, action, resource, _): &(&str, &str, &str, &str), one: &Allowed| {
        one.function.starts_with(function) && one.action == *action && one.resource.contains(resource)
    };
    for line in &USED_BY_AWS {
        assert!(allowed.iter().any(|one| uses(line, one)), "nobody is allowed {line:?}");
    }
    allowed.iter().filter(|one| USED_BY_AWS.iter().any(|line| uses(line, one))).cloned().collect()
}

/// What the functions were seen to need in an account.
pub(crate) fn seen(aws: &Aws) -> BTreeSet<Allowed> {
    let functions = aws.ledger().permissions();
    let seen = functions.iter().flat_map(|(name, needed)| needed.iter().map(|one| Allowed::seen(name, one)));
    seen.collect()
}

/// Where what is allowed and what is seen differ.
fn differences(allowed: &BTreeSet<Allowed>, seen: &BTreeSet<Allowed>) -> Vec<String> {
    let by_aws = used_by_aws(allowed);
    let unused = allowed.difference(seen).filter(|one| !by_aws.contains(one));
    let unused = unused.map(|one| format!("allowed and never used: {one}"));
    let missing = seen.difference(allowed).map(|one| format!("used and not allowed: {one}"));
    missing.chain(unused).collect()
}

/// Everything that the functions do, once: what is told, parked, set aside, sent, reported and answered.
async fn everything() -> Shop {
    let shop = Shop::open().await;
    told_while_the_table_is_away(&shop).await;
    told_what_cannot_be_read(&shop).await;
    looked_at_again_in_the_morning(&shop).await;
    told_what_an_api_is_to_be_asked_for(&shop).await;
    bought_and_answered(&shop).await;
    left_a_cart(&shop).await;
    assert_eq!(shop.stack.tally().await.unwrap(), tally::Done::Round);
    asked_by_staff(&shop).await;
    asked_to_be_forgotten(&shop).await;
    shop
}

async fn bought_and_answered(shop: &Shop) {
    for fact in [placed(ORDER, person(AMAL)), paid(ORDER), moved(ORDER, ParcelState::Delivered)] {
        shop.tell(&[fact]).await;
    }
    shop.days(30).await;
    let link = rating(&shop.read("delivery-check"), 4);
    assert_eq!(shop.send_form(&link, &[("score", "4")]).await.status, 200);
}

async fn left_a_cart(shop: &Shop) {
    let left = person("left@example.com");
    shop.tell(&[agrees(left.clone())]).await;
    shop.cart_left_for_the_shipping(left, 2).await;
    assert_eq!(shop.journeys_sent_to("left@example.com"), ["left-cart"]);
}

async fn asked_by_staff(shop: &Shop) {
    let (one, other) = (shop.profiles()[0].0.clone(), shop.profiles()[1].0.clone());
    let found = shop.stack.ask(json!({ "search": { "text": "late@example.com" } })).await.unwrap();
    let late = &found["persons"][0]["customer"];
    for request in [
        json!({ "link": { "customer": one, "with": other, "by": "Noor", "reason": "asked by phone" } }),
        json!({ "links": { "customer": one } }),
        json!({ "timeline": { "customer": one } }),
        json!({ "search": { "text": AMAL } }),
        json!({ "stage": { "customer": one } }),
        json!({ "export": { "customer": one, "by": "Noor" } }),
        json!({ "forget": { "customer": late, "by": "Noor" } }),
    ] {
        let answer = shop.stack.ask(request).await.unwrap();
        assert_eq!(answer.get("error"), None);
    }
}

async fn asked_to_be_forgotten(shop: &Shop) {
    let request = PrivacyRequested {
        request: PrivacyRequest::Erase,
        person: person(AMAL),
        id: None,
        orders: Vec::new(),
    };
    assert_eq!(shop.post(&shop.delivery("shop", &[Fact::PrivacyRequested(request)])).await, 202);
    shop.stack.settle().await.unwrap();
}

/// Parked by `receive`, recorded by `absorb`: a new customer, so that everything that recording does is done. The first of
/// both orders is told of before it is placed.
async fn told_while_the_table_is_away(shop: &Shop) {
    shop.tell(&[paid("early")]).await;
    shop.tell(&[paid("parked")]).await;
    shop.tell(&[placed("early", person("new@example.com"))]).await;
    shop.aws().faults().set(refusing("receive", Service::DynamoDb));
    for fact in [placed("parked", person("newer@example.com")), moved("early", ParcelState::HandedOver)] {
        assert_eq!(shop.post(&shop.delivery("shop", &[fact])).await, 202);
    }
    shop.aws().faults().clear();
    shop.stack.settle().await.unwrap();
    assert!(shop.order("parked").is_some());
}

/// Not decided in the evening but in the morning, with a look at what follows.
async fn looked_at_again_in_the_morning(shop: &Shop) {
    shop.hours(13).await;
    shop.tell(&[placed("evening", person("late@example.com")), moved("evening", ParcelState::Delivered)])
        .await;
    shop.days(12).await;
}

/// Set aside by `receive`; and, where that fails, parked and set aside by `absorb`.
async fn told_what_cannot_be_read(shop: &Shop) {
    let unreadable = Posted { body: b"{}".into(), ..shop.delivery("shop", &[] as &[Fact]) };
    assert_eq!(shop.post(&unreadable).await, 202);
    shop.aws().faults().set(|call: &Call| {
        let is_it = *call.function == *"receive" && call.resource == "inbox-dead";
        if is_it { Fault::Refuse(Refusal::Unavailable) } else { Fault::None }
    });
    assert_eq!(shop.post(&unreadable).await, 202);
    shop.aws().faults().clear();
    shop.stack.settle().await.unwrap();
}

/// Parked by `receive`, and kept for later by `absorb`.
async fn told_what_an_api_is_to_be_asked_for(shop: &Shop) {
    let outside = StandIn::default();
    outside.answer("https://api.tester.example/1", &[Says::status(429), Says::status(404)]);
    let tester = shop_on(shop.aws().clone(), &outside, |_| ()).await;
    let body = r#"{"at":"2026-11-02T09:00:00Z","order":"1","ask":["https://api.tester.example/1"]}"#;
    assert_eq!(tester.tell_thinly(body).await, 202);
    tester.hours(1).await;
    assert_eq!(outside.urls().len(), 2);
}

fn refusing(function: &'static str, service: Service) -> impl Fn(&Call) -> Fault + Send + Sync {
    move |call| {
        let is_it = *call.function == *function && call.service == service;
        if is_it { Fault::Refuse(Refusal::Unavailable) } else { Fault::None }
    }
}

#[tokio::test]
async fn the_template_allows_exactly_what_is_done() {
    let shop = Box::pin(everything()).await;
    let differences = differences(&Template::own().allowed(), &seen(shop.aws()));
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn one_permission_more_or_less_is_noticed() {
    let text = include_str!("../../template.yaml");
    let done = Template::own().allowed();
    let done: BTreeSet<Allowed> = done.difference(&used_by_aws(&done)).cloned().collect();
    for (from, to, noticed) in [
        (
            "[dynamodb:PutItem, dynamodb:PartiQLInsert, dynamodb:PartiQLUpdate]",
            "[dynamodb:PutItem, dynamodb:PartiQLInsert, dynamodb:PartiQLUpdate, dynamodb:DeleteItem]",
            "never used: receive dynamodb:DeleteItem",
        ),
        ("[dynamodb:Query]", "[\"dynamodb:*\"]", "never used: dispatch dynamodb:*"),
        ("[dynamodb:Query]", "[dynamodb:Scan]", "not allowed: dispatch dynamodb:Query"),
        (
            "Resource: !GetAtt Inbox.Arn",
            "Resource: !GetAtt Outbox.Arn",
            "not allowed: receive sqs:SendMessage",
        ),
        ("/sources/till", "/sources/other", "not allowed: receive ssm:GetParameters"),
    ] {
        assert!(text.contains(from), "{from}");
        let allowed = Template::read(&text.replacen(from, to, 1)).allowed();
        let found = differences(&allowed, &done);
        assert!(found.iter().any(|found| found.contains(noticed)), "{noticed}: {found:?}");
    }
}
