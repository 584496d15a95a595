//! Writing down what became of a follow-up.

use rihla_aws::table::{Expect, Freshness, Key, TableError, Versioned, Write};
use rihla_core::instant::Instant;
use rihla_core::lattice::Join;
use rihla_core::ledger::{LedgerEntry, State};
use rihla_core::look::Decision;

use crate::scene::Scene;
use crate::{Deliver, DeliverError};

impl Deliver {
    /// Puts the next look on the calendar and the entry into the ledger, each by itself. Where only the entry comes to be
    /// there, this message comes again: it then finds nothing due, and does not take the entry's word for the look.
    /// Gives when the next look is.
    pub(crate) async fn settle(
        &self,
        scene: &Scene<'_>,
        decision: Decision<'_>,
        state: State,
    ) -> Result<Option<Instant>, DeliverError> {
        if state == State::InDoubt {
            tracing::error!(journey = decision.journey.name, "mail.in_doubt");
        }
        let next = scene.view("").next_after(&self.shop.journeys, &decision.key, &state);
        let entry = LedgerEntry {
            version: decision.journey.version,
            due_at: decision.due_at,
            decided_at: scene.now,
            state,
            next_look: next,
            trace: decision.trace,
            outcomes: scene.ledger.get(&decision.key).map(|known| known.outcomes.clone()).unwrap_or_default(),
        };
        let expect =
            scene.versions.get(&decision.key).map_or(Expect::Absent, |version| Expect::Version(*version));
        let key = Key::ledger(&scene.look.customer, &scene.look.trigger, &decision.key);
        let mut writes = vec![Write::new(key.clone(), &entry, expect)];
        writes.extend(next.and_then(|next| scene.look_at(next)));
        match self.table.put_each(writes).await {
            Err(TableError::Conflict) => self.join(key, entry).await?,
            written => written?,
        }
        Ok(next)
    }

    /// Joins the entry into one that somebody else wrote in between, such as the provider's first report.
    async fn join(&self, key: Key, entry: LedgerEntry) -> Result<(), TableError> {
        let known: Option<Versioned<LedgerEntry>> = self.table.get(&key, Freshness::Latest).await?;
        let expect = Versioned::expect(known.as_ref());
        let mut joined = entry.clone();
        if let Some(known) = known {
            joined.join(known.document);
        }
        self.table.put(Write::new(key, &joined, expect)).await
    }
}
