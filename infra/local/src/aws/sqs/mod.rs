//! SQS: standard queues with the real limits, on one file, by the account's clock.

mod limits;
mod receive;
mod received;
mod refusal;
mod request;
mod send;

use std::sync::Arc;

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, params};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use self::refusal::Refusal;
use super::answer::Answer;
use super::call::Service;
use super::clock::Clock;
use super::layout::{Layout, Queue, queue_url};
use super::seam::Acted;
use super::store::{Store, StoreError};
use super::usage::Usage;

pub(super) use received::Received;
pub(super) use request::permissions;

/// The queues of the account.
#[derive(Clone, Debug)]
pub struct Queues {
    store: Store,
    clock: Clock,
    layout: Arc<Layout>,
}

/// How many messages a queue holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// To be had now.
    pub visible: u64,
    /// Received and not yet deleted.
    pub in_flight: u64,
    /// Sent with a delay that is not over.
    pub delayed: u64,
}

/// A message as one looks at it without receiving it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The id that SQS gave it.
    pub message_id: String,
    /// The body.
    pub body: String,
    /// Its attributes, as JSON.
    pub attributes: Value,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// How often it was received from the queue in which it lies.
    pub receive_count: u32,
}

/// An answer's JSON with the size of the payload that is billed.
type Done = (Value, usize);

impl Queues {
    pub(super) fn new(store: Store, clock: Clock, layout: Arc<Layout>) -> Self {
        Self { store, clock, layout }
    }

    /// Carries out one request of a client.
    pub(super) fn act(&self, action: &str, body: &[u8]) -> Acted {
        let done = match action {
            "GetQueueUrl" => self.asked(body, Self::url),
            "GetQueueAttributes" => self.asked(body, Self::attributes),
            "SendMessage" => self.asked(body, Self::send_message),
            "SendMessageBatch" => self.asked(body, Self::send_message_batch),
            "ReceiveMessage" => self.asked(body, Self::receive_message),
            "DeleteMessage" => self.asked(body, Self::delete_message),
            "DeleteMessageBatch" => self.asked(body, Self::delete_message_batch),
            "ChangeMessageVisibility" => self.asked(body, Self::change_message_visibility),
            _ => Err(Refusal::UnsupportedOperation),
        };
        match done {
            Ok((answer, size)) => {
                Acted { answer: Answer::ok(Service::Sqs, &answer), usage: Usage::sqs(size) }
            }
            Err(refusal) => Acted { answer: refusal.into(), usage: Usage::requests(1) },
        }
    }

    fn asked<Request: DeserializeOwned>(
        &self,
        body: &[u8],
        act: impl FnOnce(&Self, &Request) -> Result<Done, Refusal>,
    ) -> Result<Done, Refusal> {
        act(self, &serde_json::from_slice(body).map_err(Refusal::Malformed)?)
    }

    fn queue(&self, url: Option<&str>) -> Result<&Queue, Refusal> {
        let url = url.ok_or(Refusal::MissingParameter("QueueUrl"))?;
        self.layout.queue(request::queue_name(url)).ok_or(Refusal::NoSuchQueue)
    }

    fn url(&self, asked: &request::GetQueueUrl) -> Result<Done, Refusal> {
        let queue = self.queue(asked.queue_name.as_deref())?;
        Ok((json!({ "QueueUrl": queue_url(&queue.name) }), 0))
    }

    fn attributes(&self, asked: &request::OfQueue) -> Result<Done, Refusal> {
        let queue = self.queue(asked.queue_url.as_deref())?;
        let counts = self.counts(&queue.name)?;
        let attributes = json!({
            "QueueArn": super::layout::arn("sqs", &queue.name),
            "VisibilityTimeout": queue.visibility.as_secs().to_string(),
            "MessageRetentionPeriod": queue.retention.as_secs().to_string(),
            "ApproximateNumberOfMessages": counts.visible.to_string(),
            "ApproximateNumberOfMessagesNotVisible": counts.in_flight.to_string(),
            "ApproximateNumberOfMessagesDelayed": counts.delayed.to_string(),
        });
        Ok((json!({ "Attributes": attributes }), 0))
    }

    /// How many messages `queue` holds now.
    pub fn counts(&self, queue: &str) -> Result<Counts, StoreError> {
        let sql = "SELECT count(*) FILTER (WHERE visible_at <= ?2),
                          count(*) FILTER (WHERE visible_at > ?2 AND receive_count > 0),
                          count(*) FILTER (WHERE visible_at > ?2 AND receive_count = 0)
                   FROM message WHERE queue = ?1";
        let now = self.clock.now_ms();
        self.store.read(|connection| {
            connection.prepare_cached(sql)?.query_row(params![queue, now], |row| {
                Ok(Counts { visible: row.get(0)?, in_flight: row.get(1)?, delayed: row.get(2)? })
            })
        })
    }

    /// The earliest instant, perhaps past, at which a message of one of `queues` can be received.
    pub fn next_visible_at(&self, queues: &[&str]) -> Result<Option<Timestamp>, StoreError> {
        let sql = "SELECT visible_at FROM message WHERE queue = ?1 ORDER BY visible_at LIMIT 1";
        self.store.read(|connection| {
            let mut statement = connection.prepare_cached(sql)?;
            let mut first: Option<i64> = None;
            for queue in queues {
                let due: Option<i64> = statement.query_row([queue], |row| row.get(0)).optional()?;
                first = first.into_iter().chain(due).min();
            }
            Ok(first.map(instant))
        })
    }

    /// Up to `limit` messages of `queue`, the oldest first, without receiving them: for dead letters.
    pub fn peek(&self, queue: &str, limit: u32) -> Result<Vec<Message>, StoreError> {
        let sql = "SELECT number, body, attributes, sent_at, receive_count
                   FROM message WHERE queue = ?1 ORDER BY number LIMIT ?2";
        self.store.read(|connection| {
            let mut statement = connection.prepare_cached(sql)?;
            let rows = statement.query_map(params![queue, limit], |row| {
                let attributes: String = row.get(2)?;
                Ok(Message {
                    message_id: message_id(row.get(0)?),
                    body: row.get(1)?,
                    attributes: serde_json::from_str(&attributes).unwrap_or_default(),
                    sent_at: instant(row.get(3)?),
                    receive_count: row.get(4)?,
                })
            })?;
            rows.collect()
        })
    }

    /// Moves all messages of the dead-letter queue `from` back to where they came from: how many.
    ///
    /// A message that was sent to the dead-letter queue itself goes to the queue that leads there.
    pub fn redrive(&self, from: &str) -> Result<usize, StoreError> {
        let leads_there =
            |queue: &&Queue| queue.redrive.as_ref().is_some_and(|redrive| redrive.target == from);
        let Some(source) = self.layout.queues.iter().find(leads_there) else { return Ok(0) };
        let sql = "UPDATE message SET queue = coalesce(dead_letter_source, ?2), dead_letter_source = NULL,
                   visible_at = ?3, receive_count = 0, first_received_at = NULL WHERE queue = ?1";
        let now = self.clock.now_ms();
        self.store.write(|transaction| Ok(transaction.execute(sql, params![from, source.name, now])?))
    }
}

/// The id of the message with this number: the same in every run.
fn message_id(number: i64) -> String {
    format!("{number:08x}-0000-4000-8000-5a1100000000")
}

fn instant(millisecond: i64) -> Timestamp {
    Timestamp::from_millisecond(millisecond).expect("written from a timestamp")
}
