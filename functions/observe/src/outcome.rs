//! Outcomes into the ledger.

use rihla_aws::table::{Key, TableError};
use rihla_core::lattice::Join;
use rihla_core::ledger::LedgerEntry;

use crate::{Observe, Report};

impl Observe {
    /// Joins the report into the follow-up's entry. A report of a message that was in doubt proves that it was sent.
    pub(crate) async fn note_outcome(&self, report: &Report) -> Result<(), TableError> {
        let Some(about) = &report.about else { return Ok(()) };
        let key = Key::ledger(&about.customer, &about.order, &about.follow_up);
        let reported = LedgerEntry::reported(report.message.clone(), report.outcome, report.at);
        let joined = |known: Option<&LedgerEntry>| {
            let mut entry = reported.clone();
            entry.join(known.cloned().unwrap_or_else(|| reported.clone()));
            Some(entry)
        };
        self.table.change(&key, joined).await
    }
}
