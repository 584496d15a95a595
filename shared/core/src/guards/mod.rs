//! Guards: asked at the moment of sending, in this order. Each is one file.

mod case;
mod clock;
mod condition;
mod consent;
mod day_off;
mod distance;
mod exit;
mod expiry;
mod holdout;
mod invitation;
mod once;
mod order;
mod person;
mod quiet_hours;
mod suppression;
mod survey;
mod week;
mod window;

use crate::about::About;
use crate::answer::{self, Answers};
use crate::follow_up::FollowUpKey;
use crate::identifier::CustomerId;
use crate::instant::Instant;
use crate::journey::{Journey, Step};
use crate::ledger::{Finding, Outcome};
use crate::limits::Limits;
use crate::look::Ledger;
use crate::profile::Profile;
use crate::workdays::Holidays;
use crate::zone::LocalZone;

/// What a guard is told.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// In whose record it lies.
    pub customer: &'a CustomerId,
    /// The journey whose message is due.
    pub journey: &'a Journey,
    /// The step of it.
    pub step: &'a Step,
    /// The follow-up's key.
    pub key: &'a FollowUpKey,
    /// When it was due by the journey's rule.
    pub due_at: Instant,
    /// The moment of sending.
    pub now: Instant,
    /// The person, of all linked profiles.
    pub profile: &'a Profile,
    /// What it is about.
    pub about: About<'a>,
    /// What was decided about it before.
    pub ledger: &'a Ledger,
    /// The answers to what was sent about it.
    pub answers: &'a Answers,
    /// The person's zone.
    pub zone: &'a LocalZone,
    /// The shop's limits.
    pub limits: &'a Limits,
    /// The days off of the countries.
    pub holidays: &'a Holidays,
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

impl<'a> Question<'a> {
    /// The answer to another step of the same run.
    fn answer_to(&self, step: &str) -> Option<&'a answer::Answer> {
        self.answers.get(&self.key.of_step(step))
    }

    /// Whether a link of another step's message was followed.
    fn is_clicked(&self, step: &str) -> bool {
        let entry = self.ledger.get(&self.key.of_step(step));
        entry.is_some_and(|entry| entry.outcomes.contains_key(&Outcome::Clicked))
    }

    /// Where what it is about is sent, else where the person lives.
    fn country(&self) -> Option<&'a str> {
        let lives = self.profile.place.as_ref().map(|place| &place.value);
        self.about.place().or(lives)?.country.as_deref()
    }
}

type Guard = (&'static str, fn(&Question<'_>) -> (Answer, String));

const GUARDS: [Guard; 17] = [
    ("expiry", expiry::ask),
    ("person", person::ask),
    ("suppression", suppression::ask),
    ("order", order::ask),
    ("condition", condition::ask),
    ("exit", exit::ask),
    ("once", once::ask),
    ("consent", consent::ask),
    ("invitation", invitation::ask),
    (HOLDOUT, holdout::ask),
    ("open-case", case::ask),
    ("surveys-apart", survey::ask),
    ("most-a-week", week::ask),
    ("distance", distance::ask),
    ("day-off", day_off::ask),
    ("quiet-hours", quiet_hours::ask),
    ("window", window::ask),
];

/// The guard that leaves people out of a journey to see what it does.
pub const HOLDOUT: &str = "holdout";

/// Whether it is asked before it is said who is left out. None of those puts anything off.
pub fn comes_before_holdout(guard: &str) -> bool {
    GUARDS.iter().map(|(name, _)| *name).take_while(|name| *name != HOLDOUT).any(|name| name == guard)
}

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
            Answer::Defer(until) if until > question.step.expires_at(question.due_at) => {
                trace.push(Finding::new("expiry", format!("{until} would be too late")));
                return (Answer::Refuse, name, trace);
            }
            stopped => return (stopped, name, trace),
        }
    }
    (Answer::Pass, "", trace)
}
