//! How an order gets to its buyer.

use rihla_core::event::{Event, Fact, ParcelMoved, Person, Place};
use rihla_core::instant::Instant;
use rihla_core::parcel::ParcelState;
use serde::Deserialize;

use super::customer::Address;
use super::event;
use crate::json::{Id, Text};
use crate::{Unreadable, person};

#[derive(Deserialize)]
pub(super) struct Fulfillment<'a> {
    uid: Option<Id>,
    #[serde(borrow, rename = "type")]
    kind: Option<Text<'a>>,
    #[serde(borrow)]
    state: Option<Text<'a>>,
    #[serde(borrow)]
    shipment_details: Option<Details<'a>>,
    #[serde(borrow)]
    pickup_details: Option<Details<'a>>,
    #[serde(borrow)]
    delivery_details: Option<Details<'a>>,
}

#[derive(Deserialize)]
struct Details<'a> {
    #[serde(borrow)]
    recipient: Option<Recipient<'a>>,
    #[serde(borrow)]
    tracking_number: Option<Text<'a>>,
    #[serde(borrow)]
    carrier: Option<Text<'a>>,
    packaged_at: Option<Instant>,
    shipped_at: Option<Instant>,
    ready_at: Option<Instant>,
    picked_up_at: Option<Instant>,
    delivered_at: Option<Instant>,
}

#[derive(Deserialize)]
struct Recipient<'a> {
    #[serde(borrow)]
    display_name: Option<Text<'a>>,
    #[serde(borrow)]
    email_address: Option<Text<'a>>,
    #[serde(borrow)]
    phone_number: Option<Text<'a>>,
    #[serde(borrow)]
    address: Option<Address<'a>>,
}

/// A value that Square did not have when this was written.
pub(super) type UnknownWord = (&'static str, String);

impl Fulfillment<'_> {
    fn details(&self) -> Option<&Details<'_>> {
        self.shipment_details.as_ref().or(self.pickup_details.as_ref()).or(self.delivery_details.as_ref())
    }

    fn recipient(&self) -> Option<&Recipient<'_>> {
        self.details()?.recipient.as_ref()
    }

    pub(super) fn place(&self) -> Option<Place> {
        self.recipient()?.address.as_ref()?.place()
    }

    /// Whom it goes to. A guest of the online shop is told nowhere else.
    pub(super) fn person(&self) -> Option<Person> {
        let recipient = self.recipient()?;
        let (first_name, last_name) = person::names(recipient.display_name.as_ref());
        Some(Person {
            email: person::email(recipient.email_address.as_ref()),
            phone: person::phone_in(recipient.phone_number.as_ref(), self.place().as_ref()),
            first_name,
            last_name,
            ..Person::default()
        })
    }

    /// Whether it is a parcel, and one that was sent.
    pub(super) fn is_sent(&self) -> Option<bool> {
        (word(self.kind.as_ref()) == "SHIPMENT").then(|| word(self.state.as_ref()) == "COMPLETED")
    }

    /// Where the parcel is, if there is one.
    pub(super) fn moved(&self, order: &str, at: Instant) -> Result<Option<Event>, Unreadable> {
        let Some(state) = self.parcel_state() else { return Ok(None) };
        let details = self.details();
        let moved = ParcelMoved {
            order: Some(order.to_owned()),
            parcel: Some(self.uid.as_ref().ok_or_else(|| Unreadable::missing("uid"))?.0.clone()),
            tracking: details.and_then(|details| details.tracking_number.as_ref()?.limited(100)),
            carrier: details.and_then(|details| details.carrier.as_ref()?.limited(100)),
            state,
        };
        let at = details.and_then(|details| details.reached_at(state)).unwrap_or(at);
        Ok(Some(event(at, Fact::ParcelMoved(moved))))
    }

    fn parcel_state(&self) -> Option<ParcelState> {
        let kind = word(self.kind.as_ref());
        if !matches!(kind, "SHIPMENT" | "PICKUP" | "DELIVERY") {
            return None;
        }
        Some(match (kind, word(self.state.as_ref())) {
            // Packed: there is a parcel once there is a label.
            ("SHIPMENT", "PREPARED") => ParcelState::Label,
            ("SHIPMENT", "COMPLETED") => ParcelState::HandedOver,
            ("PICKUP", "PREPARED") => ParcelState::ReadyForPickup,
            ("PICKUP" | "DELIVERY", "COMPLETED") => ParcelState::Delivered,
            (_, "CANCELED" | "FAILED") => ParcelState::Voided,
            (_, "" | "PROPOSED" | "RESERVED" | "PREPARED") => return None,
            _ => ParcelState::Unknown,
        })
        .filter(|state| *state != ParcelState::Label || self.has_tracking())
    }

    fn has_tracking(&self) -> bool {
        let number = self.details().and_then(|details| details.tracking_number.as_ref()?.trimmed());
        number.is_some()
    }

    pub(super) fn unknown(&self) -> Option<UnknownWord> {
        let (kind, state) = (word(self.kind.as_ref()), word(self.state.as_ref()));
        if !matches!(kind, "" | "SHIPMENT" | "PICKUP" | "DELIVERY" | "DIGITAL" | "IN_STORE" | "SIMPLE") {
            return Some(("fulfillments.type", kind.to_owned()));
        }
        let is_known =
            matches!(state, "" | "PROPOSED" | "RESERVED" | "PREPARED" | "COMPLETED" | "CANCELED" | "FAILED");
        (!is_known).then(|| ("fulfillments.state", state.to_owned()))
    }
}

impl Details<'_> {
    fn reached_at(&self, state: ParcelState) -> Option<Instant> {
        match state {
            ParcelState::Label => self.packaged_at,
            ParcelState::HandedOver => self.shipped_at,
            ParcelState::ReadyForPickup => self.ready_at,
            ParcelState::Delivered => self.picked_up_at.or(self.delivered_at),
            _ => None,
        }
    }
}

fn word<'a>(text: Option<&'a Text<'_>>) -> &'a str {
    text.and_then(Text::trimmed).unwrap_or_default()
}
