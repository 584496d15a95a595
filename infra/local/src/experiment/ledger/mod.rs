//! An experiment of the shop's own, from an export of the table: who got what by the ledger, and who bought then.

mod customers;
mod export;
mod result;

use std::path::PathBuf;

use rihla_core::instant::Instant;
use rihla_core::journey::Journey;

use crate::command::CommandError;

use customers::Customers;
pub use export::ExportError;
pub use result::{LedgerArm, LedgerResult, NoResult, Settled};

/// Reads the files of an export, one item after the other, and says what came of a journey's experiment. Without a moment
/// as of which the export was made it is that of the last decision in it, on any journey.
pub fn read(
    files: &[PathBuf],
    journey: &Journey,
    settled: Settled,
    exported_at: Option<Instant>,
) -> Result<LedgerResult, CommandError> {
    let mut customers = Customers::of(journey);
    for file in files {
        export::each_item(file, |item| customers.take(item))?;
    }
    let as_of = exported_at.or(customers.last_decision).ok_or(NoResult::NoDecision)?;
    Ok(LedgerResult::of(journey, settled, as_of, &customers.people())?)
}
