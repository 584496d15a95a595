//! SES (the first API, as `SendRawEmail` is called): accepts raw mail into the mailbox and says by events
//! what became of it.

mod accept;
mod events;
mod limits;
mod mailbox;
mod message;
mod outcome;
mod pending;
mod request;

pub use events::MailEvent;
pub use mailbox::{Mail, Mailbox};
pub use outcome::Fate;
pub(super) use pending::PendingEvent;
pub(super) use request::{action, permissions};

use super::answer::Answer;
use super::seam::Acted;
use super::store::StoreError;
use super::usage::Usage;

/// Why a mail is refused.
#[derive(Debug, thiserror::Error)]
enum Refusal {
    #[error("{0}")]
    MessageRejected(String),
    #[error("{0}")]
    InvalidParameterValue(String),
    #[error("Configuration set <{0}> does not exist.")]
    NoSuchConfigurationSet(String),
    #[error("Could not find operation {0}")]
    InvalidAction(String),
    #[error("the mailbox failed")]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for Refusal {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

impl From<Refusal> for Answer {
    fn from(refusal: Refusal) -> Self {
        let (status, code) = match &refusal {
            Refusal::MessageRejected(_) => (400, "MessageRejected"),
            Refusal::InvalidParameterValue(_) => (400, "InvalidParameterValue"),
            Refusal::NoSuchConfigurationSet(_) => (400, "ConfigurationSetDoesNotExist"),
            Refusal::InvalidAction(_) => (400, "InvalidAction"),
            Refusal::Store(_) => (500, "InternalFailure"),
        };
        Self::ses_error(status, code, &refusal.to_string())
    }
}

impl Mailbox {
    /// Carries out one request of a client.
    pub(super) fn act(&self, action: &str, body: &[u8]) -> Acted {
        let sent = match action {
            "SendRawEmail" => request::SendRawEmail::read(body).and_then(|asked| self.accept(&asked)),
            other => Err(Refusal::InvalidAction(other.into())),
        };
        match sent {
            Ok((message_id, recipients)) => Acted {
                answer: Answer::xml(200, accepted(&message_id)),
                usage: Usage { requests: 1, recipients, ..Usage::default() },
            },
            Err(refusal) => Acted { answer: refusal.into(), usage: Usage::requests(1) },
        }
    }
}

fn accepted(message_id: &str) -> String {
    format!(
        "<SendRawEmailResponse xmlns=\"http://ses.amazonaws.com/doc/2010-12-01/\"><SendRawEmailResult>\
         <MessageId>{message_id}</MessageId></SendRawEmailResult></SendRawEmailResponse>"
    )
}
