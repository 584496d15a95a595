//! Recording what a delivery tells: resolve identifiers, load, decide (pure), write.
//!
//! Every step can be repeated. What others rely on is written first and the order last, so that a delivery that comes
//! again after a crash repairs what was left half done.

mod basket;
mod checkout;
mod consent;
mod conversation;
mod erase;
mod identity;
mod join;
mod kinship;
mod name;
mod order;
mod parcel;
mod person;
mod phone;
mod request;
mod stock;
mod totals;

use std::sync::Arc;

use rihla_core::event::Event;
use rihla_core::identifier::{Identifier, IdentityKey};
use rihla_core::instant::{Instant, Wait};
use rihla_core::shop::Shop;
use rihla_core::source::Source;
use rihla_core::subject::Told;

use crate::clock::Clock;
use crate::table::{Freshness, Key, Table, TableError};

pub use request::{RecordedRequest, TIME_ALLOWED};

/// Records deliveries.
#[derive(Clone, Debug)]
pub struct Recorder {
    table: Table,
    identity_key: IdentityKey,
    shop: Arc<Shop>,
    clock: Clock,
}

/// Why a delivery was not recorded, or not wholly: recorded again, it is completed.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// The table did not do what it was asked.
    #[error("the delivery could not be recorded")]
    Table(#[from] TableError),
    /// An event is about a person and names nothing by which the person could be known.
    #[error("the event names nobody: it needs a customer id, an e-mail or a phone number with its country")]
    Nobody,
    /// An event says that it will happen: it would overrule everything that happens until then.
    #[error("the event is dated {at}, more than a day ahead: the sender's clock is wrong")]
    Ahead {
        /// Its date.
        at: Instant,
    },
    /// An event is about a parcel and names neither its order nor its tracking number.
    #[error("the parcel names neither its order nor its tracking number")]
    NoParcel,
}

impl RecordError {
    /// Whether it may succeed later.
    pub fn is_retryable(&self) -> bool {
        matches!(self, Self::Table(error) if error.is_retryable())
    }
}

/// How often somebody else may write in between before the delivery is left to a later attempt.
const ATTEMPTS: usize = 8;

/// How far a sender's clock may be ahead of ours.
const CLOCKS_DIFFER: Wait = Wait::days(1);

/// One attempt: the first may read what is a moment old, the next ones must not.
#[derive(Clone, Copy, Debug)]
struct Attempt {
    now: Instant,
    freshness: Freshness,
}

impl Recorder {
    /// Records into `table`, with the shop's set-up.
    pub fn new(table: Table, identity_key: IdentityKey, shop: Arc<Shop>, clock: Clock) -> Self {
        Self { table, identity_key, shop, clock }
    }

    /// Records what one delivery of `source` tells.
    pub async fn record(&self, source: &Source, events: &[Event]) -> Result<(), RecordError> {
        let latest = events.iter().map(|event| event.at).max();
        if let Some(at) = latest.filter(|at| *at > self.clock.now().after(CLOCKS_DIFFER)) {
            return Err(RecordError::Ahead { at });
        }
        let told = Told::by(&source.name, source.channel, events);
        if told.nameless_parcels > 0 {
            return Err(RecordError::NoParcel);
        }
        for (key, order) in &told.orders {
            self.repeat(async |attempt| self.order(attempt, key, order).await).await?;
        }
        for (tracking, parcels) in &told.parcels {
            self.repeat(async |attempt| self.parcel(attempt, tracking, parcels).await).await?;
        }
        for person in &told.persons {
            self.repeat(async |attempt| self.person(attempt, &source.name, person).await).await?;
        }
        for (key, conversation) in &told.conversations {
            self.repeat(async |attempt| self.conversation(attempt, key, conversation).await).await?;
        }
        for (key, checkout) in &told.checkouts {
            self.repeat(async |attempt| self.checkout(attempt, key, checkout).await).await?;
        }
        self.stock(&source.name, &told.stock).await?;
        for (at, request) in &told.requests {
            self.request(&source.name, *at, request).await?;
        }
        Ok(())
    }

    async fn repeat<F>(&self, attempt_once: F) -> Result<(), RecordError>
    where
        F: AsyncFn(Attempt) -> Result<(), RecordError>,
    {
        let mut freshness = Freshness::MayBeStale;
        for _ in 1..ATTEMPTS {
            match attempt_once(Attempt { now: self.clock.now(), freshness }).await {
                Err(RecordError::Table(TableError::Conflict)) => freshness = Freshness::Latest,
                done => return done,
            }
        }
        attempt_once(Attempt { now: self.clock.now(), freshness }).await
    }

    fn pointer_key(&self, identifier: &Identifier) -> Key {
        Key::pointer(&self.identity_key.hash(identifier))
    }
}
