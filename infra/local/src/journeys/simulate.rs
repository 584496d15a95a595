//! `rihla journeys simulate`: past events, run through the journeys, and what other rules would change.

use std::path::PathBuf;

use rihla_core::identifier::CustomerId;
use rihla_core::shop::Shop;
use serde::Serialize;

use super::JourneysError;
use super::outcome::{Difference, Outcome, difference_in_words, outcome_in_words, person_in_words};
use super::past::Past;
use super::setup::setup;
use super::simulation::{Simulated, simulate};

/// What happened, and which rules.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct SimulateArguments {
    /// What happened: a folder of <source>.jsonl with events, of `rihla import --to-folder`, or of tables as for replay
    #[arg(long, value_name = "FOLDER")]
    pub(super) data: PathBuf,
    /// Only the first orders, of tables
    #[arg(long, value_name = "ORDERS")]
    pub(super) limit: Option<usize>,
    /// The shop's files, a folder such as infra; those that were built in without it
    #[arg(long, value_name = "INFRA")]
    pub(super) infra: Option<PathBuf>,
    /// Other files, to be compared with those
    #[arg(long, value_name = "OTHER_INFRA")]
    pub(super) with: Option<PathBuf>,
    /// Print one JSON object on standard output
    #[arg(long)]
    pub(super) json: bool,
    /// Say all about one person: an e-mail address, an order (source#order) or a customer id
    #[arg(long, value_name = "ID")]
    pub(super) person: Option<String>,
    /// Say what changes for so many people, those with the most changes first
    #[arg(long, value_name = "COUNT", default_value_t = 0, requires = "with")]
    pub(super) persons: usize,
}

/// Simulates; gives what is to be printed.
#[expect(clippy::disallowed_methods, reason = "how long it took is measured on the machine's clock")]
pub(super) fn run(arguments: &SimulateArguments) -> Result<String, JourneysError> {
    let shop = setup(arguments.infra.as_deref())?.shop;
    let other = arguments.with.as_deref().map(|with| setup(Some(with))).transpose()?;
    let past = Past::read(&arguments.data, arguments.limit)?;
    let began = std::time::Instant::now();
    let text = match other {
        None => alone(arguments, &past, shop)?,
        Some(other) => compared(arguments, &past, shop, other.shop)?,
    };
    // Beside the result, so that the same input gives the same output.
    eprintln!("simulated in {:.1} s", began.elapsed().as_secs_f64());
    Ok(text)
}

fn alone(arguments: &SimulateArguments, past: &Past, shop: Shop) -> Result<String, JourneysError> {
    let simulated = simulated(past, shop)?;
    let outcome = Outcome::of(&simulated);
    if arguments.json {
        return Ok(json(&outcome));
    }
    match person(arguments, &simulated)? {
        Some(person) => Ok(person_in_words(&simulated, &person)),
        None => Ok(outcome_in_words(&outcome)),
    }
}

fn compared(
    arguments: &SimulateArguments,
    past: &Past,
    shop: Shop,
    other: Shop,
) -> Result<String, JourneysError> {
    let (before, after) = (simulated(past, shop)?, simulated(past, other)?);
    let difference = Difference::between(&before, &after);
    let difference = match person(arguments, &before)? {
        Some(person) => difference.of_person(&person),
        None => difference.of_persons(arguments.persons),
    };
    Ok(if arguments.json { json(&difference) } else { difference_in_words(&difference) })
}

fn simulated(past: &Past, shop: Shop) -> Result<Simulated, JourneysError> {
    simulate(past, &past.told_to(shop)).ok_or(JourneysError::NothingHappened)
}

fn person(arguments: &SimulateArguments, simulated: &Simulated) -> Result<Option<CustomerId>, JourneysError> {
    let Some(text) = &arguments.person else { return Ok(None) };
    let found = simulated.who.find(text);
    found.map(Some).ok_or_else(|| JourneysError::Nobody(text.clone()))
}

fn json(value: &impl Serialize) -> String {
    let text = serde_json::to_string_pretty(value).expect("counts and names are plain data");
    text + "\n"
}
