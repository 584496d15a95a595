//! `rihla identity`: who the rules find to be one in a set of records of which that is known.

mod measure;
mod sets;

use std::path::PathBuf;

use crate::aws::Clock;
use crate::command::CommandError;

pub use measure::Found;
pub use sets::{IdentityError, Record, read};

/// Which records.
#[derive(Clone, Debug, clap::Args)]
pub struct IdentityArguments {
    /// Tables of one set, plain or gzipped: aliases with their person, FEBRL's records, or sites with their true id
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Print one JSON object on standard output
    #[arg(long)]
    pub json: bool,
}

/// Measures, and prints what was found.
pub fn run(arguments: &IdentityArguments) -> Result<(), CommandError> {
    let clock = Clock::wall();
    let begun = clock.now();
    let records = read(&arguments.files)?;
    let mut found = Found::of(&records);
    found.seconds = clock.now().duration_since(begun).as_secs_f64();
    if arguments.json {
        println!("{}", serde_json::to_string(&found)?);
    } else {
        println!("{found}");
    }
    Ok(())
}
