//! Guards: asked at the moment of sending, in this order. Each is one file.

mod consent;
mod distance;
mod expiry;
mod invitation;
mod once;
mod order;
mod person;
mod quiet_hours;
mod suppression;

use crate::instant::Instant;
use crate::journey::Journey;
use crate::ledger::Finding;
use crate::limits::Limits;
use crate::order::Order;
use crate::profile::Profile;
use crate::zone::LocalZone;

/// What a guard is told.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The journey whose message is due.
    pub journey: &'a Journey,
    /// When it was due by the journey's rule.
    pub due_at: Instant,
    /// The moment of sending.
    pub now: Instant,
    /// The person, of all linked profiles.
    pub profile: &'a Profile,
    /// The order that is the trigger.
    pub order: &'a Order,
    /// The person's zone.
    pub zone: &'a LocalZone,
    /// The shop's limits.
    pub limits: &'a Limits,
}

/// What a guard concludes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Nothing against it.
    Pass,
    /// Not now.
    Defer(Instant),
    /// Not at all.
    Refuse,
}

type Guard = (&'static str, fn(&Question<'_>) -> (Answer, String));

const GUARDS: [Guard; 9] = [
    ("expiry", expiry::ask),
    ("person", person::ask),
    ("suppression", suppression::ask),
    ("order", order::ask),
    ("once", once::ask),
    ("consent", consent::ask),
    ("invitation", invitation::ask),
    ("distance", distance::ask),
    ("quiet-hours", quiet_hours::ask),
];

/// Asks every guard until one does not pass. Gives that one's name and answer, and what each saw.
/// What would be deferred beyond its expiry is refused.
pub fn ask_all(question: &Question<'_>) -> (Answer, &'static str, Vec<Finding>) {
    let mut trace = Vec::new();
    for (name, ask) in GUARDS {
        let (answer, because) = ask(question);
        if !because.is_empty() {
            trace.push(Finding::new(name, because));
        }
        match answer {
            Answer::Pass => {}
            Answer::Defer(until) if until > question.journey.expires_at(question.due_at) => {
                trace.push(Finding::new("expiry", format!("{until} would be too late")));
                return (Answer::Refuse, name, trace);
            }
            stopped => return (stopped, name, trace),
        }
    }
    (Answer::Pass, "", trace)
}
