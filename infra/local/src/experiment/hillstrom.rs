//! Kevin Hillstrom's test of 2008: 64,000 customers of a shop, a third of whom got an e-mail about men's things, a third
//! one about women's, and a third none; whether they came and bought in the two weeks after it.

use std::path::Path;

use serde::Deserialize;

use crate::replay::{ReplayError, table};

/// One customer.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Customer {
    /// What they got.
    pub(super) segment: String,
    /// Whether they came: 0 or 1.
    visit: u8,
    /// Whether they bought: 0 or 1.
    conversion: u8,
}

impl Customer {
    /// Whether they did what is looked at.
    pub(super) fn did(&self, what: &str) -> bool {
        (if what == "visit" { self.visit } else { self.conversion }) == 1
    }

    /// Whether they got nothing.
    pub(super) fn is_held_out(&self) -> bool {
        self.segment == "No E-Mail"
    }
}

pub(super) fn read(path: &Path) -> Result<Vec<Customer>, ReplayError> {
    let missing = || ReplayError::Open { path: path.to_owned(), source: std::io::ErrorKind::NotFound.into() };
    table::rows_of(&table::find(path, "hillstrom").ok_or_else(missing)?)
}
