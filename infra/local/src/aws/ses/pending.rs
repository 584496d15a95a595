//! The events that SES has still to hand to the topic's function.

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Row, Transaction, params};

use super::events::{MailEvent, message};
use super::mailbox::{Mail, Mailbox, instant};
use crate::aws::store::StoreError;

/// An event that SES has still to hand to the topic's function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::aws) struct PendingEvent {
    pub(in crate::aws) number: i64,
    pub(in crate::aws) attempts: u32,
    pub(in crate::aws) message: String,
    pub(in crate::aws) due_at: Timestamp,
}

impl Mailbox {
    /// Tells the topic's function, from now on, that `event` happened to the mail: an open, a click.
    ///
    /// Nothing if SES does not know the mail, was given no configuration set with it, or does not publish such events.
    pub fn publish(&self, message_id: &str, event: &MailEvent) -> Result<(), StoreError> {
        let Some(mail) = self.get(message_id)?.filter(|mail| mail.configuration_set.is_some()) else {
            return Ok(());
        };
        let now = self.clock.now();
        self.store
            .write(|transaction| Ok(self.insert_event(transaction, &mail, event, &mail.recipients, now)?))
    }

    /// The earliest instant, perhaps past, at which an event is to be handed over.
    pub fn next_event_at(&self) -> Result<Option<Timestamp>, StoreError> {
        let sql = "SELECT due_at FROM mail_event WHERE dead = 0 ORDER BY due_at LIMIT 1";
        let due: Option<i64> = self
            .store
            .read(|connection| connection.prepare_cached(sql)?.query_row([], |row| row.get(0)).optional())?;
        Ok(due.map(instant))
    }

    /// The events that the topic's function failed to take for good: their JSON.
    pub fn dead_events(&self) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT message FROM mail_event WHERE dead = 1 ORDER BY number";
        self.store
            .read(|connection| connection.prepare_cached(sql)?.query_map([], |row| row.get(0))?.collect())
    }

    /// Hands the events that the topic's function failed to take for good over again, from now on: how many.
    ///
    /// It is what a person does with the dead-letter queue of the subscription.
    pub fn redrive_events(&self) -> Result<usize, StoreError> {
        let sql = "UPDATE mail_event SET dead = 0, attempts = 0, due_at = ?1 WHERE dead = 1";
        let now = self.clock.now_ms();
        self.store.write(|transaction| Ok(transaction.prepare_cached(sql)?.execute([now])?))
    }

    /// The first event that is due now.
    pub(in crate::aws) fn due_event(&self) -> Result<Option<PendingEvent>, StoreError> {
        let sql = "SELECT number, attempts, message, due_at FROM mail_event
                   WHERE dead = 0 AND due_at <= ?1 ORDER BY due_at, number LIMIT 1";
        let now = self.clock.now_ms();
        self.store.read(|connection| {
            let read = |row: &Row<'_>| {
                Ok(PendingEvent {
                    number: row.get(0)?,
                    attempts: row.get(1)?,
                    message: row.get(2)?,
                    due_at: instant(row.get(3)?),
                })
            };
            connection.prepare_cached(sql)?.query_row([now], read).optional()
        })
    }

    /// The event was taken.
    pub(in crate::aws) fn taken(&self, event: &PendingEvent) -> Result<(), StoreError> {
        let sql = "DELETE FROM mail_event WHERE number = ?1";
        self.store
            .write(|transaction| Ok(transaction.prepare_cached(sql)?.execute([event.number]).map(drop)?))
    }

    /// The event was not taken: it is tried again at `again_at`, or never.
    pub(in crate::aws) fn failed(
        &self,
        event: &PendingEvent,
        again_at: Option<Timestamp>,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE mail_event SET attempts = attempts + 1, dead = ?2, due_at = ?3 WHERE number = ?1";
        let due_at = again_at.unwrap_or(event.due_at).as_millisecond();
        let values = params![event.number, again_at.is_none(), due_at];
        self.store.write(|transaction| Ok(transaction.prepare_cached(sql)?.execute(values).map(drop)?))
    }

    /// Has `event` handed over at the instant `at`, if SES publishes its kind.
    pub(super) fn insert_event(
        &self,
        transaction: &Transaction<'_>,
        mail: &Mail,
        event: &MailEvent,
        recipients: &[String],
        at: Timestamp,
    ) -> rusqlite::Result<()> {
        if !self.layout.mail_events.iter().any(|kind| kind == event.kind()) {
            return Ok(());
        }
        let text = message(mail, event, recipients, at).to_string();
        let sql = "INSERT INTO mail_event (due_at, message) VALUES (?1, ?2)";
        transaction.prepare_cached(sql)?.execute(params![at.as_millisecond(), text]).map(drop)
    }
}
