//! Which of a shop's files are meant.

use std::path::Path;

use rihla_core::shop::Shop;
use rihla_messages::{Brand, Catalogue};
use rihla_setup::{Faults, Setup, read_setup};

/// A folder such as `infra`, read and checked; without one, the files as they were when this was built.
pub(crate) fn setup(folder: Option<&Path>) -> Result<Setup, Faults> {
    match folder {
        Some(folder) => read_setup(folder),
        None => Ok(baked_in()),
    }
}

fn baked_in() -> Setup {
    let (shop, brand, catalogue): (Shop, Brand, Catalogue) =
        (rihla_infra::shop(), rihla_infra::brand(), rihla_infra::catalogue());
    Setup { shop, brand, catalogue }
}
