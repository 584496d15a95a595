//! What every event has around its object.

use rihla_core::instant::Instant;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::json::{self, Id, Text};
use crate::{Delivery, Unreadable};

#[derive(Deserialize)]
struct Body<'a> {
    #[serde(borrow, rename = "type")]
    kind: Text<'a>,
    created_at: Instant,
    #[serde(borrow)]
    data: Option<Data<'a>>,
}

#[derive(Deserialize)]
struct Data<'a> {
    id: Option<Id>,
    /// Holds one member, which is called as what it is, or as the event.
    #[serde(borrow)]
    object: Option<&'a RawValue>,
}

/// An event.
pub(super) struct Envelope<'a> {
    body: Body<'a>,
    /// Sent by a sandbox. The header is not signed; nothing but a trial can come of altering it.
    pub(super) is_trial: bool,
}

impl<'a> Envelope<'a> {
    pub(super) fn read(delivery: &Delivery<'a>) -> Result<Self, Unreadable> {
        let environment = delivery.headers.get("square-environment");
        let is_trial = environment.is_some_and(|environment| environment.eq_ignore_ascii_case("sandbox"));
        Ok(Self { body: json::read(delivery.body)?, is_trial })
    }

    /// The event's type, such as `order.updated`.
    pub(super) fn topic(&self) -> String {
        self.body.kind.limited(80).unwrap_or_default()
    }

    /// When the event was.
    pub(super) fn at(&self) -> Instant {
        self.body.created_at
    }

    /// The id of what it is about.
    pub(super) fn id(&self) -> Option<&Id> {
        self.body.data.as_ref()?.id.as_ref()
    }

    /// What a reader finds in the object.
    pub(super) fn object<T: Deserialize<'a>>(&self) -> Result<T, Unreadable> {
        let data = self.body.data.as_ref().ok_or_else(|| Unreadable::missing("data"))?;
        let object = data.object.ok_or_else(|| Unreadable::missing("data.object"))?;
        json::read(object.get().as_bytes()).map_err(|fault| fault.within("data.object"))
    }
}
