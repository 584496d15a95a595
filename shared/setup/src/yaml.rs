use std::fs;
use std::path::Path;

use serde::de::DeserializeOwned;

use crate::Fault;

/// Reads a YAML file into its type.
///
/// # Errors
/// When it cannot be read, is not YAML, or does not fit: with line and column.
pub fn read_yaml<T: DeserializeOwned>(file: &Path) -> Result<T, Fault> {
    let text = read(file)?;
    serde_saphyr::from_str(&text).map_err(|error| {
        let place = error.location().map(|location| (index(location.line()), index(location.column())));
        let problem = message(error.without_snippet());
        let mut named = problem.split('`').skip(1).step_by(2);
        let given = named.next().unwrap_or_default();
        Fault::new(file, problem.as_str()).at(place).meant(given, named.filter(|known| *known != given))
    })
}

pub(crate) fn read(file: &Path) -> Result<String, Fault> {
    fs::read_to_string(file).map_err(|error| Fault::new(file, format!("cannot be read: {error}")))
}

/// Where some words stand in a file: the last time, because of two that contradict each other the later one is new.
/// White space before them is looked for, and not counted.
pub(crate) fn place_of(file: &Path, words: &str) -> Option<(usize, usize)> {
    let text = read(file).ok()?;
    let space = words.len() - words.trim_start().len();
    let before = &text[..text.rfind(words)? + space];
    let (lines, line_start) = (before.matches('\n').count(), before.rfind('\n').map_or(0, |end| end + 1));
    Some((lines + 1, before[line_start..].chars().count() + 1))
}

pub(crate) fn index(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

/// The error in one line, without the position that is told beside the file.
fn message(error: &serde_saphyr::Error) -> String {
    let text = error.to_string();
    let line = text.lines().next().unwrap_or_default();
    line.split(" at line ").next().unwrap_or(line).to_owned()
}
