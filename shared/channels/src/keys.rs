//! Public keys that deliveries are checked with, as they were fetched.

use std::collections::BTreeMap;

use crate::lookup::Lookup;

/// Fetched keys by what was asked for.
#[derive(Clone, Debug, Default)]
pub struct Keys(BTreeMap<String, Vec<u8>>);

impl Keys {
    /// None yet.
    pub const NONE: &'static Self = &Self(BTreeMap::new());

    /// The answer to a lookup, byte for byte, if it was fetched.
    pub fn get(&self, lookup: &Lookup) -> Option<&[u8]> {
        self.0.get(lookup.address.text()).map(Vec::as_slice)
    }

    /// Keeps the answer to a lookup.
    pub fn keep(&mut self, lookup: &Lookup, answer: Vec<u8>) {
        self.0.insert(lookup.address.text().to_owned(), answer);
    }
}
