//! What lies in which shop, and the shops.

use rihla_core::event::{Event, Fact, LocationChanged, StockChanged};
use rihla_core::instant::Instant;
use serde::Deserialize;

use super::customer::Address;
use super::envelope::Envelope;
use super::event;
use crate::json::{self, Amount, Id, Text};
use crate::{Lookup, Reading, Unreadable};

/// What the lookup is called.
pub(super) const LOCATION: &str = "location";

#[derive(Deserialize)]
struct Counts<'a> {
    #[serde(borrow)]
    inventory_counts: Vec<Count<'a>>,
}

#[derive(Deserialize)]
struct Count<'a> {
    catalog_object_id: Id,
    location_id: Option<Id>,
    #[serde(borrow)]
    state: Option<Text<'a>>,
    /// Metres and kilograms have decimals.
    #[serde(borrow)]
    quantity: Option<Amount<'a>>,
    calculated_at: Option<Instant>,
}

#[derive(Deserialize)]
struct Answer<'a> {
    #[serde(borrow)]
    location: Location<'a>,
}

#[derive(Deserialize)]
struct Location<'a> {
    id: Id,
    #[serde(borrow)]
    name: Option<Text<'a>>,
    #[serde(borrow)]
    address: Option<Address<'a>>,
    #[serde(borrow)]
    status: Option<Text<'a>>,
}

/// Reads `inventory.count.updated`.
pub(super) fn read(envelope: &Envelope<'_>) -> Result<Reading, Unreadable> {
    let counts: Counts<'_> = envelope.object()?;
    Ok(Reading::events(
        counts.inventory_counts.iter().filter_map(|count| count.event(envelope.at())).collect(),
    ))
}

/// Reads `location.created` and `location.updated`, which name the location and tell nothing of it.
pub(super) fn read_location(envelope: &Envelope<'_>) -> Result<Reading, Unreadable> {
    let id = envelope.id().ok_or_else(|| Unreadable::missing("data.id"))?;
    let lookup = || Lookup::at_path(LOCATION, format!("/v2/locations/{}", id.0));
    Ok(if id.is_plain() { Reading::default().and_look_up(lookup()) } else { Reading::default() })
}

/// Reads the API's answer (<https://developer.squareup.com/reference/square/locations-api/retrieve-location>), which
/// tells no time of a change: it is as young as the event.
pub(super) fn read_answer(envelope: &Envelope<'_>, answer: &[u8]) -> Result<Reading, Unreadable> {
    let Answer { location } = json::read(answer)?;
    let street = location.address.as_ref().and_then(|address| address.street.as_ref());
    let changed = LocationChanged {
        location: location.id.0.clone(),
        name: location.name.as_ref().and_then(|name| name.limited(200)),
        place: location.address.as_ref().and_then(Address::place),
        address: street.and_then(|street| street.limited(200)),
        closed: location.status.as_ref().and_then(Text::trimmed) == Some("INACTIVE"),
    };
    Ok(Reading::events(vec![event(envelope.at(), Fact::LocationChanged(changed))]))
}

impl Count<'_> {
    /// What is sold, wasted or on its way is counted, too, and is not to be had.
    fn event(&self, at: Instant) -> Option<Event> {
        if self.state.as_ref().and_then(Text::trimmed) != Some("IN_STOCK") {
            return None;
        }
        let changed = StockChanged {
            item: self.catalog_object_id.0.clone(),
            location: self.location_id.as_ref()?.0.clone(),
            available: self.quantity.as_ref()?.whole()?.0,
        };
        Some(event(self.calculated_at.unwrap_or(at), Fact::StockChanged(changed)))
    }
}
