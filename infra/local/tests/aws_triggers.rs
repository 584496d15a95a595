//! Triggers: what reaches a function, and what comes again.

#![expect(clippy::unwrap_used, reason = "a test ends where it fails")]

mod account;

use std::time::Duration;

use account::{FUNCTION, in_memory, inbox, mail, queues};
use aws_lambda_events::event::sqs::SqsEvent;
use aws_sdk_ses::primitives::Blob;
use aws_sdk_ses::types::RawMessage;
use aws_sdk_sqs::types::MessageAttributeValue;
use rihla_local::aws::triggers::{Failure, MailEventTrigger, Polled, QueueTrigger};
use rihla_local::aws::{Aws, Ending, Fault};
use serde_json::{Value, json};

async fn send(aws: &Aws, body: &str) {
    queues(aws).send_message().queue_url(inbox()).message_body(body).send().await.unwrap();
}

fn trigger(aws: &Aws) -> QueueTrigger {
    QueueTrigger::new(&aws.function(FUNCTION), "inbox")
}

fn bodies(event: &Value) -> Vec<String> {
    let records = event["Records"].as_array().unwrap();
    records.iter().map(|record| record["body"].as_str().unwrap().to_string()).collect()
}

/// The answer of a handler that fails the messages with these bodies.
fn failing(event: &Value, failed: &[&str]) -> Value {
    let records = event["Records"].as_array().unwrap().iter();
    let failures = records.filter(|record| failed.contains(&record["body"].as_str().unwrap()));
    let failures: Vec<Value> =
        failures.map(|record| json!({ "itemIdentifier": record["messageId"] })).collect();
    json!({ "batchItemFailures": failures })
}

/// Polls once with a handler that fails these: what it was given.
async fn poll(aws: &Aws, failed: &[&str]) -> Vec<String> {
    let mut given = Vec::new();
    let trigger = trigger(aws);
    let polled = trigger.poll(|event| {
        given = bodies(&event);
        let answer = failing(&event, failed);
        async move { Ok::<_, String>(answer) }
    });
    polled.await.unwrap();
    given
}

#[tokio::test]
async fn a_function_gets_the_event_of_lambda() {
    let aws = in_memory();
    let attribute = MessageAttributeValue::builder().data_type("String").string_value("why").build().unwrap();
    let message = queues(&aws).send_message().queue_url(inbox()).message_body("not json");
    message.message_attributes("reason", attribute).send().await.unwrap();
    let trigger = trigger(&aws);
    let polled = trigger.poll(async |event| {
        let mut event: SqsEvent = serde_json::from_value(event).unwrap();
        let record = event.records.pop().unwrap();
        assert_eq!(record.body.as_deref(), Some("not json"));
        assert_eq!(record.attributes["ApproximateReceiveCount"], "1");
        assert_eq!(record.attributes["SentTimestamp"], "1767225600000");
        assert_eq!(record.message_attributes["reason"].string_value.as_deref(), Some("why"));
        assert_eq!(record.event_source_arn.as_deref(), Some("arn:aws:sqs:eu-central-1:000000000000:inbox"));
        Ok::<_, String>(Value::Null)
    });
    assert_eq!(polled.await.unwrap(), Polled { received: 1, failed: 0, ending: None });
    assert_eq!(aws.queues().counts("inbox").unwrap(), rihla_local::aws::sqs::Counts::default());
}

#[tokio::test]
async fn only_what_failed_comes_again() {
    let aws = in_memory();
    for number in 0..12 {
        send(&aws, &number.to_string()).await;
    }
    assert_eq!(poll(&aws, &["3", "7"]).await.len(), 10);
    assert_eq!(poll(&aws, &[]).await, ["10", "11"]);
    assert!(poll(&aws, &[]).await.is_empty());
    aws.clock().advance(Duration::from_mins(3));
    assert_eq!(poll(&aws, &[]).await, ["3", "7"]);
    let invocations = aws.ledger().totals().invocations;
    assert_eq!(invocations[FUNCTION], 3, "an empty poll invokes nothing");
}

#[tokio::test]
async fn all_come_again_if_an_unknown_one_is_reported() {
    let aws = in_memory();
    send(&aws, "x").await;
    for id in [json!("unknown"), json!(""), Value::Null] {
        let answer = json!({ "batchItemFailures": [{ "itemIdentifier": id }] });
        let polled = trigger(&aws).poll(|_| async { Ok::<_, String>(answer) }).await.unwrap();
        assert_eq!((polled.received, polled.failed), (1, 1));
        aws.clock().advance(Duration::from_mins(3));
    }
}

#[tokio::test]
async fn all_come_again_if_the_handler_fails_or_panics() {
    let aws = in_memory();
    send(&aws, "x").await;
    let failed = trigger(&aws).poll(async |_| Err::<Value, _>("broken")).await.unwrap();
    assert_eq!(failed.ending, Some(Failure::Handler("broken".into())));
    aws.clock().advance(Duration::from_mins(3));
    let panicked = trigger(&aws).poll(async |_| -> Result<Value, String> { panic!("oh") }).await.unwrap();
    assert_eq!(panicked.ending, Some(Failure::Ended(Ending::Panicked("oh".into()))));
    aws.clock().advance(Duration::from_mins(3));
    assert_eq!(poll(&aws, &[]).await, ["x"]);
}

#[tokio::test]
async fn poison_ends_among_the_dead_letters() {
    let aws = in_memory();
    send(&aws, "poison").await;
    for _ in 1..=10 {
        assert_eq!(poll(&aws, &["poison"]).await, ["poison"]);
        aws.clock().advance(Duration::from_mins(3));
    }
    assert!(poll(&aws, &["poison"]).await.is_empty());
    assert_eq!(aws.queues().peek("inbox-dead", 1).unwrap()[0].body, "poison");
}

#[tokio::test]
async fn a_refused_deletion_delivers_the_same_messages_twice() {
    let aws = in_memory();
    send(&aws, "x").await;
    aws.faults().set(|call| if call.action == "DeleteMessageBatch" { Fault::TimeOut } else { Fault::None });
    assert_eq!(poll(&aws, &[]).await, ["x"]);
    aws.faults().clear();
    aws.clock().advance(Duration::from_mins(3));
    assert_eq!(poll(&aws, &[]).await, ["x"]);
    assert_eq!(aws.queues().next_visible_at(&["inbox"]).unwrap(), None);
}

#[tokio::test]
async fn a_mapping_needs_three_permissions_of_its_functions_role() {
    let aws = in_memory();
    queues(&aws).send_message().queue_url(inbox()).message_body("x").send().await.unwrap();
    QueueTrigger::new(&aws.function("absorb"), "inbox")
        .poll(async |_| Ok::<_, String>(Value::Null))
        .await
        .unwrap();
    let needed = &aws.ledger().permissions()["absorb"];
    let needed: Vec<_> = needed.iter().map(|one| one.action.as_str()).collect();
    assert_eq!(needed, ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]);
}

async fn send_mail(aws: &Aws) {
    let mime = "From: a@b.example\r\nTo: c@d.example\r\n\r\nx";
    let message = RawMessage::builder().data(Blob::new(mime)).build().unwrap();
    let request = mail(aws).send_raw_email().raw_message(message).configuration_set_name("rihla");
    request.send().await.unwrap();
}

/// Polls for mail events once, with a handler that succeeds or fails: when and what it was given.
async fn observe(aws: &Aws, good: bool) -> Option<String> {
    let trigger = MailEventTrigger::new(&aws.function("observe"));
    let mut given = None;
    let polled = trigger.poll(|event| {
        given = event["Records"][0]["Sns"]["MessageId"].as_str().map(Into::into);
        async move { if good { Ok(Value::Null) } else { Err("broken") } }
    });
    polled.await.unwrap();
    given
}

/// How long the embedded mail service takes to deliver.
const DELIVERED_AFTER: Duration = Duration::from_secs(2);

#[tokio::test]
async fn a_mail_event_is_tried_three_times_and_then_kept_aside() {
    let aws = in_memory();
    send_mail(&aws).await;
    aws.clock().advance(DELIVERED_AFTER);
    let first = observe(&aws, false).await.expect("the mail was delivered");
    assert_eq!(observe(&aws, false).await, None);
    send_mail(&aws).await;
    aws.clock().advance(Duration::from_secs(59));
    assert!(observe(&aws, true).await.is_some_and(|delivery| delivery != first));
    assert_eq!(observe(&aws, true).await, None);
    aws.clock().advance(Duration::from_secs(1));
    assert_eq!(observe(&aws, false).await, Some(first.clone()));
    aws.clock().advance(Duration::from_mins(2));
    assert_eq!(observe(&aws, false).await, Some(first));
    assert_eq!(aws.next_event_at(&[]).unwrap(), None);
    assert_eq!(aws.mailbox().dead_events().unwrap().len(), 1);
}

#[tokio::test]
async fn a_topic_may_deliver_an_event_twice() {
    let aws = in_memory();
    send_mail(&aws).await;
    aws.clock().advance(DELIVERED_AFTER);
    aws.faults().set(|call| if call.action == "Publish" { Fault::TimeOut } else { Fault::None });
    let first = observe(&aws, true).await;
    assert!(first.is_some());
    aws.faults().clear();
    assert_eq!(observe(&aws, true).await, first);
    assert_eq!(observe(&aws, true).await, None);
}
