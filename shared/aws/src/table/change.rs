//! Changing a document that others may be changing, too.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Freshness, Key, Table, TableError, Versioned, Write};

/// How often somebody else may write in between.
const ATTEMPTS: usize = 8;

impl Table {
    /// Reads a document, has it changed, and writes it under the condition that nobody wrote in between; else again.
    /// Where the change leaves it as it is, or gives nothing, nothing is written.
    pub async fn change<T>(
        &self,
        key: &Key,
        change: impl Fn(Option<&T>) -> Option<T>,
    ) -> Result<(), TableError>
    where
        T: DeserializeOwned + Serialize + PartialEq,
    {
        let mut freshness = Freshness::MayBeStale;
        for _ in 0..ATTEMPTS {
            let known: Option<Versioned<T>> = self.get(key, freshness).await?;
            let before = known.as_ref().map(|known| &known.document);
            let Some(after) = change(before).filter(|after| before != Some(after)) else {
                if freshness == Freshness::Latest {
                    return Ok(());
                }
                // That there is nothing to do is believed only of what is there now: no condition would find out.
                freshness = Freshness::Latest;
                continue;
            };
            freshness = Freshness::Latest;
            match self.put(Write::new(key.clone(), &after, Versioned::expect(known.as_ref()))).await {
                Err(TableError::Conflict) => {}
                written => return written,
            }
        }
        Err(TableError::Conflict)
    }
}
