//! The shop's own files, as they were when this was built: read, checked and baked in by `build.rs`.

use rihla_channels::Provider;
use rihla_core::limits::Keep;
use rihla_core::shop::Shop;
use rihla_messages::{Brand, Catalogue, Localised, Mailbox};
use serde::de::DeserializeOwned;

/// Its sources, journeys and limits.
pub fn shop() -> Shop {
    read(include_str!(concat!(env!("OUT_DIR"), "/shop.json")))
}

/// How long it keeps what passes: of all its files what a function needs that decides nothing.
pub fn keep() -> Keep {
    read(include_str!(concat!(env!("OUT_DIR"), "/keep.json")))
}

/// The providers that its sources name, and no others.
pub fn providers() -> &'static [&'static Provider] {
    include!(concat!(env!("OUT_DIR"), "/providers.rs"))
}

/// The shop as its customers know it.
pub fn brand() -> Brand {
    read(include_str!(concat!(env!("OUT_DIR"), "/brand.json")))
}

/// Its messages and pages.
pub fn catalogue() -> Catalogue {
    read(include_str!(concat!(env!("OUT_DIR"), "/catalogue.json")))
}

/// [`shop`], with the zone that the deployment was given, if any: `SHOP_ZONE`.
pub fn shop_with(variable: impl Fn(&'static str) -> Option<String>) -> Shop {
    let shop = shop();
    Shop { zone: variable("SHOP_ZONE").unwrap_or(shop.zone), ..shop }
}

/// [`brand`], with what the deployment was given: `BRAND_NAME`, `SENDER_ADDRESS`, `REPLY_TO_ADDRESS`, `PUBLIC_URL`.
pub fn brand_with(variable: impl Fn(&'static str) -> Option<String>) -> Brand {
    let mut brand = brand();
    let name = variable("BRAND_NAME").map(Localised::Same);
    brand.name = name.unwrap_or(brand.name);
    brand.sender.address = variable("SENDER_ADDRESS").unwrap_or(brand.sender.address);
    brand.public_url = variable("PUBLIC_URL").unwrap_or(brand.public_url);
    let reply_to = variable("REPLY_TO_ADDRESS").map(|address| Mailbox { name: None, address });
    brand.reply_to = reply_to.or(brand.reply_to);
    brand
}

fn read<T: DeserializeOwned>(baked: &str) -> T {
    serde_json::from_str(baked).expect("written by build.rs from the same type")
}
