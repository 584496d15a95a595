//! Recording requests under privacy law, each with the day by which it must be done.

use rihla_core::event::{PrivacyRequest, PrivacyRequested};
use rihla_core::identifier::CustomerId;
use rihla_core::instant::{Instant, Wait};
use rihla_core::pointer::Pointer;
use rihla_core::source::SourceId;
use rihla_core::subject::ToldPerson;
use serde::{Deserialize, Serialize};

use super::{Attempt, RecordError, Recorder};
use crate::table::{Expect, Freshness, Key, TableError, Versioned, Write};

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
    /// When it was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done_at: Option<Instant>,
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
        let key = request_key(customer.as_ref(), source, at, told);
        let (source, orders) = (source.clone(), told.orders.clone());
        let due_at = at.after(TIME_ALLOWED);
        let document = RecordedRequest { request: told.request, source, at, due_at, orders, done_at: None };
        let known: Option<Versioned<RecordedRequest>> = self.table.get(&key, Freshness::Latest).await?;
        let is_known = |known: Versioned<RecordedRequest>| {
            RecordedRequest { done_at: None, ..known.document } == document
        };
        if !known.is_some_and(is_known) {
            self.table.put(Write::new(key, &document, Expect::Anything)).await?;
        }
        Ok(())
    }

    /// Notes that a request of a customer was done.
    pub(super) async fn done(
        &self,
        customer: &CustomerId,
        source: &SourceId,
        at: Instant,
        told: &PrivacyRequested,
    ) -> Result<(), TableError> {
        let now = self.clock.now();
        let done = |known: Option<&RecordedRequest>| {
            let known = known.filter(|known| known.done_at.is_none())?;
            Some(RecordedRequest { done_at: Some(now), ..known.clone() })
        };
        self.table.change(&request_key(Some(customer), source, at, told), done).await
    }

    /// The customer at whom the surest of the identifiers points, if any does.
    pub(super) async fn find(
        &self,
        attempt: Attempt,
        person: &ToldPerson,
    ) -> Result<Option<CustomerId>, RecordError> {
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

/// Where a request lies: beside the customer, or beside the source where the customer is not known.
fn request_key(
    customer: Option<&CustomerId>,
    source: &SourceId,
    at: Instant,
    told: &PrivacyRequested,
) -> Key {
    let id = told.id.clone().unwrap_or_else(|| format!("{:?}-{}", told.request, at.seconds()));
    match customer {
        Some(customer) => Key::request(customer, &id),
        None => Key::source_request(source, &id),
    }
}
