//! Whose turn it is: of two messages to one person that waited for the same moment, of two runs, the journeys' priority
//! tells which goes first.

use crate::event::Purpose;
use crate::instant::{Instant, Wait};
use crate::ledger::{Finding, State};
use crate::look::{Conclusion, Decision, Ledger, Verdict};

/// What gives way looks again so much later: by then the other one has gone, and the guards know of it.
const GIVES_WAY_FOR: Wait = Wait::seconds(5 * 60);

impl Decision<'_> {
    /// The moment for which others may have waited, too: the end of quiet hours, of a cap, the beginning of a window. Only
    /// what was put off waits for such a moment, and service does not wait for its turn.
    pub fn waited_for(&self, ledger: &Ledger) -> Option<Instant> {
        if self.verdict != Verdict::Send || self.journey.purpose == Purpose::Service {
            return None;
        }
        match ledger.get(&self.key)?.state {
            State::Deferred { until, .. } => Some(until),
            _ => None,
        }
    }

    /// What becomes of it where a look at another run at the same moment concludes so; nothing where it is this one's turn, or
    /// where it would be too late afterwards.
    pub fn gives_way(&self, now: Instant, other: &Conclusion<'_>) -> Option<(State, Finding)> {
        let Conclusion::Decide(other) = other else { return None };
        let goes_first = other.journey.priority < self.journey.priority
            && other.verdict == Verdict::Send
            && other.journey.purpose != Purpose::Service;
        let until = now.after(GIVES_WAY_FOR);
        (goes_first && until <= self.step.expires_at(self.due_at)).then(|| {
            let because = format!("{} goes first, of priority {}", other.key, other.journey.priority);
            (State::Deferred { until, guard: "priority".to_owned() }, Finding::new("priority", because))
        })
    }
}
