//! Sending.

use rusqlite::{Transaction, params};
use serde_json::{Value, json};

use super::request::{Batch, NewMessage, SendMessage};
use super::{Done, Queues, Refusal, limits, message_id};

impl Queues {
    pub(super) fn send_message(&self, asked: &SendMessage) -> Result<Done, Refusal> {
        let queue = self.queue(asked.queue_url.as_deref())?;
        let body = limits::check_message(&asked.message)?;
        let now = self.clock.now_ms();
        let number =
            self.store.write(|transaction| insert(transaction, &queue.name, body, &asked.message, now))?;
        Ok((json!({ "MessageId": message_id(number) }), limits::size_bytes(&asked.message)))
    }

    pub(super) fn send_message_batch(&self, asked: &Batch<NewMessage>) -> Result<Done, Refusal> {
        let queue = self.queue(asked.queue_url.as_deref())?;
        limits::check_batch("SendMessageBatchRequestEntry", &asked.entries)?;
        let size_bytes = asked.entries.iter().map(|entry| limits::size_bytes(&entry.entry)).sum();
        limits::check_batch_size(size_bytes)?;
        let now = self.clock.now_ms();
        let (mut sent, mut failed) = (Vec::new(), Vec::new());
        self.store.write(|transaction| {
            for entry in &asked.entries {
                match limits::check_message(&entry.entry) {
                    Ok(body) => {
                        let number = insert(transaction, &queue.name, body, &entry.entry, now)?;
                        sent.push(json!({ "Id": entry.id, "MessageId": message_id(number) }));
                    }
                    Err(refusal) => failed.push(failure(&entry.id, &refusal)),
                }
            }
            Ok::<_, Refusal>(())
        })?;
        Ok((json!({ "Successful": sent, "Failed": failed }), size_bytes))
    }
}

fn insert(
    transaction: &Transaction<'_>,
    queue: &str,
    body: &str,
    message: &NewMessage,
    now: i64,
) -> Result<i64, Refusal> {
    let sql =
        "INSERT INTO message (queue, body, attributes, sent_at, visible_at) VALUES (?1, ?2, ?3, ?4, ?5)";
    let attributes = serde_json::to_string(&message.message_attributes).map_err(Refusal::Malformed)?;
    let visible_at = now + message.delay_seconds * 1000;
    transaction.prepare_cached(sql)?.execute(params![queue, body, attributes, now, visible_at])?;
    Ok(transaction.last_insert_rowid())
}

/// One entry of a batch that failed by the sender's fault.
pub(super) fn failure(id: &str, refusal: &Refusal) -> Value {
    json!({ "Id": id, "SenderFault": true, "Code": refusal.code(), "Message": refusal.to_string() })
}
