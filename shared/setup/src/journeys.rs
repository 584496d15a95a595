use std::fs;
use std::path::{Path, PathBuf};

use rihla_core::event::Purpose;
use rihla_core::instant::Wait;
use rihla_core::journey::Journey;

use crate::yaml::place_of;
use crate::{Fault, Faults, read_yaml};

/// Reads the journeys of a folder, the one that goes first when two are due at once first.
///
/// # Errors
/// When a file cannot be read or does not hold: no rule for when it is due, an expiry of nothing, a message that does
/// not exist (`messages` are the ones that do).
pub fn read_journeys(folder: &Path, messages: &[&str]) -> Result<Vec<Journey>, Faults> {
    let mut faults = Faults::default();
    let mut journeys = Vec::new();
    for file in yaml_files(folder)? {
        match read_yaml::<Journey>(&file) {
            Ok(journey) => {
                faults.0.extend(problems(&file, &journey, messages));
                journeys.push(Journey { name: stem(&file), ..journey });
            }
            Err(fault) => faults.push(fault),
        }
    }
    journeys.sort_by(|one, other| (one.priority, &one.name).cmp(&(other.priority, &other.name)));
    faults.or(journeys)
}

fn problems(file: &Path, journey: &Journey, messages: &[&str]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let at = |key: &str| place_of(file, &format!("\n{key}:"));
    let mut fault = |key, problem: &str| faults.push(Fault::new(file, problem).at(at(key)));
    if !journey.name.is_empty() {
        fault("name", "a journey's name is that of its file: leave `name` out");
    }
    if journey.version == 0 {
        fault("version", "`version` begins with 1");
    }
    if journey.due.is_empty() || journey.due.iter().any(|rule| rule.0.is_empty()) {
        fault("due", "`due` needs at least one rule such as `{ delivered: 1 day }`");
    }
    if journey.expires <= Wait::hours(12) {
        fault(
            "expires",
            "`expires` must leave more than 12 hours: a message that falls into the quiet hours waits until morning",
        );
    }
    if journey.invites_to.is_some() && journey.purpose != Purpose::Marketing {
        fault("purpose", "an invitation is marketing: `purpose` must be `marketing`");
    }
    if !messages.contains(&journey.message.as_str()) {
        let problem = format!("there is no message `{}`", journey.message);
        faults.push(
            Fault::new(file, problem).at(at("message")).meant(&journey.message, messages.iter().copied()),
        );
    }
    faults
}

fn yaml_files(folder: &Path) -> Result<Vec<PathBuf>, Fault> {
    let unreadable = |error: std::io::Error| Fault::new(folder, format!("cannot be read: {error}"));
    let entries: Result<Vec<_>, _> = fs::read_dir(folder).map_err(unreadable)?.collect();
    let paths = entries.map_err(unreadable)?.into_iter().map(|entry| entry.path());
    let mut files: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|end| end == "yaml")).collect();
    files.sort();
    Ok(files)
}

fn stem(file: &Path) -> String {
    file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}
