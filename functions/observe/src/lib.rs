//! Takes in what the mail provider reports of the messages: outcomes go to the ledger, dead and angry addresses are
//! closed. Reports come at least once and in any order; each is joined in.

mod outcome;
mod report;
mod suppress;

use rihla_aws::clock::Clock;
use rihla_aws::notification::Notifications;
use rihla_aws::table::{Table, TableError};
use rihla_core::identifier::IdentityKey;

pub use report::{Report, Unreadable};

/// The function.
#[derive(Debug)]
pub struct Observe {
    /// The table.
    pub table: Table,
    /// What hashes addresses.
    pub identity_key: IdentityKey,
    /// The time.
    pub clock: Clock,
}

/// Why a report was not taken in: it comes again, and in the end lies in the dead-letter queue.
#[derive(Debug, thiserror::Error)]
pub enum ObserveError {
    /// The table did not do what it was asked.
    #[error("the report could not be recorded")]
    Table(#[from] TableError),
    /// The report is none of those that the provider documents.
    #[error("the report cannot be read")]
    Unreadable(#[from] Unreadable),
}

impl Observe {
    /// Takes in the reports of one invocation, each by itself.
    pub async fn handle(&self, event: Notifications) -> Result<(), ObserveError> {
        let mut result = Ok(());
        for record in event.records {
            if let Err(error) = self.take(&record.sns.message).await {
                tracing::warn!(message = record.sns.message_id, %error, "report.not_taken");
                result = Err(error);
            }
        }
        result
    }

    async fn take(&self, message: &str) -> Result<(), ObserveError> {
        let Some(report) = Report::read(message, self.clock.now())? else { return Ok(()) };
        self.note_outcome(&report).await?;
        for (address, reason) in report.closed_addresses() {
            self.close(&report, &address, reason).await?;
        }
        Ok(())
    }
}
