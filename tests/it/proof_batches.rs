//! Every subset of failing messages in a batch of ten, panics included: the failing ones are reported, the others done.

use std::cell::RefCell;
use std::collections::BTreeSet;

use rihla_aws::batch;
use serde_json::{Value, json};

/// How a message of a failing subset fails: by an error, or by a panic.
#[derive(Clone, Copy, Debug)]
enum Way {
    Error,
    Panic,
    /// One by one.
    Mixed,
}

#[tokio::test]
async fn exactly_the_failing_messages_come_again() {
    for way in [Way::Error, Way::Panic, Way::Mixed] {
        for failing in 0_u32..1 << 10 {
            let done = RefCell::new(Vec::new());
            let messages = (0..10).map(|number| (number, number.to_string()));
            let event = serde_json::from_value(event(messages)).unwrap();
            let response = batch::each(event, async |message| {
                let number: u32 = message.body.parse().unwrap();
                tokio::task::yield_now().await;
                if failing & (1 << number) == 0 {
                    done.borrow_mut().push(number);
                    return Ok(());
                }
                if matches!(way, Way::Panic) || (matches!(way, Way::Mixed) && number.is_multiple_of(2)) {
                    // A panic that prints nothing.
                    std::panic::resume_unwind(Box::new("a message that makes its handling panic"));
                }
                Err("a message that fails")
            })
            .await;
            let expected: BTreeSet<String> =
                (0..10).filter(|number| failing & (1 << number) != 0).map(id).collect();
            assert_eq!(
                reported(&serde_json::to_value(response).unwrap()),
                expected,
                "{way:?} {failing:010b}"
            );
            let others: Vec<u32> = (0..10).filter(|number| failing & (1 << number) == 0).collect();
            assert_eq!(done.into_inner(), others, "{way:?} {failing:010b}");
        }
    }
}

/// The ids that a function reports as failed.
pub(crate) fn reported(response: &Value) -> BTreeSet<String> {
    let failures = response["batchItemFailures"].as_array().unwrap();
    let ids: BTreeSet<String> =
        failures.iter().map(|failure| failure["itemIdentifier"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids.len(), failures.len(), "none is reported twice");
    ids
}

/// The id of a message.
pub(crate) fn id(number: u32) -> String {
    format!("{number:08x}-0000-4000-8000-000000000000")
}

/// What the event source mapping hands over, of messages with their numbers and bodies.
pub(crate) fn event(messages: impl Iterator<Item = (u32, String)>) -> Value {
    let record = |(number, body): (u32, String)| {
        json!({
            "messageId": id(number),
            "receiptHandle": format!("handle {number}"),
            "body": body,
            "attributes": { "ApproximateReceiveCount": "1" },
            "messageAttributes": {},
            "md5OfBody": "",
            "eventSource": "aws:sqs",
            "eventSourceARN": "arn:aws:sqs:eu-central-1:000000000000:outbox",
            "awsRegion": "eu-central-1",
        })
    };
    json!({ "Records": messages.map(record).collect::<Vec<_>>() })
}
