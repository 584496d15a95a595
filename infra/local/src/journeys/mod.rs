//! `rihla journeys`: check a shop's journeys, try them on what happened, and look at their messages.

mod check;
pub mod outcome;
pub mod past;
mod picture;
mod preview;
mod schema;
pub(crate) mod setup;
mod simulate;
pub mod simulation;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Subcommand;
use rihla_setup::Faults;

use check::CheckArguments;
use past::PastError;
use preview::PreviewArguments;
use simulate::SimulateArguments;

pub use schema::schema;

/// What is to be done.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "Exit codes: 0 done, 1 the shop's files do not hold, 2 anything else")]
pub struct JourneysArguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Clone, Debug, Subcommand)]
enum Command {
    /// Say everything that is wrong in a shop's files
    Check(CheckArguments),
    /// Run past events through the journeys: who would get what, when, and why not
    Simulate(SimulateArguments),
    /// Write a journey's mails with made-up people: HTML, text and picture
    Preview(PreviewArguments),
    /// Print the JSON Schema of a journey's file
    Schema,
}

/// Why nothing came of it.
#[derive(Debug, thiserror::Error)]
enum JourneysError {
    /// The shop's files do not hold.
    #[error("{0}")]
    Faults(#[from] Faults),
    /// What happened cannot be read.
    #[error(transparent)]
    Past(#[from] PastError),
    /// There is no event.
    #[error("there is no event to simulate")]
    NothingHappened,
    /// No such person.
    #[error("nobody is known by {0:?}: an e-mail address, an order (source#order) or a customer id")]
    Nobody(String),
    /// No such journey, or no such step.
    #[error("there is no {what} `{name}`{hint}")]
    Unknown {
        /// What was asked for.
        what: &'static str,
        /// Its name.
        name: String,
        /// What there is.
        hint: String,
    },
    /// A message cannot be written.
    #[error("the message cannot be written")]
    Render(#[source] rihla_messages::RenderError),
    /// A file cannot be written.
    #[error("{}: cannot be written", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

impl JourneysError {
    fn write(path: &Path, source: std::io::Error) -> Self {
        Self::Write { path: path.to_owned(), source }
    }
}

/// Does it, and prints.
pub fn run(arguments: &JourneysArguments) -> ExitCode {
    let done = match &arguments.command {
        Command::Check(arguments) => check::run(arguments),
        Command::Simulate(arguments) => simulate::run(arguments),
        Command::Preview(arguments) => preview::run(arguments),
        Command::Schema => Ok(schema()),
    };
    match done {
        Ok(text) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{}", rihla_aws::intake::with_causes(&error));
            ExitCode::from(if matches!(error, JourneysError::Faults(_)) { 1 } else { 2 })
        }
    }
}
