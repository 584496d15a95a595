//! What the `rihla` command does, one file a sub-command.

pub mod account;
pub mod faults;
pub mod import;
pub mod local_pages;
pub mod progress;
pub mod replay;
pub mod sample;
pub mod serve;
mod summary;
mod visits;

/// Why a command gave up, for a person to read.
pub type CommandError = Box<dyn std::error::Error>;

/// Where a command keeps what it makes, and on which port its pages are.
#[derive(Clone, Debug, clap::Args)]
pub struct Place {
    /// The folder in which everything is kept
    #[arg(long, default_value = ".rihla", value_name = "FOLDER")]
    pub folder: std::path::PathBuf,
    /// The port of this machine on which the pages are served
    #[arg(long, default_value_t = 7070)]
    pub port: u16,
}
