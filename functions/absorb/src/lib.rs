//! Takes in what lies in the inbox queue: parked deliveries, those that only name what their provider's API is to be
//! asked for, and those that a person had taken in again. And what comes by the queue of a source that has its own.

mod complete;
mod retry_after;

use std::mem;
use std::sync::Arc;

use rihla_aws::batch::{self, Batch, Failures, Message};
use rihla_aws::clock::Clock;
use rihla_aws::fetch::{Asking, is_askable};
use rihla_aws::intake::{Intake, IntakeError, Taken, delivery};
use rihla_aws::parked::Parked;
use rihla_aws::queue::Visibility;
use rihla_channels::{Headers, Provider, Reading};
use rihla_core::instant::Wait;
use rihla_core::shop::Shop;
use rihla_core::source::Source;

use complete::{Completion, Later};

/// The function.
#[derive(Debug)]
pub struct Absorb {
    /// The shop's set-up.
    pub shop: Arc<Shop>,
    /// What records.
    pub intake: Intake,
    /// Whom the providers' APIs are asked by, with the tokens of [`token_names`].
    pub asking: Asking,
    /// For how long what is to come again stays away.
    pub visibility: Visibility,
    /// The time.
    pub clock: Clock,
}

/// How often a provider's API is asked, over an hour, before the delivery is set aside with the reason. The inbox must
/// let a message come once more than that: what it sets aside itself has no reason with it.
pub const TRIES: u32 = 9;

/// How long a message stays away after it came for the first time; then twice as long each time.
const FIRST_WAIT: Wait = Wait::seconds(30);

/// How long it stays away at most, whatever the provider says.
const LONGEST_WAIT: Wait = Wait::seconds(900);

/// The parameters with the tokens for the providers' APIs.
pub fn token_names(shop: &Shop) -> impl Iterator<Item = &String> {
    shop.sources.iter().filter_map(|source| source.api_token.as_ref())
}

/// Why a message was not taken in: it comes again, and in the end lies in the dead-letter queue.
#[derive(Debug, thiserror::Error)]
enum Failed {
    #[error(transparent)]
    Intake(#[from] IntakeError),
    #[error("the message is no parked delivery")]
    NotParked(#[source] serde_json::Error),
    #[error("{0}")]
    NotTold(String),
}

impl Absorb {
    /// Takes in a batch; reports exactly the messages that must come again.
    pub async fn handle(&self, batch: Batch) -> Failures {
        batch::each(batch, |message| self.take(message)).await
    }

    async fn take(&self, message: Message) -> Result<(), Failed> {
        let parked = self.parked(&message)?;
        let Some(source) = self.shop.source(parked.source.as_str()) else {
            return self.set_aside(&parked, "its source is no longer set up").await;
        };
        match self.intake.read(source, &parked) {
            Ok((provider, reading)) => self.record(&message, source, provider, &parked, reading).await,
            Err(reason) => self.set_aside(&parked, &reason).await,
        }
    }

    async fn set_aside(&self, parked: &Parked, reason: &str) -> Result<(), Failed> {
        self.intake.set_aside(parked, reason).await?;
        Ok(())
    }

    /// The delivery that a message is. What comes by a source's own queue is as its provider wrote it: who may write
    /// there is told by the queue's policy.
    fn parked(&self, message: &Message) -> Result<Parked, Failed> {
        let queue = Some(message.queue_name());
        match self.shop.sources.iter().find(|source| source.queue.as_deref() == queue) {
            Some(source) => {
                let (now, body) = (self.clock.now(), message.body.clone().into_bytes());
                Ok(Parked::new(source.name.clone(), now, &Headers::default(), body, &[]))
            }
            None => serde_json::from_str(&message.body).map_err(Failed::NotParked),
        }
    }

    /// Records what a delivery has, then asks for what it names, and records that.
    async fn record(
        &self,
        message: &Message,
        source: &Source,
        provider: &Provider,
        parked: &Parked,
        mut reading: Reading,
    ) -> Result<(), Failed> {
        let mut lookups = mem::take(&mut reading.lookups);
        lookups.retain(|lookup| is_askable(source, lookup));
        let mut otherwise = mem::take(&mut reading.otherwise);
        if lookups.is_empty() {
            reading.events.append(&mut otherwise);
        }
        // Counted when all is told: until then the message comes again with the same.
        let unknown = if lookups.is_empty() { Vec::new() } else { mem::take(&mut reading.unknown) };
        let taken = self.intake.record(source, parked, &reading).await?;
        if taken == Taken::Recorded {
            self.intake.obey(source, &reading).await?;
        }
        if lookups.is_empty() || taken == Taken::SetAside {
            return Ok(());
        }
        let (asking, clock, delivery) = (&self.asking, &self.clock, delivery(source, parked));
        let mut completed = Completion { asking, clock, source, provider, delivery }.ask_all(lookups).await;
        completed.reading.unknown.extend(unknown);
        if completed.later.is_some() {
            completed.reading.unknown.clear();
        }
        if completed.reading.events.is_empty() && completed.is_over(message) {
            completed.reading.events = otherwise;
        }
        if self.intake.record(source, parked, &completed.reading).await? == Taken::SetAside {
            return Ok(());
        }
        match (completed.later, completed.never) {
            (Some(later), _) => self.come_again(message, parked, later).await,
            (None, Some(reason)) => self.set_aside(parked, &reason).await,
            (None, None) => Ok(()),
        }
    }

    /// Has a message come again when its provider may answer; sets it aside where that was tried for long enough.
    async fn come_again(&self, message: &Message, parked: &Parked, later: Later) -> Result<(), Failed> {
        let tries = message.receive_count();
        if is_last_try(message) {
            return self.set_aside(parked, &later.reason).await;
        }
        if let Err(error) = self.visibility.hide_for(message, seconds(tries, later.not_before)).await {
            // Then it comes again when the queue thinks right.
            tracing::warn!(%error, "visibility.not_changed");
        }
        Err(Failed::NotTold(later.reason))
    }
}

/// Whether what cannot be told now is not waited for any longer.
fn is_last_try(message: &Message) -> bool {
    message.receive_count() >= TRIES
}

/// For how many seconds a message stays away that has come so many times.
fn seconds(tries: u32, not_before: Option<Wait>) -> i32 {
    let doubled = FIRST_WAIT.milliseconds() << tries.clamp(1, 6).saturating_sub(1);
    let wait = doubled.max(not_before.map_or(0, Wait::milliseconds)).min(LONGEST_WAIT.milliseconds());
    i32::try_from((wait + 999) / 1000).expect("not longer than the longest wait")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_stays_away_twice_as_long_each_time_and_as_long_as_the_provider_says() {
        let by_itself: Vec<i32> = (0..=10).map(|tries| seconds(tries, None)).collect();
        assert_eq!(by_itself, [30, 30, 60, 120, 240, 480, 900, 900, 900, 900, 900]);
        let told = |tries, wait| seconds(tries, Some(wait));
        assert_eq!(told(1, Wait::seconds(7)), 30);
        assert_eq!(told(1, Wait::milliseconds_of(45_001)), 46);
        assert_eq!([told(3, Wait::days(1)), told(u32::MAX, Wait::seconds(0))], [900, 900]);
    }
}
