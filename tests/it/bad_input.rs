//! Whatever comes in is answered as the table of answers says: refused, set aside with its reason, or parked; never
//! lost, never tried for ever.

use rihla_aws::parked::Parked;
use rihla_channels::{Headers, Secret};
use rihla_core::instant::Wait;
use rihla_core::source::SourceId;
use rihla_local::aws::{Fault, Refusal, Service};
use rihla_local::run::{HttpRequest, Stack};
use rihla_local::shop::Posted;

use crate::facts::{AMAL, ORDER, paid, person, placed};
use crate::shop::{MONDAY_NINE, Shop, account_at};

/// Posts under these headers; gives the status. Nothing of it may be written, and nothing told.
async fn refused(shop: &Shop, request: HttpRequest) -> u16 {
    let before = shop.items();
    let answer = Box::pin(shop.stack.receive(&request)).await.unwrap();
    assert_eq!((shop.items(), answer.body.as_str()), (before, ""));
    assert_eq!(waiting(shop, "inbox") + waiting(shop, "inbox-dead"), 0);
    answer.status
}

fn waiting(shop: &Shop, queue: &str) -> usize {
    shop.aws().queues().peek(queue, 1_000).unwrap().len()
}

/// A delivery with any bytes as its body, signed as it should be.
fn signed(shop: &Shop, body: &[u8]) -> Posted {
    Posted { body: body.to_vec(), ..shop.delivery("shop", &[]) }
}

fn request(posted: &Posted, headers: Headers) -> HttpRequest {
    HttpRequest::delivery(posted.source.as_str(), headers, posted.body.clone())
}

#[tokio::test]
async fn who_is_not_known_or_not_the_sender_learns_nothing() {
    let shop = Shop::open().await;
    let (posted, ours) = (shop.delivery("shop", &[paid(ORDER)]), Stack::secret());
    let headers = |secret: &Secret, at| posted.headers(secret, at).unwrap();
    let good = headers(&ours, shop.now());
    let unknown = HttpRequest::delivery("nobody", good.clone(), posted.body.clone());
    assert_eq!(refused(&shop, unknown).await, 404);
    let elsewhere = HttpRequest { path: "/elsewhere".into(), ..request(&posted, good.clone()) };
    assert_eq!(refused(&shop, elsewhere).await, 404);
    let read = HttpRequest { method: "GET".into(), ..request(&posted, good.clone()) };
    assert_eq!(refused(&shop, read).await, 405);

    assert_eq!(refused(&shop, request(&posted, Headers::default())).await, 401);
    let stranger = headers(&Secret::new("whsec_c3RyYW5nZXIncyBzZWNyZXQ="), shop.now());
    assert_eq!(refused(&shop, request(&posted, stranger)).await, 401);
    let old = headers(&ours, shop.now().before(Wait::seconds(301)));
    assert_eq!(refused(&shop, request(&posted, old)).await, 401);
    let altered = Posted { body: [&posted.body[..], b" "].concat(), ..posted.clone() };
    assert_eq!(refused(&shop, request(&altered, good)).await, 401);
}

#[tokio::test]
async fn a_body_over_the_limit_is_not_even_verified() {
    let shop = Shop::open().await;
    let limit = rihla_channels::provider("standard-webhooks").unwrap().body_limit_bytes;
    let posted = signed(&shop, &vec![b' '; limit + 1]);
    assert_eq!(refused(&shop, request(&posted, Headers::default())).await, 413);
}

#[tokio::test]
async fn a_topic_of_no_interest_is_taken_and_forgotten() {
    let shop = Shop::open().await;
    let before = shop.items();
    let topic = Some("themes/publish");
    let posted =
        Posted { source: SourceId::from_static("web"), topic, ..signed(&shop, br#"{"id":1,"name":"Dawn"}"#) };
    assert_eq!(shop.post(&posted).await, 204);
    assert_eq!(
        shop.post(&signed(&shop, br#"{"type":"moon.full","timestamp":"2026-11-02T09:00:00Z","data":{}}"#))
            .await,
        204
    );
    assert_eq!((shop.items(), waiting(&shop, "inbox-dead")), (before, 0));
}

#[tokio::test]
async fn what_cannot_be_read_is_set_aside_with_its_bytes_and_the_reason() {
    let bodies: [(&[u8], &str); 4] = [
        (b"{\"type\":", "EOF"),
        (br#"{"type":"order.paid","timestamp":"2026-11-02T09:00:00Z","data":{"order":7}}"#, "string"),
        (br#"{"type":"order.paid","timestamp":"tomorrow","data":{"order":"7"}}"#, "timestamp"),
        (b"\xff\xfe\x00", ""),
    ];
    for (body, reason) in bodies {
        let shop = Shop::open().await;
        let before = shop.items();
        assert_eq!(shop.post(&signed(&shop, body)).await, 202);
        assert_eq!(shop.items(), before);
        let dead = shop.aws().queues().peek("inbox-dead", 10).unwrap();
        let [message] = &dead[..] else { panic!("one message, not {}", dead.len()) };
        let parked: Parked = serde_json::from_str(&message.body).unwrap();
        assert_eq!((parked.source.as_str(), parked.body), ("shop", body.to_vec()));
        let told = message.attributes["reason"]["StringValue"].as_str().unwrap();
        assert!(told.contains(reason) && !told.is_empty(), "{told}");
        assert!(parked.headers.iter().all(|(name, _)| !name.contains("signature")), "{:?}", parked.headers);
    }
}

#[tokio::test]
async fn what_is_redriven_before_it_can_be_read_is_set_aside_again_and_not_tried_for_ever() {
    let shop = Shop::open().await;
    assert_eq!(shop.post(&signed(&shop, b"no JSON")).await, 202);
    assert_eq!(shop.aws().queues().redrive("inbox-dead").unwrap(), 1);
    shop.hours(24).await;
    assert_eq!((waiting(&shop, "inbox"), waiting(&shop, "inbox-dead")), (0, 1));
    let absorbed = shop.aws().ledger().totals().invocations["absorb"];
    assert_eq!(absorbed, 1);
}

#[tokio::test]
async fn what_was_set_aside_is_recorded_when_it_is_redriven_after_the_fix() {
    let aws = account_at(MONDAY_NINE);
    let shop = Shop::on(aws.clone()).await;
    table_is(&shop, Refusal::Throttled);
    assert_eq!(shop.post(&shop.delivery("shop", &[placed(ORDER, person(AMAL))])).await, 202);
    shop.aws().faults().clear();
    // A new version goes out in which somebody left the source out.
    let mut without = rihla_infra::shop();
    without.sources.retain(|source| source.name.as_str() != "shop");
    let broken = Shop::set_up(aws.clone(), without).await;
    broken.hours(1).await;
    let dead = broken.aws().queues().peek("inbox-dead", 10).unwrap();
    assert_eq!(dead[0].attributes["reason"]["StringValue"], "its source is no longer set up");
    let fixed = Shop::on(aws).await;
    assert_eq!(fixed.order(ORDER), None);
    fixed.aws().queues().redrive("inbox-dead").unwrap();
    fixed.hours(1).await;
    assert!(fixed.order(ORDER).is_some_and(|order| order.placed.is_some()));
    assert_eq!(waiting(&fixed, "inbox-dead"), 0);
}

/// The table refuses whatever it is asked.
fn table_is(shop: &Shop, refusal: Refusal) {
    shop.aws().faults().set(move |call| match call.service {
        Service::DynamoDb => Fault::Refuse(refusal),
        _ => Fault::None,
    });
}

#[tokio::test]
async fn while_the_table_is_overloaded_or_down_deliveries_are_parked_and_recorded_later() {
    for refusal in [Refusal::Throttled, Refusal::Unavailable, Refusal::AccessDenied] {
        let shop = Shop::open().await;
        table_is(&shop, refusal);
        assert_eq!(shop.post(&shop.delivery("shop", &[placed(ORDER, person(AMAL))])).await, 202);
        assert_eq!(shop.post(&shop.delivery("shop", &[paid(ORDER)])).await, 202);
        assert_eq!((shop.order(ORDER), waiting(&shop, "inbox")), (None, 2));
        shop.pass(Wait::seconds(400)).await;
        assert_eq!((shop.order(ORDER), waiting(&shop, "inbox")), (None, 2), "it waits");
        shop.aws().faults().clear();
        shop.hours(1).await;
        let order = shop.order(ORDER).unwrap();
        assert!(order.placed.is_some() && order.paid.is_some());
        assert_eq!((waiting(&shop, "inbox"), waiting(&shop, "inbox-dead")), (0, 0));
    }
}

#[tokio::test]
async fn when_the_inbox_fails_too_the_sender_is_told_to_send_again() {
    let shop = Shop::open().await;
    shop.aws().faults().set(|_| Fault::Refuse(Refusal::Unavailable));
    let posted = shop.delivery("shop", &[placed(ORDER, person(AMAL))]);
    assert_eq!(shop.post(&posted).await, 503);
    assert_eq!(shop.post(&signed(&shop, b"no JSON")).await, 503);
    shop.aws().faults().clear();
    assert_eq!((waiting(&shop, "inbox"), waiting(&shop, "inbox-dead")), (0, 0));
    assert_eq!(shop.post(&posted).await, 200);
}

#[tokio::test]
async fn one_bad_message_of_a_batch_fails_alone_and_ends_where_it_can_be_looked_at() {
    let shop = Shop::open().await;
    table_is(&shop, Refusal::Throttled);
    let orders = ["1", "2", "3"];
    for order in orders {
        assert_eq!(shop.post(&shop.delivery("shop", &[placed(order, person(AMAL))])).await, 202);
    }
    shop.aws().faults().clear();
    let client = aws_sdk_sqs::Client::new(&shop.aws().function("a-person").sdk_config());
    let inbox = rihla_local::aws::layout::queue_url("inbox");
    client.send_message().queue_url(inbox).message_body("not a delivery").send().await.unwrap();
    shop.pass(Wait::seconds(1)).await;
    assert!(orders.iter().all(|order| shop.order(order).is_some()));
    assert_eq!(waiting(&shop, "inbox"), 1);
    shop.hours(2).await;
    assert_eq!(waiting(&shop, "inbox"), 0);
    assert_eq!(shop.aws().queues().peek("inbox-dead", 10).unwrap()[0].body, "not a delivery");
}
