//! What lies in which shop, and the shops.

use rihla_core::event::{Fact, LocationChanged, StockChanged};
use rihla_core::instant::Instant;
use serde::Deserialize;

use super::bare::bare;
use super::{Told, event};
use crate::json::{self, Id, Text};
use crate::person::{country, name, place, region};
use crate::{Reading, Unreadable};

#[derive(Deserialize)]
struct Level {
    inventory_item_id: Id,
    location_id: Id,
    /// Absent where the shop does not count the item.
    available: Option<i64>,
    updated_at: Option<Instant>,
}

#[derive(Deserialize)]
struct Location<'a> {
    id: Id,
    #[serde(borrow)]
    name: Option<Text<'a>>,
    #[serde(borrow)]
    address1: Option<Text<'a>>,
    #[serde(borrow)]
    city: Option<Text<'a>>,
    #[serde(borrow)]
    province_code: Option<Text<'a>>,
    #[serde(borrow)]
    country_code: Option<Text<'a>>,
    active: Option<bool>,
    created_at: Option<Instant>,
    updated_at: Option<Instant>,
}

#[derive(Deserialize)]
struct Deleted {
    id: Id,
}

/// Reads `inventory_levels/update`.
pub(super) fn read(body: &[u8], told: &Told<'_>) -> Result<Reading, Unreadable> {
    let level: Level = json::read(bare(body, "inventory_level")?)?;
    let Some(available) = level.available else { return Ok(Reading::default()) };
    let at = level.updated_at.map_or_else(|| told.time(), Ok)?;
    let changed = StockChanged { item: level.inventory_item_id.0, location: level.location_id.0, available };
    Ok(Reading::events(vec![event(at, Fact::StockChanged(changed))]))
}

/// Reads `locations/create`, `locations/update`, `locations/activate` and `locations/deactivate`.
pub(super) fn read_location(body: &[u8], told: &Told<'_>) -> Result<Reading, Unreadable> {
    let location: Location<'_> = json::read(bare(body, "location")?)?;
    let at = location.updated_at.or(location.created_at).map_or_else(|| told.time(), Ok)?;
    let (country, region) =
        (country(location.country_code.as_ref()), region(location.province_code.as_ref()));
    let changed = LocationChanged {
        location: location.id.0,
        name: location.name.as_ref().and_then(|name| name.limited(200)),
        place: place(country, region, name(location.city.as_ref())),
        address: location.address1.as_ref().and_then(|address| address.limited(200)),
        closed: location.active == Some(false),
    };
    Ok(Reading::events(vec![event(at, Fact::LocationChanged(changed))]))
}

/// Reads `locations/delete`, which tells the id alone.
pub(super) fn read_deleted_location(body: &[u8], told: &Told<'_>) -> Result<Reading, Unreadable> {
    let Deleted { id } = json::read(body)?;
    let changed = LocationChanged { location: id.0, closed: true, ..LocationChanged::default() };
    Ok(Reading::events(vec![event(told.time()?, Fact::LocationChanged(changed))]))
}
