//! The mailbox and its mails.

use rihla_core::instant::Instant;
use rihla_core::ledger::Outcome;
use serde::Serialize;

use crate::pages::Paging;

/// The mailbox.
#[derive(Clone, Debug, Serialize)]
pub struct MailboxView {
    /// The newest first.
    pub mails: Vec<MailRow>,
    /// What was searched for; empty for all.
    pub find: String,
    /// Which part of them.
    pub paging: Paging,
}

/// One mail of a list.
#[derive(Clone, Debug, Serialize)]
pub struct MailRow {
    /// Its id, as its address has it.
    pub id: String,
    /// Whose mailbox.
    pub recipient: String,
    /// Its subject.
    pub subject: String,
    /// The journey whose mail it is.
    pub journey: String,
    /// When it was taken for sending.
    pub sent_at: Instant,
    /// What the provider reported of it.
    pub outcomes: Vec<Outcome>,
}

/// One mail.
#[derive(Clone, Debug, Serialize)]
pub struct MailView {
    /// As in the list.
    pub mail: MailRow,
    /// The customer whom it is to.
    pub customer: Option<String>,
    /// Its headers, each as it was sent.
    pub headers: Vec<(String, String)>,
    /// The tags that it was sent with.
    pub tags: Vec<(String, String)>,
    /// The part for readers of plain text.
    pub text: String,
    /// Its bytes, as far as they are text.
    pub source: String,
}
