use rihla_core::event::{Event, Fact};
use rihla_core::instant::Instant;

use crate::{Kind, Refusal, Row, Told};

/// A fact, and when it became true where the file tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Draft {
    pub(crate) at: Option<Instant>,
    pub(crate) fact: Fact,
}

/// What one file tells.
#[derive(Clone, Debug)]
pub struct Reading {
    /// What it holds.
    pub kind: Kind,
    /// How many lines it has.
    pub lines: usize,
    /// What was not taken of it.
    pub refused: Vec<Refusal>,
    told: Vec<(u64, Vec<Draft>)>,
}

impl Reading {
    pub(crate) fn new(kind: Kind, rows: &[Row]) -> Self {
        let mut lines: Vec<u64> = rows.iter().map(|row| row.line).collect();
        lines.dedup();
        Self { kind, lines: lines.len(), refused: Vec::new(), told: Vec::new() }
    }

    /// A line tells this; where that is nothing, the reason is among what was refused.
    pub(crate) fn take(&mut self, line: u64, drafts: Vec<Draft>) {
        if !drafts.is_empty() {
            self.told.push((line, drafts));
        }
    }

    /// The latest time that it tells.
    pub fn newest(&self) -> Option<Instant> {
        self.told.iter().flat_map(|(_, drafts)| drafts).filter_map(|draft| draft.at).max()
    }

    /// What it tells, by line, had the export been made at `exported_at`: what has no time of its own is of that time, and
    /// all that is told of orders is history.
    pub fn told(&self, exported_at: Instant) -> Vec<Told> {
        let event = |draft: &Draft| {
            let mut fact = draft.fact.clone();
            if let Fact::OrderPlaced(details) = &mut fact {
                details.history_until = Some(exported_at);
            }
            Event { at: draft.at.unwrap_or(exported_at), fact }
        };
        let told = self.told.iter();
        told.map(|(line, drafts)| Told { line: *line, events: drafts.iter().map(event).collect() }).collect()
    }
}
