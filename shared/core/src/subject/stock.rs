//! What a delivery tells of stock, locations and products.

use std::collections::BTreeMap;

use crate::event::{LocationChanged, ProductChanged, StockChanged};
use crate::instant::Instant;
use crate::lattice::{Join, Latest};
use crate::stock::{Level, Location, Product};

/// What is told of stock, by the ids at the source.
#[derive(Clone, Debug, Default)]
pub struct ToldStock {
    /// How many of an item are to be had at a location.
    pub levels: BTreeMap<(String, String), Level>,
    /// Shops and warehouses.
    pub locations: BTreeMap<String, Location>,
    /// Products.
    pub products: BTreeMap<String, Product>,
}

impl ToldStock {
    pub(super) fn level(&mut self, changed: &StockChanged, at: Instant) {
        let key = (changed.item.clone(), changed.location.clone());
        self.levels.join([(key, Level(Latest::new(changed.available, at)))].into());
    }

    pub(super) fn location(&mut self, changed: &LocationChanged, at: Instant) {
        self.locations.join([(changed.location.clone(), Location::of(changed, at))].into());
    }

    pub(super) fn product(&mut self, changed: &ProductChanged, at: Instant) {
        self.products.join([(changed.product.clone(), Product::of(changed, at))].into());
    }
}
