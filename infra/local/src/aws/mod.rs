//! The account: DynamoDB, SQS, SES and SSM in this process, behind real AWS SDK clients.
//!
//! [`Aws::function`] gives a function's place in it; [`Function::sdk_config`] makes its clients. Every
//! call passes one seam, where it is numbered, put before the [`Faults`], carried out, and counted in the
//! [`Ledger`]. Time is the account's [`Clock`].
//!
//! On a folder, everything an answered call did outlives `kill -9`; in memory nothing is kept.

mod answer;
mod call;
mod clock;
mod connector;
mod dynamodb;
mod faults;
mod function;
pub mod layout;
pub mod ledger;
mod peek;
pub mod prices;
mod request;
mod seam;
pub mod ses;
pub mod sqs;
mod ssm;
mod store;
mod sweep;
pub mod triggers;
pub mod usage;

use std::fs::{File, TryLockError};
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

pub use call::{Call, Caller, Permission, Service};
pub use clock::Clock;
pub use dynamodb::TableError;
pub use faults::{Fault, Faults, Part, Policy, Refusal};
pub use function::{Ending, Function};
pub use layout::Layout;
pub use ledger::Ledger;
pub use ses::Mailbox;
pub use sqs::Queues;
pub use ssm::Parameters;
pub use store::StoreError;

use dynamodb::DynamoDb;
use store::Store;

/// Why there is no account to work on.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder cannot be made or used.
    #[error("cannot use the folder {}", folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// The reason.
        #[source]
        source: io::Error,
    },
    /// Another process works on the folder.
    #[error("another process works on the folder {}", folder.display())]
    InUse {
        /// The folder.
        folder: PathBuf,
    },
    /// The table failed.
    #[error(transparent)]
    Table(#[from] TableError),
    /// Queues and mail failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// One account. Cheap to clone; clones are the same account.
#[derive(Clone, Debug)]
pub struct Aws(Arc<Account>);

#[derive(Debug)]
struct Account {
    clock: Clock,
    layout: Arc<Layout>,
    dynamodb: DynamoDb,
    queues: Queues,
    mailbox: Mailbox,
    parameters: Parameters,
    ledger: Ledger,
    faults: Faults,
    /// Held for as long as the account lives.
    _lock: Option<File>,
}

impl Aws {
    /// An account that is gone with the process.
    pub fn memory(clock: Clock, layout: Layout) -> Result<Self, OpenError> {
        Self::build(clock, layout, DynamoDb::memory()?, Store::memory()?, None)
    }

    /// The account kept in `folder`, which is made if need be. One process at a time.
    pub fn open(folder: &Path, clock: Clock, layout: Layout) -> Result<Self, OpenError> {
        let lock = lock(folder)?;
        let dynamodb = DynamoDb::open(&folder.join("rihla-table.sqlite"))?;
        Self::build(clock, layout, dynamodb, Store::open(&folder.join("rihla-queues.sqlite"))?, Some(lock))
    }

    /// An account in memory, but for the table, which lies on the DynamoDB server at `address` (plain
    /// HTTP). The server must not run on the thread that makes the calls: they block.
    pub fn with_dynamodb_at(address: SocketAddr, clock: Clock, layout: Layout) -> Result<Self, OpenError> {
        Self::build(clock, layout, DynamoDb::at(address), Store::memory()?, None)
    }

    fn build(
        clock: Clock,
        layout: Layout,
        dynamodb: DynamoDb,
        store: Store,
        lock: Option<File>,
    ) -> Result<Self, OpenError> {
        dynamodb.set_up(&layout)?;
        let layout = Arc::new(layout);
        Ok(Self(Arc::new(Account {
            queues: Queues::new(store.clone(), clock.clone(), layout.clone()),
            mailbox: Mailbox::new(store, clock.clone(), layout.clone()),
            parameters: Parameters::default(),
            ledger: Ledger::default(),
            faults: Faults::default(),
            clock,
            layout,
            dynamodb,
            _lock: lock,
        })))
    }

    /// The place of the function called `name`: a new process of it.
    pub fn function(&self, name: &str) -> Function {
        Function::new(self.clone(), name)
    }

    /// The time.
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// The names and limits of what there is.
    pub fn layout(&self) -> &Layout {
        &self.0.layout
    }

    /// The queues, to look into.
    pub fn queues(&self) -> &Queues {
        &self.0.queues
    }

    /// The accepted mail.
    pub fn mailbox(&self) -> &Mailbox {
        &self.0.mailbox
    }

    /// The parameters, to be set at each start.
    pub fn parameters(&self) -> &Parameters {
        &self.0.parameters
    }

    /// What was called, and what it used.
    pub fn ledger(&self) -> &Ledger {
        &self.0.ledger
    }

    /// What goes wrong.
    pub fn faults(&self) -> &Faults {
        &self.0.faults
    }

    fn dynamodb(&self) -> &DynamoDb {
        &self.0.dynamodb
    }

    /// The earliest instant, perhaps past, at which a message of one of `queues` can be received or a mail
    /// event is to be handed over: how far a virtual clock may jump.
    pub fn next_event_at(&self, queues: &[&str]) -> Result<Option<Timestamp>, StoreError> {
        let message = self.queues().next_visible_at(queues)?;
        Ok(message.into_iter().chain(self.mailbox().next_event_at()?).min())
    }
}

fn lock(folder: &Path) -> Result<File, OpenError> {
    let unusable = |source| OpenError::Folder { folder: folder.into(), source };
    std::fs::create_dir_all(folder).map_err(unusable)?;
    let lock = File::create(folder.join("lock")).map_err(unusable)?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(OpenError::InUse { folder: folder.into() }),
        Err(TryLockError::Error(source)) => Err(unusable(source)),
    }
}
