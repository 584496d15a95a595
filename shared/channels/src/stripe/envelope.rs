//! What every event has around its object.

use rihla_core::instant::Instant;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::json::{self, Seconds, Text};
use crate::{Delivery, Reading, Unreadable, Unverified};

#[derive(Deserialize)]
pub(super) struct Envelope<'a> {
    #[serde(borrow)]
    object: Option<Text<'a>>,
    #[serde(borrow, rename = "type")]
    kind: Option<Text<'a>>,
    livemode: Option<bool>,
    #[serde(borrow)]
    account: Option<Text<'a>>,
    /// A number in the events that are read here, a text in those of the v2 API.
    #[serde(borrow)]
    created: Option<&'a RawValue>,
    #[serde(borrow)]
    data: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Data<'a> {
    #[serde(borrow)]
    object: &'a RawValue,
}

#[derive(Deserialize)]
struct Account<'a> {
    #[serde(borrow)]
    account: Option<Text<'a>>,
}

/// What the envelope tells besides the object.
#[derive(Clone, Copy)]
pub(super) struct Told {
    /// When the event was. Objects tell only when they were made.
    pub(super) at: Instant,
    /// Sent by a sandbox, or in test mode.
    pub(super) is_trial: bool,
    /// Whether the API can be asked under the shop's token: not about the objects of a connected account.
    pub(super) can_ask: bool,
}

impl<'a> Envelope<'a> {
    pub(super) fn read(body: &'a [u8]) -> Result<Self, Unreadable> {
        json::read(body)
    }

    /// The event's type; for what is no event, what it is.
    pub(super) fn topic(&self) -> String {
        let named = self.kind.as_ref().filter(|_| self.is_event()).or(self.object.as_ref());
        named.and_then(|name| name.limited(80)).unwrap_or_default()
    }

    /// Whether it is an event with its object. The thin ones of the v2 API are `v2.core.event`.
    pub(super) fn is_event(&self) -> bool {
        let object = self.object.as_ref().and_then(Text::trimmed);
        matches!(object, Some("event" | "v2.core.event") | None)
    }

    pub(super) fn is_thin(&self) -> bool {
        self.object.as_ref().and_then(Text::trimmed) == Some("v2.core.event")
    }

    pub(super) fn is_trial(&self) -> bool {
        self.livemode == Some(false)
    }

    /// What a reader finds in the object.
    pub(super) fn tell(
        &self,
        read: impl FnOnce(&'a [u8], Told) -> Result<Reading, Unreadable>,
    ) -> Result<Reading, Unreadable> {
        let created = self.created.ok_or_else(|| Unreadable::missing("created"))?;
        let created: Seconds =
            json::read(created.get().as_bytes()).map_err(|fault| fault.within("created"))?;
        let data = self.data.ok_or_else(|| Unreadable::missing("data"))?;
        let data: Data<'a> = json::read(data.get().as_bytes()).map_err(|fault| fault.within("data"))?;
        let told = Told { at: created.0, is_trial: self.is_trial(), can_ask: self.account.is_none() };
        read(data.object.get().as_bytes(), told).map_err(|fault| fault.within("data.object"))
    }
}

/// Whether the event is of an account that the source takes. Asked only once the signature is known to be good.
pub(super) fn is_allowed(delivery: &Delivery<'_>) -> Result<(), Unverified> {
    if delivery.allowed.is_empty() {
        return Ok(());
    }
    let read: Option<Account<'_>> = json::read(delivery.body).ok();
    let account = read.and_then(|read| read.account);
    let is_named = |name: &str| delivery.allowed.iter().any(|allowed| allowed == name);
    let is_allowed = account.as_ref().and_then(Text::trimmed).is_some_and(is_named);
    if is_allowed { Ok(()) } else { Err(Unverified::NotAllowed("account")) }
}
