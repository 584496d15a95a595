//! The file in which queues, mail and mail events are kept.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, Transaction, TransactionBehavior};

/// A fault of the file, not of a request.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file could not be opened or laid out.
    #[error("cannot open the store of queues and mail")]
    Open(#[source] rusqlite::Error),
    /// Reading or writing failed.
    #[error("the store of queues and mail failed")]
    Use(#[from] rusqlite::Error),
}

/// The statements used at every call, kept prepared.
const STATEMENTS: usize = 64;

/// One `SQLite` connection, used by one caller at a time.
#[derive(Clone, Debug)]
pub(super) struct Store(Arc<Mutex<Connection>>);

impl Store {
    pub(super) fn open(path: &Path) -> Result<Self, StoreError> {
        Connection::open(path).and_then(Self::lay_out).map_err(StoreError::Open)
    }

    pub(super) fn memory() -> Result<Self, StoreError> {
        Connection::open_in_memory().and_then(Self::lay_out).map_err(StoreError::Open)
    }

    /// The write-ahead log holds every committed transaction as soon as the commit returns. It is not
    /// forced to the disk each time, so the end of the process loses nothing and a loss of power might.
    fn lay_out(connection: Connection) -> rusqlite::Result<Self> {
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        connection.execute_batch(include_str!("store.sql"))?;
        Ok(Self(Arc::new(Mutex::new(connection))))
    }

    /// Does `work` in one transaction; what it wrote is kept when this returns `Ok`.
    pub(super) fn write<T, E: From<rusqlite::Error>>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut connection = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = work(&transaction)?;
        transaction.commit()?;
        Ok(done)
    }

    /// Looks something up.
    pub(super) fn read<T>(
        &self,
        look: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let connection = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(look(&connection)?)
    }
}
