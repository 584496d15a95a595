//! Recording requests under privacy law, each with the day by which it must be done.

use rihla_core::event::{PrivacyRequest, PrivacyRequested};
use rihla_core::identifier::{CustomerId, Identifier};
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
    /// Who did it, where one of the shop's staff did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// A month from the request (GDPR, article 12(3); Shopify: 30 days).
pub const TIME_ALLOWED: Wait = Wait::days(30);

impl Recorder {
    pub(super) async fn request(
        &self,
        source: &SourceId,
        at: Instant,
        told: &PrivacyRequested,
    ) -> Result<(), RecordError> {
        let attempt = Attempt { now: at, freshness: Freshness::Latest };
        let meant = self.meant(attempt, source, told).await?;
        let key = request_key(meant.customers.first(), source, at, told);
        let (source, orders) = (source.clone(), told.orders.clone());
        let due_at = at.after(TIME_ALLOWED);
        let request = told.request;
        let document = RecordedRequest { request, source, at, due_at, orders, done_at: None, by: None };
        let known: Option<Versioned<RecordedRequest>> = self.table.get(&key, Freshness::Latest).await?;
        let is_known = |known: Versioned<RecordedRequest>| {
            RecordedRequest { done_at: None, ..known.document } == document
        };
        if !known.is_some_and(is_known) {
            self.table.put(Write::new(key, &document, Expect::Anything)).await?;
        }
        Ok(())
    }

    /// Notes that a request was done; `customer` is the first whom it meant.
    pub(super) async fn done(
        &self,
        customer: Option<&CustomerId>,
        source: &SourceId,
        at: Instant,
        told: &PrivacyRequested,
    ) -> Result<(), TableError> {
        let now = self.clock.now();
        let done = |known: Option<&RecordedRequest>| {
            let known = known.filter(|known| known.done_at.is_none())?;
            Some(RecordedRequest { done_at: Some(now), ..known.clone() })
        };
        self.table.change(&request_key(customer, source, at, told), done).await
    }

    /// Whom a request means: those at whom an identifier points that is one person's alone, and those of whom nothing is known
    /// but an order that it names. A number or a mailbox that several may share means nobody.
    pub(super) async fn meant(
        &self,
        attempt: Attempt,
        source: &SourceId,
        told: &PrivacyRequested,
    ) -> Result<Meant, RecordError> {
        let person = ToldPerson::by(source, &told.person, attempt.now);
        let sure = person.identifiers.into_iter().filter(Identifier::is_strong);
        let orders = told.orders.iter().map(|order| Identifier::Order(source.clone(), order.clone()));
        let mut meant = Meant::default();
        for identifier in sure.chain(orders) {
            let hashed = self.identity_key.hash(&identifier);
            let found: Option<Versioned<Pointer>> =
                self.table.get(&Key::pointer(&hashed), attempt.freshness).await?;
            let Some(pointer) = found.map(|found| found.document) else { continue };
            if pointer.crowd.is_many() {
                meant.is_unsure = true;
                continue;
            }
            let Some(customer) = pointer.customer else { continue };
            if !identifier.is_strong() && customer != self.identity_key.customer(&hashed) {
                continue;
            }
            if !meant.customers.contains(&customer) {
                meant.customers.push(customer);
            }
        }
        Ok(meant)
    }
}

/// Whom a request means.
#[derive(Debug, Default)]
pub(super) struct Meant {
    pub(super) customers: Vec<CustomerId>,
    /// Whether it names an address that many use: that means nobody.
    pub(super) is_unsure: bool,
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
