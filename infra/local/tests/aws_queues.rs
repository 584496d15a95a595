//! The queues through the real SDK client: limits, visibility, redrive, retention.

#![expect(clippy::unwrap_used, reason = "a test ends where it fails")]

mod account;

use std::time::Duration;

use account::{clock, code, in_memory, inbox, queues};
use aws_sdk_sqs::types::{
    DeleteMessageBatchRequestEntry, Message, MessageAttributeValue, MessageSystemAttributeName,
    QueueAttributeName, SendMessageBatchRequestEntry,
};
use rihla_local::aws::layout::{Queue, queue_url};
use rihla_local::aws::{Aws, Layout};

const MEBIBYTE: usize = 1024 * 1024;

fn entry(id: &str, body: &str) -> SendMessageBatchRequestEntry {
    SendMessageBatchRequestEntry::builder().id(id).message_body(body).build().unwrap()
}

async fn send(aws: &Aws, body: &str) {
    queues(aws).send_message().queue_url(inbox()).message_body(body).send().await.unwrap();
}

async fn receive(aws: &Aws) -> Vec<Message> {
    let asked = queues(aws)
        .receive_message()
        .queue_url(inbox())
        .max_number_of_messages(10)
        .message_system_attribute_names(MessageSystemAttributeName::ApproximateReceiveCount)
        .message_attribute_names("All");
    asked.send().await.unwrap().messages.unwrap_or_default()
}

fn receive_count(message: &Message) -> &str {
    &message.attributes.as_ref().unwrap()[&MessageSystemAttributeName::ApproximateReceiveCount]
}

#[tokio::test]
async fn a_message_keeps_its_body_and_attributes() {
    let aws = in_memory();
    let attribute = MessageAttributeValue::builder().data_type("String").string_value("why").build().unwrap();
    let sent = queues(&aws)
        .send_message()
        .queue_url(inbox())
        .message_body("body")
        .message_attributes("reason", attribute)
        .send()
        .await
        .unwrap();
    let received = receive(&aws).await.pop().unwrap();
    assert_eq!(received.message_id, sent.message_id);
    assert_eq!(received.body(), Some("body"));
    assert_eq!(received.message_attributes.unwrap()["reason"].string_value(), Some("why"));
}

#[tokio::test]
async fn a_delayed_message_is_not_seen_before_its_time() {
    let aws = in_memory();
    queues(&aws).send_message().queue_url(inbox()).message_body("x").delay_seconds(900).send().await.unwrap();
    let due_at = aws.clock().now() + Duration::from_mins(15);
    assert_eq!(aws.next_event_at(&["inbox"]).unwrap(), Some(due_at));
    aws.clock().advance(Duration::from_millis(899_999));
    assert!(receive(&aws).await.is_empty());
    aws.clock().advance(Duration::from_millis(1));
    assert_eq!(receive(&aws).await.len(), 1);
}

#[tokio::test]
async fn what_breaks_a_limit_is_refused_with_the_code_of_aws() {
    let aws = in_memory();
    let client = queues(&aws);
    let message = || client.send_message().queue_url(inbox());
    assert_eq!(code(message().message_body("x").delay_seconds(901).send().await), "InvalidParameterValue");
    assert_eq!(code(message().message_body("").send().await), "MissingParameter");
    assert_eq!(code(message().message_body("\u{1}").send().await), "InvalidMessageContents");
    assert_eq!(code(message().message_body("x".repeat(MEBIBYTE + 1)).send().await), "InvalidParameterValue");
    let elsewhere = client.send_message().queue_url(queue_url("elsewhere")).message_body("x").send().await;
    assert!(elsewhere.unwrap_err().into_service_error().is_queue_does_not_exist());
    let too_many = client.receive_message().queue_url(inbox()).max_number_of_messages(11).send().await;
    assert_eq!(code(too_many), "InvalidParameterValue");
    assert_eq!(aws.queues().counts("inbox").unwrap().visible, 0);
    message().message_body("x".repeat(MEBIBYTE)).delay_seconds(900).send().await.unwrap();
    assert_eq!(aws.queues().counts("inbox").unwrap().delayed, 1);
}

#[tokio::test]
async fn a_batch_breaks_no_limit_as_a_whole() {
    let aws = in_memory();
    let client = queues(&aws);
    let batch = |entries| client.send_message_batch().queue_url(inbox()).set_entries(Some(entries)).send();
    let eleven = (0..11).map(|id| entry(&id.to_string(), "x")).collect();
    assert!(batch(eleven).await.unwrap_err().into_service_error().is_too_many_entries_in_batch_request());
    assert!(batch(vec![]).await.unwrap_err().into_service_error().is_empty_batch_request());
    let twice = vec![entry("a", "x"), entry("a", "y")];
    assert!(batch(twice).await.unwrap_err().into_service_error().is_batch_entry_ids_not_distinct());
    assert!(batch(vec![entry("#", "x")]).await.unwrap_err().into_service_error().is_invalid_batch_entry_id());
    let half = "x".repeat(MEBIBYTE / 2);
    let too_long = vec![entry("a", &half), entry("b", &half), entry("c", "x")];
    assert!(batch(too_long).await.unwrap_err().into_service_error().is_batch_request_too_long());
    assert_eq!(aws.queues().counts("inbox").unwrap().visible, 0);
}

#[tokio::test]
async fn one_bad_entry_of_a_batch_fails_alone() {
    let aws = in_memory();
    let late = SendMessageBatchRequestEntry::builder().id("late").message_body("x").delay_seconds(901);
    let batch = queues(&aws).send_message_batch().queue_url(inbox());
    let answer = batch.entries(entry("good", "x")).entries(late.build().unwrap()).send().await.unwrap();
    assert_eq!(answer.successful()[0].id(), "good");
    assert_eq!((answer.failed()[0].id(), answer.failed()[0].code()), ("late", "InvalidParameterValue"));
    assert!(answer.failed()[0].sender_fault());
    assert_eq!(receive(&aws).await.len(), 1);
}

#[tokio::test]
async fn a_received_message_is_hidden_until_its_time_and_gone_once_deleted() {
    let aws = in_memory();
    send(&aws, "x").await;
    let first = receive(&aws).await.pop().unwrap();
    assert_eq!(receive_count(&first), "1");
    assert!(receive(&aws).await.is_empty());
    assert_eq!(aws.queues().counts("inbox").unwrap().in_flight, 1);

    aws.clock().advance(Duration::from_mins(3));
    let second = receive(&aws).await.pop().unwrap();
    assert_eq!(receive_count(&second), "2");
    assert_ne!(first.receipt_handle, second.receipt_handle);

    let delete = |message: &Message| {
        queues(&aws)
            .delete_message()
            .queue_url(inbox())
            .set_receipt_handle(message.receipt_handle.clone())
            .send()
    };
    delete(&first).await.unwrap();
    aws.clock().advance(Duration::from_mins(3));
    let third = receive(&aws).await.pop().expect("an older receipt deletes nothing");
    delete(&third).await.unwrap();
    aws.clock().advance(Duration::from_mins(3));
    assert!(receive(&aws).await.is_empty());
}

#[tokio::test]
async fn visibility_can_be_given_back() {
    let aws = in_memory();
    send(&aws, "x").await;
    let received = receive(&aws).await.pop().unwrap();
    let handle = received.receipt_handle.unwrap();
    let change = |seconds| {
        queues(&aws)
            .change_message_visibility()
            .queue_url(inbox())
            .receipt_handle(&handle)
            .visibility_timeout(seconds)
            .send()
    };
    assert_eq!(code(change(43_201).await), "InvalidParameterValue");
    change(0).await.unwrap();
    assert_eq!(receive(&aws).await.len(), 1);
}

#[tokio::test]
async fn a_batch_of_deletions_tells_a_bad_receipt_from_good_ones() {
    let aws = in_memory();
    send(&aws, "x").await;
    let handle = receive(&aws).await.pop().unwrap().receipt_handle.unwrap();
    let entry = |id: &str, handle: &str| {
        DeleteMessageBatchRequestEntry::builder().id(id).receipt_handle(handle).build().unwrap()
    };
    let batch = queues(&aws).delete_message_batch().queue_url(inbox());
    let answer =
        batch.entries(entry("good", &handle)).entries(entry("bad", "nonsense")).send().await.unwrap();
    assert_eq!(answer.successful()[0].id(), "good");
    assert_eq!((answer.failed()[0].id(), answer.failed()[0].code()), ("bad", "ReceiptHandleIsInvalid"));
    assert_eq!(aws.queues().counts("inbox").unwrap().in_flight, 0);
}

#[tokio::test]
async fn a_message_received_ten_times_goes_to_the_dead_letters_and_can_be_redriven() {
    let aws = in_memory();
    send(&aws, "poison").await;
    for round in 1..=10 {
        let received = receive(&aws).await;
        assert_eq!(receive_count(&received[0]), round.to_string());
        aws.clock().advance(Duration::from_mins(3));
    }
    assert!(receive(&aws).await.is_empty());
    let dead = aws.queues().peek("inbox-dead", 10).unwrap();
    assert_eq!(dead[0].body, "poison");
    assert_eq!(aws.queues().redrive("inbox-dead").unwrap(), 1);
    assert_eq!(receive_count(&receive(&aws).await[0]), "1");
}

#[tokio::test]
async fn poison_does_not_hold_up_what_stands_behind_it() {
    let aws = in_memory();
    for body in ["poison"; 10] {
        send(&aws, body).await;
    }
    for _ in 1..=10 {
        receive(&aws).await;
        aws.clock().advance(Duration::from_mins(3));
    }
    send(&aws, "good").await;
    let received = receive(&aws).await;
    assert_eq!(received.iter().map(|message| message.body().unwrap()).collect::<Vec<_>>(), ["good"]);
}

#[tokio::test]
async fn a_message_is_not_kept_longer_than_its_queue_keeps_messages() {
    let brief = Queue { retention: Duration::from_mins(1), ..Queue::new("inbox", Duration::from_secs(30)) };
    let aws = Aws::memory(clock(), Layout { queues: vec![brief], ..Layout::default() }).unwrap();
    send(&aws, "old").await;
    aws.clock().advance(Duration::from_mins(1));
    assert_eq!(receive(&aws).await.len(), 1);
    aws.clock().advance(Duration::from_secs(30));
    assert!(receive(&aws).await.is_empty());
}

#[tokio::test]
async fn the_attributes_of_a_queue_count_its_messages() {
    let aws = in_memory();
    send(&aws, "x").await;
    send(&aws, "y").await;
    queues(&aws).receive_message().queue_url(inbox()).send().await.unwrap();
    let url = queues(&aws).get_queue_url().queue_name("inbox").send().await.unwrap().queue_url;
    assert_eq!(url, Some(inbox()));
    let asked =
        queues(&aws).get_queue_attributes().queue_url(inbox()).attribute_names(QueueAttributeName::All);
    let attributes = asked.send().await.unwrap().attributes.unwrap();
    assert_eq!(attributes[&QueueAttributeName::ApproximateNumberOfMessages], "1");
    assert_eq!(attributes[&QueueAttributeName::ApproximateNumberOfMessagesNotVisible], "1");
    assert_eq!(attributes[&QueueAttributeName::VisibilityTimeout], "180");
}

#[tokio::test]
async fn every_64_kilobytes_are_a_billed_request() {
    let aws = in_memory();
    send(&aws, &"x".repeat(64 * 1024)).await;
    assert_eq!(aws.ledger().totals().sqs_requests, 1);
    send(&aws, &"x".repeat(64 * 1024 + 1)).await;
    assert_eq!(aws.ledger().totals().sqs_requests, 3);
}
