//! Outcomes into the ledger.

use std::cell::Cell;

use rihla_aws::table::{Freshness, Key, TableError, Versioned};
use rihla_core::identifier::Identifier;
use rihla_core::lattice::Join;
use rihla_core::ledger::LedgerEntry;
use rihla_core::order::OrderKey;
use rihla_core::pointer::Pointer;
use serde::de::IgnoredAny;

use crate::report::About;
use crate::{Observe, Report};

impl Observe {
    /// Joins the report into the follow-up's entry. A report of a message that was in doubt proves that it was sent. Of an
    /// order that was forgotten there is no entry any more, and none is made.
    pub(crate) async fn note_outcome(&self, report: &Report) -> Result<(), TableError> {
        let Some(about) = &report.about else { return Ok(()) };
        let key = Key::ledger(&about.customer, &about.trigger, &about.follow_up);
        let reported = LedgerEntry::reported(report.message.clone(), report.outcome, report.at);
        // Only where there is no entry is it worth a call to ask why.
        let is_known = Cell::new(false);
        let joined = |known: Option<&LedgerEntry>| {
            is_known.set(known.is_some());
            let mut entry = reported.clone();
            entry.join(known?.clone());
            Some(entry)
        };
        self.table.change(&key, joined).await?;
        if is_known.get() || self.is_forgotten(about).await? {
            return Ok(());
        }
        let joined = |known: Option<&LedgerEntry>| {
            let mut entry = reported.clone();
            entry.join(known.cloned().unwrap_or_else(|| reported.clone()));
            Some(entry)
        };
        self.table.change(&key, joined).await
    }

    /// Carts and conversations have no pointer that remembers: one that is not there any more was forgotten.
    async fn is_gone(&self, about: &About) -> Result<bool, TableError> {
        let key = Key::followed(&about.customer, &about.trigger);
        let found: Option<Versioned<IgnoredAny>> = self.table.get(&key, Freshness::Latest).await?;
        Ok(found.is_none())
    }

    async fn is_forgotten(&self, about: &About) -> Result<bool, TableError> {
        let Some(OrderKey { source, order }) = about.trigger.order() else {
            return self.is_gone(about).await;
        };
        let key = Key::pointer(&self.identity_key.hash(&Identifier::Order(source, order)));
        let pointer: Option<Versioned<Pointer>> = self.table.get(&key, Freshness::Latest).await?;
        Ok(pointer.is_some_and(|pointer| pointer.document.erased.is_some()))
    }
}
