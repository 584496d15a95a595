//! Whoever runs the shop: looks at the dead-letter queues once a day, and has what lies there taken in again.

use std::cell::Cell;

use rihla_core::instant::{Instant, Wait};

use super::world::{World, WorldError};
use crate::aws::StoreError;

/// How long what is in a dead-letter queue lies there at most. An alarm rings at once; nobody has to come running.
const BETWEEN_ROUNDS: Wait = Wait::days(1);

/// The queues whose messages are redriven; the third, that of the mail provider's reports, is the topic's own.
const DEAD_LETTERS: [&str; 2] = ["inbox-dead", "outbox-dead"];

/// How the operator's days go.
pub(super) struct Operator {
    next_round: Cell<Instant>,
    /// How many messages and reports were redriven so far.
    redriven: Cell<usize>,
}

impl Operator {
    pub(super) fn from(start: Instant) -> Self {
        Self { next_round: Cell::new(start.after(BETWEEN_ROUNDS)), redriven: Cell::new(0) }
    }

    /// The next round, if it is before `at`. Each is given once.
    pub(super) fn next_round(&self, at: Instant) -> Option<Instant> {
        let round = Some(self.next_round.get()).filter(|round| *round < at)?;
        self.next_round.set(round.after(BETWEEN_ROUNDS));
        Some(round)
    }

    pub(super) fn redriven(&self) -> usize {
        self.redriven.get()
    }
}

impl World {
    /// Puts everything that lies in dead-letter queues back to where it came from: how many.
    pub(super) fn redrive(&self) -> Result<usize, StoreError> {
        let aws = &self.stack.aws;
        let mut count = aws.mailbox().redrive_events()?;
        for queue in DEAD_LETTERS {
            count += aws.queues().redrive(queue)?;
        }
        if count > 0 {
            self.harms.tell(|| format!("{} the operator redrives {count} dead letters", self.now()));
            self.operator.redriven.set(self.operator.redriven.get() + count);
        }
        Ok(count)
    }

    /// Comes to rest: nothing goes wrong any more, and what still lies in dead-letter queues is redriven once.
    /// Whatever lies there after that is poison.
    pub(super) async fn rest(&self) -> Result<(), WorldError> {
        self.harms.end();
        if self.redrive()? > 0 {
            let round = self.now().after(BETWEEN_ROUNDS);
            self.stack.run_until(round).await?;
        }
        Ok(())
    }
}
