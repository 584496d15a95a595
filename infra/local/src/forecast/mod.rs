//! `rihla forecast`: how well the forecast of purchases and value does on a real shop's history, of which the end is held
//! out, beside two naive ones.

mod correlation;
mod customers;
mod judged;
mod known;
mod print;
mod result;
#[cfg(test)]
mod tests;

use std::path::PathBuf;

use rihla_core::instant::Wait;

use crate::command::CommandError;
use crate::replay;

pub use customers::{Customer, customers};
pub use judged::{Judged, Pair};
pub use result::{ForecastResult, Share};

/// Whose history, and how much of it is held out.
#[derive(Clone, Debug, clap::Args)]
pub struct ForecastArguments {
    /// UCI Online Retail's file or its folder, or a folder of Olist's tables
    #[arg(long, value_name = "FILE")]
    pub data: PathBuf,
    /// How many days at the end are held out
    #[arg(long, default_value_t = 61, value_parser = clap::value_parser!(u16).range(7..=3650))]
    pub hold_out_days: u16,
    /// Print one JSON object on standard output
    #[arg(long)]
    pub json: bool,
}

/// Forecasts, and prints how far off it was.
#[expect(clippy::disallowed_methods, reason = "how long it took is measured on the machine's clock")]
pub fn run(arguments: &ForecastArguments) -> Result<(), CommandError> {
    let replay = replay::read(&arguments.data, None)?;
    let began = std::time::Instant::now();
    let hold_out = Wait::days(arguments.hold_out_days.into());
    let result = ForecastResult::of(&replay, hold_out)?;
    let result = ForecastResult { seconds: began.elapsed().as_secs_f64(), ..result };
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&result)?);
    } else {
        println!("{}", print::text(&result));
    }
    Ok(())
}
