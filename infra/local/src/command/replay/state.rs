//! How far a replay has come, so that one that was interrupted goes on.

use std::fs;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::ReplayArguments;
use crate::aws::ledger::Snapshot;
use crate::command::CommandError;
use crate::command::account::AccountFolder;
use crate::run::Stack;

/// The place in a replay.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct State {
    /// What was asked for: another question begins anew.
    question: String,
    /// The first arrival that is to be posted.
    pub(super) next_arrival: usize,
    /// How long it took so far.
    pub(super) seconds: f64,
    /// What was counted so far.
    counted: Snapshot,
    is_finished: bool,
}

const FILE: &str = "replay.json";

impl State {
    /// The account and the place of an interrupted replay of the same, or new ones.
    pub(super) fn open(arguments: &ReplayArguments) -> Result<(AccountFolder, Self), CommandError> {
        let ReplayArguments { data, limit, shuffle, twice, place, fresh, .. } = arguments;
        let question = format!("{} {limit:?} {shuffle:?} {twice}", data.canonicalize()?.display());
        let folder = AccountFolder::new(&place.folder, "replay", *fresh)?;
        let known =
            fs::read(folder.file(FILE)).ok().and_then(|bytes| serde_json::from_slice::<Self>(&bytes).ok());
        if let Some(known) = known.filter(|known| known.question == question && !known.is_finished) {
            eprintln!("Going on at delivery {} (start over with --fresh).", known.next_arrival + 1);
            return Ok((folder, known));
        }
        let state = Self { question, ..Self::default() };
        let folder = AccountFolder::new(&place.folder, "replay", true)?;
        state.write(&folder)?;
        Ok((folder, state))
    }

    /// Goes on counting where the interrupted run stopped.
    pub(super) fn restore(&self, stack: &Stack) {
        if self.next_arrival > 0 {
            stack.aws.ledger().restore(self.counted.clone());
        }
    }

    /// Notes that all arrivals before `next_arrival` were posted.
    pub(super) fn note(
        &mut self,
        folder: &AccountFolder,
        stack: &Stack,
        next_arrival: usize,
        took: Duration,
    ) -> Result<(), CommandError> {
        self.next_arrival = next_arrival;
        self.counted = stack.aws.ledger().snapshot();
        let noted = Self { seconds: self.seconds + took.as_secs_f64(), ..self.clone_without_seconds() };
        noted.write(folder)
    }

    /// Notes that there is nothing to go on with.
    pub(super) fn finish(&mut self, folder: &AccountFolder, seconds: f64) -> Result<(), CommandError> {
        (self.is_finished, self.seconds) = (true, seconds);
        self.write(folder)
    }

    fn clone_without_seconds(&self) -> Self {
        let (question, counted) = (self.question.clone(), self.counted.clone());
        Self {
            question,
            counted,
            next_arrival: self.next_arrival,
            seconds: 0.0,
            is_finished: self.is_finished,
        }
    }

    /// Beside the old one and then in its place, so that a kill leaves one of them whole.
    fn write(&self, folder: &AccountFolder) -> Result<(), CommandError> {
        let beside = folder.file("replay.json.new");
        fs::write(&beside, serde_json::to_vec(self)?)?;
        Ok(fs::rename(beside, folder.file(FILE))?)
    }
}
