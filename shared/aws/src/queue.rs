//! Queues: the inbox for deliveries, the outbox for looks.

use std::collections::HashMap;

use aws_sdk_sqs::Client;
use aws_sdk_sqs::error::SdkError;
use aws_sdk_sqs::types::{MessageAttributeValue, SendMessageBatchRequestEntry};

use crate::table::Source;

/// One queue, through the SDK's client.
#[derive(Clone, Debug)]
pub struct Queue {
    client: Client,
    url: String,
}

/// The queue did not take a message.
#[derive(Debug, thiserror::Error)]
pub enum QueueError {
    /// The request failed as a whole.
    #[error("the queue did not answer, or refused")]
    Failed(#[source] Source),
    /// Some messages of a batch were not taken.
    #[error("the queue did not take {count} messages of a batch, one for {first_reason:?}")]
    NotTaken {
        /// How many.
        count: usize,
        /// Why, of the first one.
        first_reason: String,
    },
}

/// A message on its way.
#[derive(Clone, Debug)]
pub struct Message {
    /// Its body.
    pub body: String,
    /// How long it is to stay invisible, 900 seconds at most.
    pub delay_seconds: i32,
}

/// The most messages of one request.
pub const BATCH: usize = 10;

impl Queue {
    /// The queue at that address.
    pub fn new(client: Client, url: impl Into<String>) -> Self {
        Self { client, url: url.into() }
    }

    /// Puts one message on the queue, with a reason beside it where there is one.
    pub async fn send(&self, body: String, reason: Option<&str>) -> Result<(), QueueError> {
        let request = self.client.send_message().queue_url(&self.url).message_body(body);
        let attributes = reason.map(|reason| HashMap::from([("reason".to_owned(), text(reason))]));
        request.set_message_attributes(attributes).send().await.map(drop).map_err(failed)
    }

    /// Puts up to [`BATCH`] messages on the queue.
    pub async fn send_batch(&self, messages: Vec<Message>) -> Result<(), QueueError> {
        let entries = messages.into_iter().enumerate().map(|(index, message)| {
            SendMessageBatchRequestEntry::builder()
                .id(index.to_string())
                .message_body(message.body)
                .delay_seconds(message.delay_seconds)
                .build()
                .expect("an entry with an id and a body is complete")
        });
        let request =
            self.client.send_message_batch().queue_url(&self.url).set_entries(Some(entries.collect()));
        let answer = request.send().await.map_err(failed)?;
        match answer.failed.first() {
            None => Ok(()),
            Some(first) => {
                Err(QueueError::NotTaken { count: answer.failed.len(), first_reason: first.code.clone() })
            }
        }
    }
}

fn text(value: &str) -> MessageAttributeValue {
    // The queue takes no empty text, no control characters, and we need no essay.
    let value: String = value.chars().filter(|c| !c.is_control()).take(400).collect();
    let value = if value.is_empty() { "no reason given".to_owned() } else { value };
    let attribute = MessageAttributeValue::builder().data_type("String").string_value(value);
    attribute.build().expect("an attribute with a type is complete")
}

fn failed<E, R>(error: SdkError<E, R>) -> QueueError
where
    E: std::error::Error + Send + Sync + 'static,
    R: std::fmt::Debug + Send + Sync + 'static,
{
    QueueError::Failed(Box::new(error))
}
