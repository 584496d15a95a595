//! `rihla experiment`: what each arm of a test of messages brought above those who got none: of a journey of the shop's own, from
//! an export of its table, or of a well-known test of e-mails.

mod hillstrom;
pub mod ledger;
mod result;
#[cfg(test)]
mod tests;

use std::path::PathBuf;

use rihla_core::instant::Instant;
use rihla_core::journey::Journey;
use serde::Serialize;

use crate::command::CommandError;
use crate::journeys::setup::setup;

use ledger::Settled;
pub use result::{ArmResult, ExperimentResult, Outcome};

/// Which test.
#[derive(Clone, Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("what").required(true).args(["data", "ledger"]))]
pub struct ExperimentArguments {
    /// Hillstrom's table of customers, or its folder
    #[arg(long, value_name = "FOLDER")]
    pub data: Option<PathBuf>,
    /// The files of the table's export to S3, in DynamoDB JSON; the journey may stand behind them
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub ledger: Vec<PathBuf>,
    /// The journey
    #[arg(conflicts_with = "data")]
    pub journey: Option<String>,
    /// For how many days after it was due people's orders count
    #[arg(long, default_value_t = 30, value_name = "DAYS", value_parser = clap::value_parser!(u16).range(1..=3650))]
    pub within: u16,
    /// How many of a hundred buy in that time anyway, as known before the experiment began
    #[arg(long, default_value_t = 5, value_name = "PERCENT", value_parser = clap::value_parser!(u16).range(1..=99))]
    pub baseline: u16,
    /// The smallest lift worth knowing, in percent of what people do without it
    #[arg(long, default_value_t = 50, value_name = "PERCENT", value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub smallest_effect: u16,
    /// When the export was made; without it, when the ledger decided last
    #[arg(long, value_name = "TIME")]
    pub exported_at: Option<Instant>,
    /// The shop's files; those that this program was built with, without it
    #[arg(long, value_name = "FOLDER")]
    pub infra: Option<PathBuf>,
    /// Print one JSON object on standard output
    #[arg(long)]
    pub json: bool,
}

/// Counts, and prints the lifts.
pub fn run(arguments: &ExperimentArguments) -> Result<(), CommandError> {
    match &arguments.data {
        Some(data) => {
            let customers = hillstrom::read(data)?;
            let result = ExperimentResult::of(&customers, f64::from(arguments.smallest_effect) / 100.0);
            print(&result, arguments.json)
        }
        None => run_on_ledger(arguments),
    }
}

fn run_on_ledger(arguments: &ExperimentArguments) -> Result<(), CommandError> {
    let (files, name) = files_and_journey(arguments)?;
    let shop = setup(arguments.infra.as_deref())?.shop;
    let journey = shop.journeys.iter().find(|journey| journey.name == name);
    let journey =
        journey.ok_or_else(|| format!("there is no journey {name}, there are: {}", names(&shop.journeys)))?;
    let settled = Settled {
        within_days: arguments.within,
        baseline_percent: arguments.baseline,
        smallest_effect_percent: arguments.smallest_effect,
        held_out_percent: journey.held_out_percent(),
    };
    print(&ledger::read(files, journey, settled, arguments.exported_at)?, arguments.json)
}

/// The journey's name may stand before `--ledger`, or behind its last file.
fn files_and_journey(arguments: &ExperimentArguments) -> Result<(&[PathBuf], String), CommandError> {
    match (&arguments.journey, arguments.ledger.split_last()) {
        (Some(journey), _) => Ok((&arguments.ledger, journey.clone())),
        (None, Some((journey, files))) if !files.is_empty() => Ok((files, journey.display().to_string())),
        _ => Err("no journey is named: rihla experiment --ledger FILE… JOURNEY".into()),
    }
}

fn names(journeys: &[Journey]) -> String {
    journeys.iter().map(|journey| journey.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn print(result: &(impl Serialize + std::fmt::Display), as_json: bool) -> Result<(), CommandError> {
    if as_json {
        println!("{}", serde_json::to_string_pretty(result)?);
    } else {
        print!("{result}");
    }
    Ok(())
}
