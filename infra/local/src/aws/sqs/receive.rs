//! Receiving, deleting, and hiding for longer.

use rusqlite::{Transaction, params};
use serde_json::{Value, json};

use super::received::{Receipt, Received};
use super::request::{Batch, ChangeVisibility, DeleteMessage, Handle, Receive};
use super::send::failure;
use super::{Done, Queues, Refusal, limits};
use crate::aws::layout::Queue;
use crate::aws::store::StoreError;

impl Queues {
    pub(super) fn receive_message(&self, asked: &Receive) -> Result<Done, Refusal> {
        let queue = self.queue(asked.queue_url.as_deref())?;
        let count = asked.max_number_of_messages.unwrap_or(1);
        limits::check_receive_count(count)?;
        let visibility = asked.visibility_timeout.unwrap_or(seconds(queue));
        limits::check_visibility(visibility)?;
        let count = usize::try_from(count).unwrap_or(1);
        let received = self.receive(queue, count, visibility)?;
        let size = received.iter().map(Received::size_bytes).sum();
        let told: Vec<Value> = received.iter().map(|message| message.told(asked)).collect();
        Ok((json!({ "Messages": told }), size))
    }

    /// Up to `count` visible messages of the queue called `name`, hidden for its visibility time-out.
    pub(in crate::aws) fn take(&self, name: &str, count: usize) -> Result<Vec<Received>, StoreError> {
        let Some(queue) = self.layout.queue(name) else { return Ok(Vec::new()) };
        self.receive(queue, count, seconds(queue))
    }

    fn receive(
        &self,
        queue: &Queue,
        count: usize,
        visibility_seconds: i64,
    ) -> Result<Vec<Received>, StoreError> {
        let now = self.clock.now_ms();
        let hidden_until = now + visibility_seconds * 1000;
        self.store.write(|transaction| {
            let mut received = Vec::new();
            // Another round only if all that was due was moved or too old.
            while received.is_empty() {
                let due = due(transaction, &queue.name, count, now)?;
                if due.is_empty() {
                    break;
                }
                for message in due {
                    received.extend(hand_out(transaction, queue, message, now, hidden_until)?);
                }
            }
            Ok(received)
        })
    }

    pub(super) fn delete_message(&self, asked: &DeleteMessage) -> Result<Done, Refusal> {
        let queue = self.queue(asked.queue_url.as_deref())?;
        self.delete(&queue.name, &[Receipt::read(&asked.message.receipt_handle)?])?;
        Ok((json!({}), 0))
    }

    pub(super) fn delete_message_batch(&self, asked: &Batch<Handle>) -> Result<Done, Refusal> {
        let queue = self.queue(asked.queue_url.as_deref())?;
        limits::check_batch("DeleteMessageBatchRequestEntry", &asked.entries)?;
        let (mut deleted, mut failed, mut receipts) = (Vec::new(), Vec::new(), Vec::new());
        for entry in &asked.entries {
            match Receipt::read(&entry.entry.receipt_handle) {
                Ok(receipt) => {
                    receipts.push(receipt);
                    deleted.push(json!({ "Id": entry.id }));
                }
                Err(refusal) => failed.push(failure(&entry.id, &refusal)),
            }
        }
        self.delete(&queue.name, &receipts)?;
        Ok((json!({ "Successful": deleted, "Failed": failed }), 0))
    }

    /// Deletes messages by their latest receipts. An older receipt deletes nothing, and is no error: SQS
    /// promises no more.
    pub(in crate::aws) fn delete(&self, queue: &str, receipts: &[Receipt]) -> Result<(), StoreError> {
        let sql = "DELETE FROM message WHERE number = ?1 AND queue = ?2 AND receive_count = ?3";
        self.store.write(|transaction| {
            let mut statement = transaction.prepare_cached(sql)?;
            for receipt in receipts {
                statement.execute(params![receipt.number, queue, receipt.receive_count])?;
            }
            Ok(())
        })
    }

    pub(super) fn change_message_visibility(&self, asked: &ChangeVisibility) -> Result<Done, Refusal> {
        let queue = self.queue(asked.queue_url.as_deref())?;
        limits::check_visibility(asked.visibility_timeout)?;
        let receipt = Receipt::read(&asked.receipt_handle)?;
        let sql =
            "UPDATE message SET visible_at = ?4 WHERE number = ?1 AND queue = ?2 AND receive_count = ?3";
        let until = self.clock.now_ms() + asked.visibility_timeout * 1000;
        self.store.write(|transaction| {
            let values = params![receipt.number, queue.name, receipt.receive_count, until];
            transaction.prepare_cached(sql)?.execute(values).map_err(Refusal::from)
        })?;
        Ok((json!({}), 0))
    }
}

fn seconds(queue: &Queue) -> i64 {
    i64::try_from(queue.visibility.as_secs()).unwrap_or(i64::MAX)
}

fn due(
    transaction: &Transaction<'_>,
    queue: &str,
    count: usize,
    now: i64,
) -> rusqlite::Result<Vec<Received>> {
    let sql = "SELECT number, receive_count, body, attributes, sent_at, first_received_at, dead_letter_source
               FROM message WHERE queue = ?1 AND visible_at <= ?2 ORDER BY visible_at, number LIMIT ?3";
    let mut statement = transaction.prepare_cached(sql)?;
    let rows = statement.query_map(params![queue, now, count], Received::of)?;
    rows.collect()
}

/// Hands out a message that is due, unless it is too old or was received too often already.
fn hand_out(
    transaction: &Transaction<'_>,
    queue: &Queue,
    mut message: Received,
    now: i64,
    hidden_until: i64,
) -> Result<Option<Received>, StoreError> {
    let number = message.receipt.number;
    let kept_until =
        message.sent_at_ms.saturating_add(i64::try_from(queue.retention.as_millis()).unwrap_or(i64::MAX));
    if now > kept_until {
        transaction.prepare_cached("DELETE FROM message WHERE number = ?1")?.execute([number])?;
        return Ok(None);
    }
    if let Some(redrive) = &queue.redrive
        && message.receipt.receive_count >= redrive.max_receive_count
    {
        let sql = "UPDATE message SET queue = ?2, dead_letter_source = ?3, visible_at = ?4,
                   receive_count = 0, first_received_at = NULL WHERE number = ?1";
        transaction.prepare_cached(sql)?.execute(params![number, redrive.target, queue.name, now])?;
        return Ok(None);
    }
    let sql =
        "UPDATE message SET visible_at = ?2, receive_count = ?3, first_received_at = ?4 WHERE number = ?1";
    message.receipt.receive_count += 1;
    let first = *message.first_received_at_ms.get_or_insert(now);
    let values = params![number, hidden_until, message.receipt.receive_count, first];
    transaction.prepare_cached(sql)?.execute(values)?;
    Ok(Some(message))
}
