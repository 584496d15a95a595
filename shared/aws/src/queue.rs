//! Queues: the inbox for deliveries, the outbox for looks.

use std::collections::HashMap;

use aws_sdk_sqs::Client;
use aws_sdk_sqs::error::SdkError;
use aws_sdk_sqs::types::{MessageAttributeValue, SendMessageBatchRequestEntry};

use crate::batch;
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

/// For how long messages that were received are hidden, in whatever queue they lie.
#[derive(Clone, Debug)]
pub struct Visibility {
    client: Client,
}

impl Visibility {
    /// By this client.
    pub fn new(client: Client) -> Self {
        Self { client }
    }

    /// Has a message that is not done with come again after so many seconds, 43,200 at most.
    pub async fn hide_for(&self, message: &batch::Message, seconds: i32) -> Result<(), QueueError> {
        let request = self.client.change_message_visibility().queue_url(url(&message.queue_arn));
        let request = request.receipt_handle(&message.receipt_handle).visibility_timeout(seconds);
        request.send().await.map(drop).map_err(failed)
    }
}

/// The address of the queue of an ARN: `arn:aws:sqs:eu-central-1:000000000000:inbox`.
fn url(arn: &str) -> String {
    let mut parts = arn.split(':').skip(1);
    let suffix = if parts.next() == Some("aws-cn") { "amazonaws.com.cn" } else { "amazonaws.com" };
    let [region, account, name] = [1, 0, 0].map(|skipped| parts.nth(skipped).unwrap_or_default());
    format!("https://sqs.{region}.{suffix}/{account}/{name}")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_queues_address_follows_from_its_arn() {
        assert_eq!(
            url("arn:aws:sqs:eu-central-1:123456789012:inbox"),
            "https://sqs.eu-central-1.amazonaws.com/123456789012/inbox"
        );
        assert_eq!(
            url("arn:aws-cn:sqs:cn-north-1:123456789012:inbox"),
            "https://sqs.cn-north-1.amazonaws.com.cn/123456789012/inbox"
        );
    }
}
