//! The account that a command works in.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rihla_core::instant::Instant;
use rihla_core::shop::Shop;

use super::CommandError;
use crate::aws::{Aws, Clock, Layout};
use crate::run::Stack;

const USAGE: &str = "usage.json";

/// A folder with an account in it.
#[derive(Clone, Debug)]
pub struct AccountFolder(PathBuf);

impl AccountFolder {
    /// The account called `name` in a command's folder; `fresh` begins it anew.
    pub fn new(folder: &Path, name: &str, fresh: bool) -> io::Result<Self> {
        let folder = folder.join(name);
        if fresh && folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }

    /// Whether it was used before.
    pub fn is_begun(&self) -> io::Result<bool> {
        Ok(Clock::kept_instant(&self.clock_file())?.is_some())
    }

    /// The account on its virtual clock, which begins at `start`.
    pub fn on_virtual_clock(&self, start: Instant) -> Result<Aws, CommandError> {
        let clock = Clock::kept_in(&self.clock_file(), start.timestamp())?;
        Ok(Aws::open(&self.0, clock, layout())?)
    }

    /// The account on the machine's clock, put forward if a virtual one has left it in the future.
    pub fn on_wall_clock(&self) -> Result<Aws, CommandError> {
        let clock = match Clock::kept_instant(&self.clock_file())? {
            Some(kept) => Clock::wall_not_before(kept),
            None => Clock::wall(),
        };
        Ok(Aws::open(&self.0, clock, layout())?)
    }

    /// Goes on counting where the last process stopped.
    pub fn restore_usage(&self, aws: &Aws) {
        let kept = fs::read(self.file(USAGE)).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        if let Some(snapshot) = kept {
            aws.ledger().restore(snapshot);
        }
    }

    /// Keeps what was counted so far.
    pub fn keep_usage(&self, aws: &Aws) -> Result<(), CommandError> {
        Ok(fs::write(self.file(USAGE), serde_json::to_vec(&aws.ledger().snapshot())?)?)
    }

    /// A small file of the account.
    pub fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn clock_file(&self) -> PathBuf {
        self.0.join("clock")
    }
}

/// What there is in the account of the shop whose files these are.
fn layout() -> Layout {
    Layout::default().and_queues_of(&rihla_infra::shop())
}

/// The functions in an account, with links that lead to `port` of this machine.
pub async fn start(aws: Aws, shop: Shop, port: u16) -> Result<Stack, CommandError> {
    let mut brand = rihla_infra::brand();
    brand.public_url = format!("http://127.0.0.1:{port}");
    Ok(Stack::start(aws, shop, brand, rihla_infra::catalogue()).await?)
}
