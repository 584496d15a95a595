//! `rihla experiment`: what each arm of a finished test of e-mails brought above those who got none.

mod hillstrom;
mod result;
#[cfg(test)]
mod tests;

use std::path::PathBuf;

use crate::command::CommandError;

pub use result::{ArmResult, ExperimentResult, Outcome};

/// Which test.
#[derive(Clone, Debug, clap::Args)]
pub struct ExperimentArguments {
    /// Hillstrom's table of customers, or its folder
    #[arg(long, value_name = "FOLDER")]
    pub data: PathBuf,
    /// The smallest lift worth knowing, in percent of what people do without it
    #[arg(long, default_value_t = 50, value_name = "PERCENT", value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub smallest_effect: u16,
    /// Print one JSON object on standard output
    #[arg(long)]
    pub json: bool,
}

/// Counts, and prints the lifts.
pub fn run(arguments: &ExperimentArguments) -> Result<(), CommandError> {
    let customers = hillstrom::read(&arguments.data)?;
    let result = ExperimentResult::of(&customers, f64::from(arguments.smallest_effect) / 100.0);
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&result)?);
    } else {
        print!("{result}");
    }
    Ok(())
}
