//! What happened at a shop, to be run through its journeys once more.

mod lines;
mod messages;

use std::path::{Path, PathBuf};

use rihla_core::event::{Event, Fact};
use rihla_core::instant::{Instant, Wait};
use rihla_core::shop::Shop;
use rihla_core::source::{Channel, SourceId};

use crate::replay::{self, ReplayError, Review};
use crate::run::Stack;

/// How long the clock runs on after the last event: longer than most journeys wait and keep.
const AFTERWARDS: Wait = Wait::days(75);

/// What happened, in order of time.
#[derive(Clone, Debug, Default)]
pub struct Past {
    /// What was told, by the time at which it was true.
    pub deliveries: Vec<Told>,
    /// What buyers answered when they were asked.
    pub reviews: Vec<Review>,
}

/// What one source told on one occasion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// When it came to be known.
    pub at: Instant,
    /// Who told it.
    pub source: SourceId,
    /// What it tells. At least one event.
    pub events: Vec<Event>,
}

/// Why what happened could not be read.
#[derive(Debug, thiserror::Error)]
pub enum PastError {
    /// Neither tables nor events.
    #[error(transparent)]
    Tables(#[from] ReplayError),
    /// A file or folder cannot be opened.
    #[error("{}: cannot be read", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A line that is no event, a message that is none of an import.
    #[error("{}:{line}: {problem}", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        problem: String,
    },
    /// A file whose name names no source.
    #[error("{}: a file of events is named for its source, such as web.jsonl", path.display())]
    NoSource {
        /// The file.
        path: PathBuf,
    },
}

impl Past {
    /// Reads a folder: `<source>.jsonl` of events, what `rihla import --to-folder` wrote, or the tables that `rihla replay`
    /// knows. What an import marks as history is taken as it happened, for that is what is asked.
    pub fn read(path: &Path, limit: Option<usize>) -> Result<Self, PastError> {
        let (lines, messages) = (files(path, "jsonl")?, files(path, "json")?);
        if lines.is_empty() && messages.is_empty() {
            return Ok(Self::of_replay(replay::read(path, limit)?));
        }
        let mut deliveries = Vec::new();
        for file in &lines {
            deliveries.extend(lines::read(file)?);
        }
        for file in &messages {
            deliveries.extend(messages::read(file)?);
        }
        Ok(Self::new(deliveries, Vec::new()))
    }

    /// Of what was told, in whichever order.
    pub fn new(mut deliveries: Vec<Told>, reviews: Vec<Review>) -> Self {
        deliveries.retain(|told| !told.events.is_empty());
        deliveries.iter_mut().flat_map(|told| &mut told.events).for_each(as_it_happened);
        deliveries.sort_by_key(|told| told.at);
        Self { deliveries, reviews }
    }

    fn of_replay(replay: replay::Replay) -> Self {
        let source = replay.source;
        let told = |delivery: replay::Delivery| Told {
            at: delivery.happened_at(),
            source: source.clone(),
            events: delivery.events,
        };
        Self::new(replay.deliveries.into_iter().map(told).collect(), replay.reviews)
    }

    /// Until when time is let pass.
    pub fn ends_at(&self) -> Option<Instant> {
        Some(self.deliveries.last()?.at.after(AFTERWARDS))
    }

    /// A shop with the sources that told it beside its own. One that is not set up is a web shop.
    pub fn told_to(&self, mut shop: Shop) -> Shop {
        for told in &self.deliveries {
            if shop.source(told.source.as_str()).is_none() {
                shop.sources.push(Stack::guest_source(&told.source, Channel::Web, None));
            }
        }
        shop
    }
}

fn as_it_happened(event: &mut Event) {
    if let Fact::OrderPlaced(details) | Fact::OrderChanged(details) = &mut event.fact {
        details.history_until = None;
    }
}

/// When all of it was true.
fn happened_at(events: &[Event]) -> Instant {
    events.iter().map(|event| event.at).max().unwrap_or(Instant::from_seconds(0))
}

/// The files of a folder whose names end so, by name; none where it is no folder.
fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>, PastError> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let unreadable = |source| PastError::Open { path: folder.to_owned(), source };
    let entries: Result<Vec<_>, _> = std::fs::read_dir(folder).map_err(unreadable)?.collect();
    let paths = entries.map_err(unreadable)?.into_iter().map(|entry| entry.path());
    let mut files: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|end| end == ending)).collect();
    files.sort();
    Ok(files)
}
