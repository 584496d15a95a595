//! The mailbox: every accepted mail, with what SES was told about it, kept on the file.

use std::sync::Arc;

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Params, Row, Transaction, params};

use super::events::{MailEvent, PendingEvent, course, message};
use super::outcome::{Fate, Fates};
use super::request::SendRawEmail;
use super::{Refusal, limits};
use crate::aws::clock::Clock;
use crate::aws::layout::Layout;
use crate::aws::store::{Store, StoreError};

/// An accepted mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Its place in the mailbox, from 1.
    pub number: u64,
    /// The id that SES answered with.
    pub message_id: String,
    /// When SES accepted it.
    pub accepted_at: Timestamp,
    /// The sending address.
    pub source: String,
    /// The addresses it goes to.
    pub recipients: Vec<String>,
    /// The tags given with it: names with values.
    pub tags: Vec<(String, String)>,
    /// The configuration set given with it.
    pub configuration_set: Option<String>,
    /// The MIME, unless it was forgotten.
    pub raw: Option<Vec<u8>>,
}

/// All accepted mail.
#[derive(Clone, Debug)]
pub struct Mailbox {
    store: Store,
    clock: Clock,
    layout: Arc<Layout>,
    fates: Fates,
}

impl Mailbox {
    pub(in crate::aws) fn new(store: Store, clock: Clock, layout: Arc<Layout>) -> Self {
        Self { store, clock, layout, fates: Fates::default() }
    }

    /// Gives `rule` the say over what becomes of mail, before the simulator's addresses.
    pub fn set_fates(&self, rule: impl Fn(&str) -> Option<Fate> + Send + Sync + 'static) {
        self.fates.set(rule);
    }

    /// How many mails were accepted.
    pub fn count(&self) -> Result<u64, StoreError> {
        self.store.read(|connection| connection.query_row("SELECT count(*) FROM mail", [], |row| row.get(0)))
    }

    /// Up to `limit` mails after the one with the number `after` (0: from the first), in order.
    pub fn after(&self, after: u64, limit: u32) -> Result<Vec<Mail>, StoreError> {
        self.look("number > ?1 ORDER BY number LIMIT ?2", params![after, limit])
    }

    /// Every mail. For large mailboxes take [`Self::after`].
    pub fn all(&self) -> Result<Vec<Mail>, StoreError> {
        self.after(0, u32::MAX)
    }

    /// The mails to `address`, in order.
    pub fn to_recipient(&self, address: &str) -> Result<Vec<Mail>, StoreError> {
        let chosen = "number IN (SELECT number FROM mail_recipient WHERE address = ?1) ORDER BY number";
        self.look(chosen, [address.to_lowercase()])
    }

    /// The mails with the tag `name` of this `value`, in order.
    pub fn with_tag(&self, name: &str, value: &str) -> Result<Vec<Mail>, StoreError> {
        let chosen = "number IN (SELECT number FROM mail_tag WHERE name = ?1 AND value = ?2) ORDER BY number";
        self.look(chosen, [name, value])
    }

    /// The mail to which SES gave the id `message_id`.
    pub fn get(&self, message_id: &str) -> Result<Option<Mail>, StoreError> {
        Ok(self.look("message_id = ?1", [message_id])?.pop())
    }

    /// Forgets the MIME of the mails up to `number`, and keeps the rest of them: for long replays.
    pub fn forget_bodies(&self, number: u64) -> Result<(), StoreError> {
        let sql = "UPDATE mail SET raw = NULL WHERE number <= ?1 AND raw IS NOT NULL";
        self.store.write(|transaction| Ok(transaction.execute(sql, [number]).map(drop)?))
    }

    fn look(&self, chosen: &str, values: impl Params) -> Result<Vec<Mail>, StoreError> {
        let sql = format!(
            "SELECT number, message_id, accepted_at, source, recipients, tags, configuration_set, raw
             FROM mail WHERE {chosen}"
        );
        self.store.read(|connection| connection.prepare_cached(&sql)?.query_map(values, read_mail)?.collect())
    }

    /// Tells the topic's function, from now on, that `event` happened to the mail: an open, a click.
    ///
    /// Nothing if SES does not know the mail or was given no configuration set with it.
    pub fn publish(&self, message_id: &str, event: &MailEvent) -> Result<(), StoreError> {
        let Some(mail) = self.get(message_id)?.filter(|mail| mail.configuration_set.is_some()) else {
            return Ok(());
        };
        let now = self.clock.now();
        self.store.write(|transaction| Ok(insert_event(transaction, &mail, event, &mail.recipients, now)?))
    }

    /// Accepts a mail, with the events that will tell its course, in one transaction: its id and the
    /// number of its recipients.
    pub(super) fn accept(&self, asked: &SendRawEmail) -> Result<(String, u64), Refusal> {
        let (head, recipients) = limits::check(asked)?;
        if let Some(name) = &asked.configuration_set
            && !self.layout.configuration_sets.contains(name)
        {
            return Err(Refusal::NoSuchConfigurationSet(name.clone()));
        }
        let source = asked.source.clone().or_else(|| head.addresses("From").pop()).unwrap_or_default();
        let mut mail = Mail {
            number: 0,
            message_id: String::new(),
            accepted_at: self.clock.now(),
            source,
            recipients,
            tags: asked.tags.clone(),
            configuration_set: asked.configuration_set.clone(),
            raw: Some(asked.raw.clone()),
        };
        self.store.write(|transaction| self.keep(transaction, &mut mail))?;
        Ok((mail.message_id, mail.recipients.len() as u64))
    }

    fn keep(&self, transaction: &Transaction<'_>, mail: &mut Mail) -> Result<(), Refusal> {
        let last: Option<u64> =
            transaction.prepare_cached("SELECT max(number) FROM mail")?.query_row([], |row| row.get(0))?;
        mail.number = last.unwrap_or(0) + 1;
        mail.message_id = message_id(mail.number, mail.accepted_at);
        insert_mail(transaction, mail)?;
        if mail.configuration_set.is_none() {
            return Ok(());
        }
        for address in &mail.recipients {
            for (event, after) in course(self.fates.of(address)) {
                let at = mail.accepted_at + after;
                insert_event(transaction, mail, &event, std::slice::from_ref(address), at)?;
            }
        }
        Ok(())
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
}

fn insert_mail(transaction: &Transaction<'_>, mail: &Mail) -> rusqlite::Result<()> {
    let sql =
        "INSERT INTO mail (number, message_id, accepted_at, source, recipients, tags, configuration_set, raw)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    transaction.prepare_cached(sql)?.execute(params![
        mail.number,
        mail.message_id,
        mail.accepted_at.as_millisecond(),
        mail.source,
        json(&mail.recipients),
        json(&mail.tags),
        mail.configuration_set,
        mail.raw,
    ])?;
    for address in &mail.recipients {
        let sql = "INSERT OR IGNORE INTO mail_recipient (address, number) VALUES (?1, ?2)";
        transaction.prepare_cached(sql)?.execute(params![address.to_lowercase(), mail.number])?;
    }
    for (name, value) in &mail.tags {
        let sql = "INSERT OR IGNORE INTO mail_tag (name, value, number) VALUES (?1, ?2, ?3)";
        transaction.prepare_cached(sql)?.execute(params![name, value, mail.number])?;
    }
    Ok(())
}

fn insert_event(
    transaction: &Transaction<'_>,
    mail: &Mail,
    event: &MailEvent,
    recipients: &[String],
    at: Timestamp,
) -> rusqlite::Result<()> {
    let text = message(mail, event, recipients, at).to_string();
    let sql = "INSERT INTO mail_event (due_at, message) VALUES (?1, ?2)";
    transaction.prepare_cached(sql)?.execute(params![at.as_millisecond(), text])?;
    Ok(())
}

fn read_mail(row: &Row<'_>) -> rusqlite::Result<Mail> {
    let list = |text: String| serde_json::from_str(&text).unwrap_or_default();
    let tags: String = row.get(5)?;
    Ok(Mail {
        number: row.get(0)?,
        message_id: row.get(1)?,
        accepted_at: instant(row.get(2)?),
        source: row.get(3)?,
        recipients: list(row.get(4)?),
        tags: serde_json::from_str(&tags).unwrap_or_default(),
        configuration_set: row.get(6)?,
        raw: row.get(7)?,
    })
}

fn json(list: &impl serde::Serialize) -> String {
    serde_json::to_string(list).expect("lists of strings always serialise")
}

/// In the form of SES; the same in every run.
fn message_id(number: u64, accepted_at: Timestamp) -> String {
    format!("0107{:012x}-{number:08x}-0000-4000-8000-{number:012x}-000000", accepted_at.as_millisecond())
}

fn instant(millisecond: i64) -> Timestamp {
    Timestamp::from_millisecond(millisecond).expect("written from a timestamp")
}
