//! The messages that `rihla import --to-folder` writes for an inbox queue, ten to a file.

use std::path::Path;

use rihla_aws::parked::Parked;
use rihla_channels::{Delivery, provider, standard_webhooks};
use serde::Deserialize;

use super::{PastError, Told, happened_at};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Entry {
    message_body: String,
}

/// What the messages of a file tell, each event at its own time.
pub(super) fn read(file: &Path) -> Result<Vec<Told>, PastError> {
    let text = std::fs::read(file);
    let text = text.map_err(|source| PastError::Open { path: file.to_owned(), source })?;
    let failed = |problem: String| PastError::Line { path: file.to_owned(), line: 1, problem };
    let entries: Vec<Entry> = serde_json::from_slice(&text)
        .map_err(|error| failed(format!("no messages of an import: {error}")))?;
    let mut told = Vec::new();
    for entry in &entries {
        told.extend(told_by(&entry.message_body).map_err(failed)?);
    }
    Ok(told)
}

/// An import puts many orders into one message: each of its events became known when it was true.
fn told_by(body: &str) -> Result<Vec<Told>, String> {
    let parked: Parked = serde_json::from_str(body).map_err(|error| format!("no delivery: {error}"))?;
    let name = parked.provider.as_deref().unwrap_or(standard_webhooks::PROVIDER.name);
    let provider = provider(name).ok_or_else(|| format!("there is no provider {name}"))?;
    let reading = (provider.normalise)(&Delivery::new(&parked.headers, &parked.body));
    let events = reading.map_err(|error| error.to_string())?.events;
    let told = |event| {
        let events = vec![event];
        Told { at: happened_at(&events), source: parked.source.clone(), events }
    };
    Ok(events.into_iter().map(told).collect())
}
