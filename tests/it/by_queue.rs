//! A marketplace writes to a queue of the shop's: what lies there is a delivery of the source that has the queue.

use std::collections::BTreeSet;

use rihla_aws::parked::Parked;
use rihla_local::aws::layout::{arn, queue_url};
use rihla_local::aws::{Aws, Clock, Fault, Layout, Service};
use rihla_local::run::{HttpRequest, Outside};

use crate::facts::ORDER;
use crate::permissions::seen;
use crate::shop::{MONDAY_NINE, Shop};
use crate::stand_in::{Says, StandIn};
use crate::template::Template;
use crate::tester::{TESTERS, set_up_with};

const QUEUE: &str = "marketplace-orders";

const THIN: &str =
    r#"{"at":"2026-11-02T08:59:00Z","order":"4501","ask":["https://api.tester.example/orders/4501"]}"#;

/// A shop whose source `shop` sends by a queue.
async fn shop(outside: &StandIn) -> Shop {
    let set_up = set_up_with(|source| {
        source.queue = Some(QUEUE.into());
        source.secrets = Vec::new();
    });
    let layout = Layout::default().and_queues_of(&set_up);
    let aws = Aws::memory(Clock::virtual_at(MONDAY_NINE.parse().unwrap()), layout).unwrap();
    Shop::beside(Outside { providers: TESTERS, way: outside.way() }, aws, set_up).await
}

/// The marketplace writes.
async fn written(shop: &Shop, queue: &str, body: &str) {
    let client = aws_sdk_sqs::Client::new(&shop.aws().function("the-marketplace").sdk_config());
    client.send_message().queue_url(queue_url(queue)).message_body(body).send().await.unwrap();
    shop.stack.settle().await.unwrap();
}

fn waiting(shop: &Shop, queue: &str) -> usize {
    shop.aws().queues().peek(queue, 100).unwrap().len()
}

#[tokio::test]
async fn what_lies_in_a_sources_queue_goes_on_record() {
    let outside = StandIn::default();
    let told = r#"{"at":"2026-11-02T08:59:00Z","order":"4501"}"#;
    outside.answer("https://api.tester.example/orders/4501", &[Says::good(told)]);
    let shop = shop(&outside).await;
    written(&shop, QUEUE, THIN).await;
    assert!(shop.order(ORDER).is_some_and(|order| order.placed.is_some()));
    assert_eq!((waiting(&shop, QUEUE), waiting(&shop, "inbox-dead")), (0, 0));
}

#[tokio::test]
async fn while_the_table_is_away_it_stays_in_the_queue() {
    let shop = shop(&StandIn::default()).await;
    shop.aws().faults().set(|call| match call.service {
        Service::DynamoDb => Fault::TimeOut,
        _ => Fault::None,
    });
    written(&shop, QUEUE, r#"{"at":"2026-11-02T08:59:00Z","order":"4501"}"#).await;
    assert_eq!((shop.order(ORDER), waiting(&shop, QUEUE)), (None, 1));
    shop.aws().faults().clear();
    shop.hours(1).await;
    assert!(shop.order(ORDER).is_some());
    assert_eq!(waiting(&shop, QUEUE), 0);
}

#[tokio::test]
async fn what_cannot_be_read_there_is_set_aside_as_a_delivery_of_the_source() {
    let shop = shop(&StandIn::default()).await;
    let parked = r#"{"source":"till","received_at":"2026-11-02T08:59:00Z","headers":{},"body":""}"#;
    for body in ["no JSON", parked] {
        written(&shop, QUEUE, body).await;
    }
    let dead = shop.aws().queues().peek("inbox-dead", 10).unwrap();
    let dead: Vec<Parked> = dead.iter().map(|message| serde_json::from_str(&message.body).unwrap()).collect();
    let told = dead.iter().map(|parked| (parked.source.as_str(), &*parked.body));
    assert_eq!(told.collect::<Vec<_>>(), [("shop", &b"no JSON"[..]), ("shop", parked.as_bytes())]);
    assert_eq!(waiting(&shop, QUEUE), 0);
}

/// Nothing is signed there, so nothing may come in by the front door either.
#[tokio::test]
async fn a_source_that_has_a_queue_takes_nothing_over_https() {
    let shop = shop(&StandIn::default()).await;
    for method in ["HEAD", "GET", "POST"] {
        let request = HttpRequest {
            method: method.into(),
            ..HttpRequest::delivery("shop", [("", ""); 0].into_iter().collect(), THIN.into())
        };
        assert_eq!(shop.send(&request).await.status, 404, "{method}");
    }
}

#[tokio::test]
async fn what_lies_in_the_inbox_is_no_delivery_by_itself() {
    let shop = shop(&StandIn::default()).await;
    written(&shop, "inbox", THIN).await;
    assert_eq!((shop.order(ORDER), waiting(&shop, "inbox")), (None, 1));
}

#[tokio::test]
async fn the_template_allows_for_the_queue_what_is_done_with_it() {
    let outside = StandIn::default();
    outside.answer("https://api.tester.example/orders/4501", &[Says::status(429)]);
    let shop = shop(&outside).await;
    written(&shop, QUEUE, THIN).await;
    shop.hours(2).await;
    let queue = arn("sqs", QUEUE);
    let done: BTreeSet<_> = seen(shop.aws())
        .into_iter()
        .filter(|one| one.resource == queue && one.function == "absorb")
        .collect();
    assert_eq!(done, Template::own().allowed_by_marketplace(&queue));
}
