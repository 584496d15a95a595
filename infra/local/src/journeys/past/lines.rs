//! Events as lines of JSON, in the format of `docs/event.schema.json`: each line one event, or an array of those of one
//! occasion.

use std::path::Path;

use rihla_core::event::Event;
use rihla_core::source::SourceId;
use serde::Deserialize;

use super::{PastError, Told, happened_at};

#[derive(Deserialize)]
#[serde(untagged)]
enum Line {
    One(Box<Event>),
    Several(Vec<Event>),
}

/// The events of a file that is named for its source.
pub(super) fn read(file: &Path) -> Result<Vec<Told>, PastError> {
    let text = std::fs::read_to_string(file);
    let text = text.map_err(|source| PastError::Open { path: file.to_owned(), source })?;
    let source = source_of(file).ok_or_else(|| PastError::NoSource { path: file.to_owned() })?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(index, line)| told(file, index + 1, &source, line)).collect()
}

fn source_of(file: &Path) -> Option<SourceId> {
    file.file_stem()?.to_str()?.parse().ok()
}

fn told(file: &Path, line: usize, source: &SourceId, text: &str) -> Result<Told, PastError> {
    let failed = |error: serde_json::Error| PastError::Line {
        path: file.to_owned(),
        line,
        problem: format!("no event: {error}"),
    };
    // An event is read as such first: that says what is wrong with it.
    let events = match serde_json::from_str(text) {
        Ok(Line::One(event)) => vec![*event],
        Ok(Line::Several(events)) => events,
        Err(_) => vec![serde_json::from_str(text).map_err(failed)?],
    };
    Ok(Told { at: happened_at(&events), source: source.clone(), events })
}
