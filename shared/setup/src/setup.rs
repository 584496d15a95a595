use std::path::Path;

use rihla_core::shop::Shop;
use rihla_messages::{Brand, Catalogue};

use crate::{
    Faults, KnownMessages, read_brand, read_holidays, read_journeys, read_limits, read_messages, read_sources,
};

/// All that a shop has set up.
#[derive(Clone, Debug)]
pub struct Setup {
    /// What decides what is recorded and sent.
    pub shop: Shop,
    /// The shop as its customers know it.
    pub brand: Brand,
    /// The messages and pages, ready to be filled.
    pub catalogue: Catalogue,
}

/// Reads all files of a folder such as `infra`.
///
/// # Errors
/// With everything that is wrong in any of them.
pub fn read_setup(folder: &Path) -> Result<Setup, Faults> {
    let brand = read_brand(&folder.join("brand.yaml"))?;
    let catalogue = read_messages(&folder.join("messages"), &brand)?;
    let all: Vec<&str> = catalogue.mails().collect();
    let asking: Vec<&str> = catalogue.questions.keys().map(String::as_str).collect();
    let messages = KnownMessages { all: &all, asking: &asking };
    let limits = read_limits(&folder.join("limits.yaml"))?;
    let journeys = read_journeys(&folder.join("journeys"), messages, &limits)?;
    let sources = read_sources(&folder.join("sources.yaml"))?;
    let holidays = read_holidays(&folder.join("holidays.yaml"))?;
    let shop = Shop { sources, journeys, limits, holidays, zone: brand.shop_zone.clone() };
    Ok(Setup { shop, brand, catalogue })
}
