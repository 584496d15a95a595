//! Batches from a queue: each message by itself, so that a bad one, even one that panics, never holds up a good one
//! (Lambda Developer Guide, "Using Lambda with Amazon SQS" and "Implementing partial batch responses").

use std::fmt::Display;
use std::future::Future;
use std::panic::AssertUnwindSafe;

use futures_util::FutureExt;
use futures_util::future::join_all;
use serde::{Deserialize, Serialize};

/// What a queue hands over.
#[derive(Clone, Debug, Deserialize)]
pub struct Batch {
    /// Its messages.
    #[serde(rename = "Records")]
    pub messages: Vec<Message>,
}

/// A message.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// The queue's id of it.
    pub message_id: String,
    /// What was sent.
    pub body: String,
    /// What the queue knows of it.
    pub attributes: Attributes,
    /// By what the queue knows this receipt of it.
    pub receipt_handle: String,
    /// The ARN of the queue that it came from.
    #[serde(rename = "eventSourceARN")]
    pub queue_arn: String,
}

impl Message {
    /// How often it has come, this time included.
    pub fn receive_count(&self) -> u32 {
        self.attributes.approximate_receive_count.parse().unwrap_or(1)
    }

    /// The name of the queue that it came from.
    pub fn queue_name(&self) -> &str {
        self.queue_arn.rsplit(':').next().unwrap_or_default()
    }
}

/// What the queue knows of a message.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Attributes {
    /// How often it has come.
    pub approximate_receive_count: String,
}

/// The messages that must come again.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Failures {
    batch_item_failures: Vec<Failure>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Failure {
    item_identifier: String,
}

/// Handles every message of a batch and reports exactly those that failed: they come again.
pub async fn each<Handling, Error>(batch: Batch, handle: impl Fn(Message) -> Handling) -> Failures
where
    Handling: Future<Output = Result<(), Error>>,
    Error: Display,
{
    let handled = batch.messages.into_iter().map(|message| {
        let id = message.message_id.clone();
        // What a panic leaves behind is not looked at again: the message is handled anew.
        let handling = AssertUnwindSafe(async { handle(message).await }).catch_unwind();
        async move {
            let failure = match handling.await {
                Ok(Ok(())) => return None,
                Ok(Err(error)) => error.to_string(),
                Err(_) => "the handling of the message panicked".to_owned(),
            };
            tracing::warn!(message = id, failure, "batch.message_failed");
            Some(Failure { item_identifier: id })
        }
    });
    Failures { batch_item_failures: join_all(handled).await.into_iter().flatten().collect() }
}
