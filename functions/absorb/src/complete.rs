//! Asking the provider's API for what a delivery only names.

use std::collections::VecDeque;
use std::time::Duration;

use rihla_aws::batch::Message;
use rihla_aws::clock::Clock;
use rihla_aws::fetch::{Asking, FetchError};
use rihla_aws::intake::with_causes;
use rihla_channels::{Delivery, Lookup, Provider, Reading};
use rihla_core::instant::{Instant, Wait};
use rihla_core::source::Source;

use crate::is_last_try;
use crate::retry_after::retry_after;

/// What is asked, of whom, and why.
pub(crate) struct Completion<'a> {
    pub(crate) asking: &'a Asking,
    pub(crate) clock: &'a Clock,
    pub(crate) source: &'a Source,
    pub(crate) provider: &'a Provider,
    pub(crate) delivery: Delivery<'a>,
}

/// What the API told.
#[derive(Debug, Default)]
pub(crate) struct Completed {
    /// In one: the events, and the values that are not known here.
    pub(crate) reading: Reading,
    /// Why something of it will never be told.
    pub(crate) never: Option<String>,
    /// Why something of it was not told now.
    pub(crate) later: Option<Later>,
}

/// Something that may be told later.
#[derive(Debug)]
pub(crate) struct Later {
    /// Why not now.
    pub(crate) reason: String,
    /// The least time that the provider wants to be left alone.
    pub(crate) not_before: Option<Wait>,
}

/// The most that is asked for one delivery: whatever an API says, it comes to an end.
const LOOKUPS: usize = 20;

/// How long one answer may take.
const ANSWER_TIMEOUT: Wait = Wait::seconds(5);

/// How long all of them together may take, well inside the function's own time limit.
const ALL_TIMEOUT: Wait = Wait::seconds(20);

/// The pauses before the second and the third attempt.
const PAUSES: [Duration; 2] = [Duration::from_millis(250), Duration::from_secs(1)];

impl Completion<'_> {
    /// Asks for these, and for what their answers name in turn, each once. Stops where the provider is to be left alone.
    pub(crate) async fn ask_all(&self, lookups: Vec<Lookup>) -> Completed {
        let until = self.clock.now().after(ALL_TIMEOUT);
        let mut completed = Completed::default();
        let (mut asked, mut waiting) = (Vec::new(), VecDeque::from(lookups));
        while let Some(lookup) = waiting.pop_front() {
            if asked.contains(&lookup) {
                continue;
            }
            if asked.len() == LOOKUPS {
                completed.never_told(format!("more than {LOOKUPS} things were to be asked for"));
                break;
            }
            match self.ask_until(until, &lookup).await {
                Ok(answer) => match (self.provider.complete)(&self.delivery, &lookup, &answer) {
                    Ok(reading) => waiting.extend(completed.add(reading)),
                    Err(unreadable) => completed.never_told(told(&lookup, &unreadable)),
                },
                Err(error) if error.may_pass() => {
                    let not_before = retry_after(&error, self.clock.now());
                    completed.later = Some(Later { reason: told(&lookup, &error), not_before });
                    break;
                }
                Err(error) => completed.never_told(told(&lookup, &error)),
            }
            asked.push(lookup);
        }
        completed
    }

    /// Asks, and where there is no answer that counts, asks again a moment later.
    async fn ask_until(&self, until: Instant, lookup: &Lookup) -> Result<Vec<u8>, FetchError> {
        for pause in PAUSES {
            match self.ask(until, lookup).await {
                Err(error) if error.passes_soon() => self.asking.wait(pause).await,
                answer => return answer,
            }
        }
        self.ask(until, lookup).await
    }

    async fn ask(&self, until: Instant, lookup: &Lookup) -> Result<Vec<u8>, FetchError> {
        let left = until.milliseconds() - self.clock.now().milliseconds();
        let limit = left.min(ANSWER_TIMEOUT.milliseconds());
        match u64::try_from(limit).ok().filter(|limit| *limit > 0) {
            Some(limit) => {
                let limit = Duration::from_millis(limit);
                self.asking.ask(self.source, self.provider, lookup, limit).await
            }
            None => Err(FetchError::TimedOut),
        }
    }
}

impl Completed {
    /// Adds what an answer tells; gives what it names.
    fn add(&mut self, reading: Reading) -> Vec<Lookup> {
        self.reading.events.extend(reading.events);
        self.reading.unknown.extend(reading.unknown);
        reading.lookups
    }

    /// Whether nothing more will be told, by this message or by the same when it comes again.
    pub(crate) fn is_over(&self, message: &Message) -> bool {
        self.later.is_none() || is_last_try(message)
    }

    /// Notes the first thing that will never be told.
    fn never_told(&mut self, reason: String) {
        self.never.get_or_insert(reason);
    }
}

/// What went wrong with what was asked for.
fn told(lookup: &Lookup, error: &dyn std::error::Error) -> String {
    format!("the {} could not be had: {}", lookup.what, with_causes(error))
}
