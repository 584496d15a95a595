//! Accepting a mail: into the mailbox, with the events that will tell its course.

use jiff::Timestamp;
use rusqlite::{Transaction, params};

use super::events::course;
use super::mailbox::{Mail, Mailbox};
use super::request::SendRawEmail;
use super::{Refusal, limits};

impl Mailbox {
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
                let at = mail.accepted_at + after + self.lateness();
                self.insert_event(transaction, mail, &event, std::slice::from_ref(address), at)?;
            }
        }
        Ok(())
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

fn json(list: &impl serde::Serialize) -> String {
    serde_json::to_string(list).expect("lists of strings always serialise")
}

/// In the form of SES; the same in every run.
fn message_id(number: u64, accepted_at: Timestamp) -> String {
    format!("0107{:012x}-{number:08x}-0000-4000-8000-{number:012x}-000000", accepted_at.as_millisecond())
}
