//! Joining what is told into a document, whatever was known of it.

use rihla_core::lattice::Join;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Attempt, Recorder};
use crate::table::{Key, TableError, Versioned, Write};

impl Recorder {
    /// Joins `told` into the document under `key`; writes nothing where nothing is new.
    pub(super) async fn join<T>(&self, attempt: Attempt, key: Key, told: T) -> Result<(), TableError>
    where
        T: Join + Clone + PartialEq + Serialize + DeserializeOwned,
    {
        let known: Option<Versioned<T>> = self.table.get(&key, attempt.freshness).await?;
        let before = known.as_ref().map(|known| known.document.clone());
        let mut after = before.clone();
        after.join(Some(told));
        if let Some(document) = after.as_ref().filter(|_| after != before) {
            self.table.put(Write::new(key, document, Versioned::expect(known.as_ref()))).await?;
        }
        Ok(())
    }
}
