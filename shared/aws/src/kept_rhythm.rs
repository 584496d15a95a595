//! The shop's set-up with the rhythm that was fitted to its customers, read once an hour.

use std::sync::{Arc, Mutex, PoisonError};

use rihla_core::fit::FittedRhythm;
use rihla_core::instant::{Instant, Wait};
use rihla_core::limits::Limits;
use rihla_core::shop::Shop;

use crate::table::{Freshness, Key, Table, Versioned};

/// A fit is made once a day.
const READ_AGAIN_AFTER: Wait = Wait::hours(1);

/// What was read last, and when.
#[derive(Debug, Default)]
pub struct KeptRhythm(Mutex<Option<(Instant, Arc<Shop>)>>);

impl KeptRhythm {
    /// `shop` with the fitted rhythm in place of its own, where there is one. A table that does not answer is asked again
    /// in an hour: a rhythm of yesterday, or the shop's own, does as well.
    pub async fn in_shop(&self, shop: &Arc<Shop>, table: &Table, now: Instant) -> Arc<Shop> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((_, known)) = known.as_ref().filter(|(at, _)| now < at.after(READ_AGAIN_AFTER)) {
            return known.clone();
        }
        let before = known.map_or_else(|| shop.clone(), |(_, known)| known);
        let found = table.get(&Key::fit(), Freshness::MayBeStale).await;
        let current = match found {
            Ok(found) => with(shop, found),
            Err(error) => {
                tracing::warn!(%error, "rhythm.not_read");
                before
            }
        };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((now, current.clone()));
        current
    }
}

fn with(shop: &Arc<Shop>, found: Option<Versioned<FittedRhythm>>) -> Arc<Shop> {
    match found.and_then(|found| found.document.rhythm) {
        Some(rhythm) => {
            let limits = Limits { rhythm, ..shop.limits.clone() };
            Arc::new(Shop { limits, ..Shop::clone(shop) })
        }
        None => shop.clone(),
    }
}
