use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use rihla_core::instant::Instant;
use rihla_core::journey::Journey;
use rihla_core::limits::Limits;

use crate::journey_rules::Rules;
use crate::yaml::place_of;
use crate::{Fault, Faults, read_yaml};

/// The messages that journeys can name.
#[derive(Clone, Copy, Debug)]
pub struct KnownMessages<'a> {
    /// All of them.
    pub all: &'a [&'a str],
    /// Those that ask a question.
    pub asking: &'a [&'a str],
}

/// Reads the journeys of a folder, the one that goes first when two are due at once first.
///
/// # Errors
/// When a file cannot be read or does not hold: a step that waits for what never comes, an expiry of nothing, a message
/// that does not exist, an answer to what asks nothing, something sold without asking for consent.
pub fn read_journeys(
    folder: &Path,
    messages: KnownMessages<'_>,
    limits: &Limits,
) -> Result<Vec<Journey>, Faults> {
    let mut faults = Faults::default();
    let mut journeys: BTreeMap<String, Journey> = BTreeMap::new();
    for file in yaml_files(folder)? {
        match read_yaml::<Journey>(&file) {
            Ok(journey) => {
                let name = stem(&file);
                faults.0.extend(Rules::new(&file, &journey, messages, limits).broken());
                if journeys.contains_key(&name) {
                    faults.push(Fault::new(&file, format!("there are two journeys `{name}`")));
                }
                journeys.insert(name.clone(), Journey { name, ..journey });
            }
            Err(fault) => faults.push(fault),
        }
    }
    let mut journeys: Vec<Journey> = journeys.into_values().collect();
    journeys.sort_by(|one, other| (one.priority, &one.name).cmp(&(other.priority, &other.name)));
    faults.or(journeys)
}

/// The journeys of `folder` that take nobody up any more.
pub fn ended_journeys(folder: &Path, journeys: &[Journey], now: Instant) -> Faults {
    let ended = journeys.iter().filter(|journey| journey.season.is_some_and(|season| season.is_over(now)));
    let fault = |journey: &Journey| {
        let file = folder.join(format!("{}.yaml", journey.name));
        let problem = "ended in the past: delete the file, or give it another `until`";
        Fault::new(&file, problem).at(place_of(&file, "until:"))
    };
    Faults(ended.map(fault).collect())
}

fn yaml_files(folder: &Path) -> Result<Vec<PathBuf>, Fault> {
    let unreadable = |error: std::io::Error| Fault::new(folder, format!("cannot be read: {error}"));
    let entries: Result<Vec<_>, _> = fs::read_dir(folder).map_err(unreadable)?.collect();
    let paths = entries.map_err(unreadable)?.into_iter().map(|entry| entry.path());
    let is_yaml = |path: &PathBuf| path.extension().is_some_and(|end| end == "yaml" || end == "yml");
    let mut files: Vec<PathBuf> = paths.filter(is_yaml).collect();
    files.sort();
    Ok(files)
}

fn stem(file: &Path) -> String {
    file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}
