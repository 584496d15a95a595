//! `rihla recommend`: how often the items that go with an order are what people buy, on a real shop's history of which the
//! last month is held out, beside the shop's best sellers.

mod cases;
mod history;
mod learned;
mod print;
mod result;
#[cfg(test)]
mod tests;

use std::path::PathBuf;

use rihla_core::instant::Wait;

use crate::command::CommandError;
use crate::replay;

pub use result::{Hits, RecommendResult, Task};

/// Whose history, and how much of it is held out.
#[derive(Clone, Debug, clap::Args)]
pub struct RecommendArguments {
    /// UCI Online Retail's file or its folder, or a folder of Olist's tables
    #[arg(long, value_name = "FILE")]
    pub data: PathBuf,
    /// How many days at the end are held out
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..=3650))]
    pub hold_out_days: u16,
    /// So many days at the end are left out altogether: the rules were chosen on the month before the last
    #[arg(long, default_value_t = 0)]
    pub leave_out_days: u16,
    /// Print one JSON object on standard output
    #[arg(long)]
    pub json: bool,
}

/// Recommends, and prints how often it was right.
#[expect(clippy::disallowed_methods, reason = "how long it took is measured on the machine's clock")]
pub fn run(arguments: &RecommendArguments) -> Result<(), CommandError> {
    let replay = replay::read(&arguments.data, None)?;
    let began = std::time::Instant::now();
    let [held_out, left_out] =
        [arguments.hold_out_days, arguments.leave_out_days].map(|days| Wait::days(days.into()));
    let result = RecommendResult::of(&replay, held_out, left_out)?;
    let result = RecommendResult { seconds: began.elapsed().as_secs_f64(), ..result };
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&result)?);
    } else {
        println!("{}", print::text(&result));
    }
    Ok(())
}
