//! A delivery: what it is about, and whose it is.

use rihla_core::instant::Instant;
use rihla_core::money::Currency;
use serde::Deserialize;

use crate::json::{self, Id, Seconds, Text};
use crate::{Delivery, Lookup, Reading, Unreadable, Unverified};

#[derive(Deserialize)]
pub(super) struct Hook<'a> {
    #[serde(borrow)]
    scope: Text<'a>,
    /// `stores/` and the store's hash.
    #[serde(borrow)]
    producer: Option<Text<'a>>,
    created_at: Seconds,
    data: Option<Data>,
}

#[derive(Deserialize)]
struct Data {
    id: Option<Id>,
    #[serde(rename = "orderId")]
    order_id: Option<Id>,
    status: Option<Status>,
}

#[derive(Clone, Copy, Deserialize)]
struct Status {
    new_status_id: Option<u32>,
}

impl<'a> Hook<'a> {
    pub(super) fn read(body: &'a [u8]) -> Result<Self, Unreadable> {
        json::read(body)
    }

    /// The scope, such as `store/order/created`.
    pub(super) fn topic(&self) -> String {
        self.scope.limited(80).unwrap_or_default()
    }

    pub(super) fn at(&self) -> Instant {
        self.created_at.0
    }

    /// The id of what it is about.
    pub(super) fn id(&self) -> Result<&Id, Unreadable> {
        self.data.as_ref().and_then(|data| data.id.as_ref()).ok_or_else(|| Unreadable::missing("data.id"))
    }

    /// The order that a shipment is of.
    pub(super) fn order_id(&self) -> Result<&Id, Unreadable> {
        let data = self.data.as_ref().and_then(|data| data.order_id.as_ref());
        data.ok_or_else(|| Unreadable::missing("data.orderId"))
    }

    /// The order that it is about, whether it names it by itself or by a part of it.
    pub(super) fn order(&self) -> Result<&Id, Unreadable> {
        self.order_id().or_else(|_| self.id())
    }

    pub(super) fn new_status_id(&self) -> Option<u32> {
        self.data.as_ref()?.status?.new_status_id
    }

    fn store(&self) -> Option<&str> {
        let hash = self.producer.as_ref()?.trimmed()?.strip_prefix("stores/")?;
        let is_hash = !hash.is_empty() && hash.bytes().all(|byte| byte.is_ascii_alphanumeric());
        is_hash.then_some(hash)
    }

    /// With something of the store to be looked up, by a path with an id in it. Nothing where either could lead to
    /// somewhere else.
    pub(super) fn ask(
        &self,
        reading: Reading,
        what: impl AsRef<str>,
        id: &Id,
        path: impl FnOnce(&str) -> String,
    ) -> Reading {
        match self.store().filter(|_| id.is_plain()) {
            Some(store) => {
                let path = format!("/stores/{store}{}", path(&id.0));
                reading.and_look_up(Lookup::at_path(what.as_ref(), path))
            }
            None => reading,
        }
    }
}

/// What a lookup is called whose answer tells amounts and not their currency, as the order does: `refunds in USD`.
pub(super) fn in_currency(what: &str, currency: Option<Currency>) -> String {
    currency.map_or_else(|| what.to_owned(), |currency| format!("{what} in {currency}"))
}

/// The parts of that again.
pub(super) fn parts(what: &str) -> (&str, Option<Currency>) {
    match what.split_once(" in ") {
        Some((what, currency)) => (what, currency.parse().ok()),
        None => (what, None),
    }
}

/// Whether the delivery is of a store that the source takes: an app's secret signs for every store that has it.
pub(super) fn is_allowed(delivery: &Delivery<'_>) -> Result<(), Unverified> {
    if delivery.allowed.is_empty() {
        return Ok(());
    }
    let hook = Hook::read(delivery.body).ok();
    let store = hook.as_ref().and_then(Hook::store);
    let is_allowed = store.is_some_and(|store| delivery.allowed.iter().any(|allowed| allowed == store));
    if is_allowed { Ok(()) } else { Err(Unverified::NotAllowed("store")) }
}
