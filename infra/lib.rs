//! The shop's own files, as they were when this was built: read, checked and baked in by `build.rs`.

use rihla_core::shop::Shop;
use rihla_messages::{Brand, Catalogue};
use serde::de::DeserializeOwned;

/// Its sources, journeys and limits.
pub fn shop() -> Shop {
    read(include_str!(concat!(env!("OUT_DIR"), "/shop.json")))
}

/// The shop as its customers know it.
pub fn brand() -> Brand {
    read(include_str!(concat!(env!("OUT_DIR"), "/brand.json")))
}

/// Its messages and pages.
pub fn catalogue() -> Catalogue {
    read(include_str!(concat!(env!("OUT_DIR"), "/catalogue.json")))
}

fn read<T: DeserializeOwned>(baked: &str) -> T {
    serde_json::from_str(baked).expect("written by build.rs from the same type")
}
