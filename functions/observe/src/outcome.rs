//! Outcomes into the ledger.

use rihla_aws::table::{Freshness, Key, TableError, Versioned, Write};
use rihla_core::lattice::Join;
use rihla_core::ledger::LedgerEntry;

use crate::{ATTEMPTS, Observe, Report};

impl Observe {
    /// Joins the report into the follow-up's entry. A report of a message that was in doubt proves that it was sent.
    pub(crate) async fn note_outcome(&self, report: &Report) -> Result<(), TableError> {
        let Some(about) = &report.about else { return Ok(()) };
        let key = Key::ledger(&about.customer, &about.order, &about.follow_up);
        let reported = LedgerEntry::reported(report.message.clone(), report.outcome, report.at);
        for _ in 0..ATTEMPTS {
            let known: Option<Versioned<LedgerEntry>> = self.table.get(&key, Freshness::Latest).await?;
            let mut entry = reported.clone();
            if let Some(known) = &known {
                entry.join(known.document.clone());
            }
            if known.as_ref().is_some_and(|known| known.document == entry) {
                return Ok(());
            }
            match self.table.put(Write::new(key.clone(), &entry, Versioned::expect(known.as_ref()))).await {
                Err(TableError::Conflict) => {}
                written => return written,
            }
        }
        Err(TableError::Conflict)
    }
}
