//! Which shop has a product.

use std::collections::BTreeMap;

use rihla_core::event::Place;
use rihla_core::source::SourceId;
use rihla_core::stock::{InStock, Level, Location, Product, nearest_first};

use crate::table::{Freshness, Key, Table, TableError, Versioned};

/// How many locations of an item are read: shops that have more of them than that know better ways.
const READ_AT_MOST: i32 = 100;

/// The shops of `source` that have a product, the nearest to a customer first.
pub async fn shops_with(
    table: &Table,
    source: &SourceId,
    product: &str,
    near: Option<&Place>,
) -> Result<Vec<InStock>, TableError> {
    let known: Option<Versioned<Product>> =
        table.get(&Key::product(source, product), Freshness::MayBeStale).await?;
    let items = known.map(|known| known.document).unwrap_or_default().items_of(product);
    let mut available: BTreeMap<String, i64> = BTreeMap::new();
    for item in items {
        let levels = Key::levels(source, &item);
        for (sk, level) in table.last_with_prefix::<Level>(&levels, "L#", READ_AT_MOST).await? {
            let location = sk.trim_start_matches("L#").to_owned();
            *available.entry(location).or_default() += level.document.0.value.max(0);
        }
    }
    let keys: Vec<Key> = available.keys().map(|location| Key::location(source, location)).collect();
    let mut locations = table.get_many(&keys, Freshness::MayBeStale).await?;
    let mut shops = Vec::new();
    for (key, available) in keys.iter().zip(available.into_values()) {
        let location: Option<Versioned<Location>> = locations.take(key)?;
        shops.extend(location.map(|known| InStock { location: known.document.0.value, available }));
    }
    Ok(nearest_first(shops, near))
}
