//! How far the calendar has been read. A tick that is missed, late or cut short is made good by the next one.

use std::collections::BTreeMap;

use rihla_aws::table::{Freshness, Key, Table, TableError, Versioned, Write};
use rihla_core::instant::{Instant, Wait};
use serde::{Deserialize, Serialize};

/// The place up to which everything has been put on the queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Cursor {
    /// In all shards.
    pub(crate) through: Instant,
    /// Further in some, while a big minute is worked through: the last key of it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) ahead: BTreeMap<u8, String>,
}

/// The cursor as it lies in the table, and as it is to be.
#[derive(Debug)]
pub(crate) struct KnownCursor {
    known: Option<Versioned<Cursor>>,
    pub(crate) cursor: Cursor,
}

/// Where a calendar is begun of which nothing was read yet.
const FIRST_LOOK_BACK: Wait = Wait::hours(1);

/// An idle calendar's cursor is written so seldom; until then the next tick reads a little more, which costs nothing.
const WRITTEN_AFTER: Wait = Wait::seconds(15 * 60);

impl KnownCursor {
    pub(crate) async fn read(table: &Table, now: Instant) -> Result<Self, TableError> {
        let known: Option<Versioned<Cursor>> = table.get(&Key::calendar_cursor(), Freshness::Latest).await?;
        let new = || Cursor { through: now.before(FIRST_LOOK_BACK), ahead: BTreeMap::new() };
        let cursor = known.as_ref().map_or_else(new, |known| known.document.clone());
        Ok(Self { known, cursor })
    }

    /// The first key of a shard that is still to be read.
    pub(crate) fn start_of(&self, shard: u8) -> String {
        // A character behind the last key is the smallest key that follows it.
        let after = |last: &String| format!("{last}\u{1}");
        let next = || Key::calendar_time(self.cursor.through.after(Wait::milliseconds_of(1)));
        self.cursor.ahead.get(&shard).map_or_else(next, after)
    }

    /// Notes how far one shard has been read.
    pub(crate) async fn note(&mut self, table: &Table, shard: u8, last: &str) -> Result<(), TableError> {
        self.cursor.ahead.insert(shard, last.to_owned());
        self.write(table).await
    }

    /// Notes that all shards have been read through `horizon`.
    pub(crate) async fn finish(
        mut self,
        table: &Table,
        horizon: Instant,
        count: usize,
    ) -> Result<(), TableError> {
        let old = self.cursor.through;
        if count == 0 && self.known.is_some() && horizon < old.after(WRITTEN_AFTER) {
            return Ok(());
        }
        self.cursor = Cursor { through: horizon.max(old), ahead: BTreeMap::new() };
        match self.write(table).await {
            // Another tick ran beside this one and noted its place: all that both read was put on the queue.
            Err(TableError::Conflict) => Ok(()),
            written => written,
        }
    }

    async fn write(&mut self, table: &Table) -> Result<(), TableError> {
        let expect = Versioned::expect(self.known.as_ref());
        table.put(Write::new(Key::calendar_cursor(), &self.cursor, expect)).await?;
        let version = self.known.as_ref().map_or(1, |known| known.version + 1);
        self.known = Some(Versioned { document: self.cursor.clone(), version, swept_at: None });
        Ok(())
    }
}
