//! `rihla journeys check`: whether a shop's files hold.

use std::path::PathBuf;

use rihla_aws::clock::Clock;
use rihla_setup::{Setup, ended_journeys, read_setup};

use super::JourneysError;

/// Which files.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct CheckArguments {
    /// A folder such as infra: brand, sources, limits, journeys and messages
    #[arg(default_value = "infra", value_name = "INFRA")]
    pub(super) folder: PathBuf,
}

/// Says what was read, or everything that is wrong.
pub(super) fn run(arguments: &CheckArguments) -> Result<String, JourneysError> {
    let setup = read_setup(&arguments.folder)?;
    let journeys = &setup.shop.journeys;
    ended_journeys(&arguments.folder.join("journeys"), journeys, Clock::wall().now()).or(())?;
    Ok(in_words(&setup))
}

fn in_words(setup: &Setup) -> String {
    let journeys = setup.shop.journeys.iter().map(|journey| format!("{} {}", journey.name, journey.version));
    let mails: Vec<&str> = setup.catalogue.mails().collect();
    let languages: Vec<&str> = setup.catalogue.languages.keys().map(String::as_str).collect();
    let sources: Vec<&str> = setup.shop.sources.iter().map(|source| source.name.as_str()).collect();
    format!(
        "{} journeys, with their versions: {}\n{} messages in {}: {}\n{} sources: {}\nAll of it holds.\n",
        setup.shop.journeys.len(),
        journeys.collect::<Vec<_>>().join(", "),
        mails.len(),
        languages.join(", "),
        mails.join(", "),
        sources.len(),
        sources.join(", "),
    )
}
