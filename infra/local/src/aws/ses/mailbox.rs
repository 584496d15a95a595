//! The mailbox: every accepted mail, with what SES was told about it, kept on the file.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Params, Row, params};

use super::outcome::{Fate, Fates};
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
    pub(super) store: Store,
    pub(super) clock: Clock,
    pub(super) layout: Arc<Layout>,
    pub(super) fates: Fates,
    /// How much later than they happen events are handed over, in milliseconds.
    late_ms: Arc<AtomicU64>,
}

impl Mailbox {
    pub(in crate::aws) fn new(store: Store, clock: Clock, layout: Arc<Layout>) -> Self {
        Self { store, clock, layout, fates: Fates::default(), late_ms: Arc::default() }
    }

    /// Gives `rule` the say over what becomes of mail, before the simulator's addresses.
    pub fn set_fates(&self, rule: impl Fn(&str) -> Option<Fate> + Send + Sync + 'static) {
        self.fates.set(rule);
    }

    /// Hands the events of mails that are accepted from now on over so much later: a topic promises no speed.
    pub fn set_lateness(&self, by: Duration) {
        self.late_ms.store(u64::try_from(by.as_millis()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    pub(super) fn lateness(&self) -> Duration {
        Duration::from_millis(self.late_ms.load(Ordering::Relaxed))
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

    /// The last `limit` mails to an address, the newest first.
    pub fn last_to_recipient(&self, address: &str, limit: usize) -> Result<Vec<Mail>, StoreError> {
        let chosen = format!(
            "number IN (SELECT number FROM mail_recipient WHERE address = ?1) ORDER BY number DESC LIMIT {limit}"
        );
        self.look(&chosen, [address.to_lowercase()])
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

pub(super) fn instant(millisecond: i64) -> Timestamp {
    Timestamp::from_millisecond(millisecond).expect("written from a timestamp")
}
