//! The person's time zone: as told, else by country, else the source's, else the shop's. A zone that does not exist
//! is passed over, and the ledger says which one was taken.

use std::fmt::{self, Write};

use jiff::tz::TimeZone;

use crate::event::Place;

/// A zone and where it is known from.
#[derive(Clone, Debug)]
pub struct LocalZone {
    /// The zone.
    pub zone: TimeZone,
    /// Its name.
    pub name: String,
    /// Where it is known from, with what was passed over.
    pub known_from: String,
}

impl fmt::Display for LocalZone {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} ({})", self.name, self.known_from)
    }
}

/// The zone of a person: `told` by a source, else of the `place`, else of the `source`, else of the `shop`, else UTC.
pub fn local_zone(told: Option<&str>, place: Option<&Place>, source: Option<&str>, shop: &str) -> LocalZone {
    let by_place = place.and_then(of_place);
    let ways = [("person", told), ("address", by_place), ("source", source), ("shop", Some(shop))];
    let mut passed_over = String::new();
    for (way, name) in ways.into_iter().filter_map(|(way, name)| Some((way, name?))) {
        match TimeZone::get(name) {
            Ok(zone) => {
                return LocalZone { zone, name: name.to_owned(), known_from: format!("{way}{passed_over}") };
            }
            Err(_) => drop(write!(passed_over, ", the {way}'s zone does not exist")),
        }
    }
    LocalZone { zone: TimeZone::UTC, name: "UTC".to_owned(), known_from: format!("none known{passed_over}") }
}

/// The country (ISO 3166-1) in which most people live by a zone, where it is one of those that countries are known by.
pub fn country_of(zone: &str) -> Option<&'static str> {
    crate::zone_table::COUNTRIES
        .iter()
        .find(|(_, of_country)| *of_country == zone)
        .map(|(country, _)| *country)
}

fn of_place(place: &Place) -> Option<&'static str> {
    let country = place.country.as_deref()?.to_ascii_uppercase();
    let region = place.region.as_deref().unwrap_or_default().to_ascii_uppercase();
    let of_region = crate::zone_table::REGIONS.iter().find(|(c, r, _)| *c == country && *r == region);
    let of_country =
        || crate::zone_table::COUNTRIES.iter().find(|(c, _)| *c == country).map(|(_, zone)| *zone);
    of_region.map(|(_, _, zone)| *zone).or_else(of_country)
}
