//! Recording requests under privacy law, each with the day by which it must be done.

use rihla_core::event::{PrivacyRequest, PrivacyRequested};
use rihla_core::instant::{Instant, Wait};
use rihla_core::pointer::Pointer;
use rihla_core::source::SourceId;
use rihla_core::subject::ToldPerson;
use serde::{Deserialize, Serialize};

use super::{Attempt, RecordError, Recorder};
use crate::table::{Expect, Freshness, Key, Versioned, Write};

/// A request as it lies in the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedRequest {
    /// What is asked for.
    pub request: PrivacyRequest,
    /// The source that passed it on.
    pub source: SourceId,
    /// When it was made.
    pub at: Instant,
    /// By when it must be done.
    pub due_at: Instant,
    /// The orders that it is about.
    pub orders: Vec<String>,
}

/// A month from the request (GDPR, article 12(3); Shopify: 30 days).
const TIME_ALLOWED: Wait = Wait::days(30);

impl Recorder {
    pub(super) async fn request(
        &self,
        source: &SourceId,
        at: Instant,
        told: &PrivacyRequested,
    ) -> Result<(), RecordError> {
        let attempt = Attempt { now: at, freshness: Freshness::Latest };
        let customer = self.find(attempt, &ToldPerson::by(source, &told.person, at)).await?;
        let id = told.id.clone().unwrap_or_else(|| format!("{:?}-{}", told.request, at.seconds()));
        let key = match customer {
            Some(customer) => Key::request(&customer, &id),
            None => Key::source_request(source, &id),
        };
        let (source, orders) = (source.clone(), told.orders.clone());
        let document =
            RecordedRequest { request: told.request, source, at, due_at: at.after(TIME_ALLOWED), orders };
        let known: Option<Versioned<RecordedRequest>> = self.table.get(&key, Freshness::Latest).await?;
        if known.is_none_or(|known| known.document != document) {
            self.table.put(Write::new(key, &document, Expect::Anything)).await?;
        }
        Ok(())
    }

    /// The customer at whom the surest of the identifiers points, if any does.
    async fn find(
        &self,
        attempt: Attempt,
        person: &ToldPerson,
    ) -> Result<Option<rihla_core::identifier::CustomerId>, RecordError> {
        for identifier in &person.identifiers {
            let key = self.pointer_key(identifier);
            let pointer: Option<Versioned<Pointer>> = self.table.get(&key, attempt.freshness).await?;
            if let Some(customer) = pointer.and_then(|pointer| pointer.document.owner()) {
                return Ok(Some(self.root(attempt, customer, &mut None).await?.customer));
            }
        }
        Ok(None)
    }
}
