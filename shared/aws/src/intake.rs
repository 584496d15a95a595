//! Taking in a verified delivery: read it, record it, or set it aside for a person with the reason.

use rihla_channels::{Delivery, Provider, Reading, Unknown, named};
use rihla_core::event::{Event, Fact, PrivacyRequest, PrivacyRequested};
use rihla_core::instant::Instant;
use rihla_core::source::Source;

use crate::fetch::is_askable;
use crate::parked::Parked;
use crate::queue::{Queue, QueueError};
use crate::record::{RecordError, Recorder};

/// Takes in verified deliveries.
#[derive(Clone, Debug)]
pub struct Intake {
    providers: &'static [&'static Provider],
    recorder: Recorder,
    dead: Queue,
}

/// What became of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is on record.
    Recorded,
    /// It tells nothing that is recorded.
    OfNoInterest,
    /// It names what the provider's API is to be asked for, or has somebody forgotten. Nothing of it is recorded yet.
    TakesLong,
    /// It cannot be read or recorded as it is: it lies in the inbox's dead-letter queue, with the reason.
    SetAside,
}

/// A delivery was not taken in: it must come again.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// It could not be recorded now.
    #[error("the delivery could not be recorded now")]
    NotNow(#[source] RecordError),
    /// It is to be set aside, and the queue for that did not take it.
    #[error("the delivery could not be set aside")]
    NotSetAside(#[source] QueueError),
}

impl Intake {
    /// Reads deliveries of `providers`; records by `recorder`; sets aside in `dead`, the inbox's dead-letter queue.
    pub fn new(providers: &'static [&'static Provider], recorder: Recorder, dead: Queue) -> Self {
        Self { providers, recorder, dead }
    }

    /// The provider that sends for a source, if this function can read it.
    pub fn provider(&self, source: &Source) -> Option<&'static Provider> {
        named(self.providers, &source.provider)
    }

    /// Takes in one delivery of `source`, whose signature was checked. Nothing is done with one that names what is to
    /// be asked for, or has somebody forgotten: that takes longer than the sender waits.
    pub async fn take(&self, source: &Source, parked: &Parked) -> Result<Taken, IntakeError> {
        match self.read(source, parked) {
            Ok((_, reading)) if takes_long(source, &reading) => Ok(Taken::TakesLong),
            Ok((_, mut reading)) => {
                reading.events.append(&mut reading.otherwise);
                self.record(source, parked, &reading).await
            }
            Err(reason) => self.set_aside(parked, &reason).await,
        }
    }

    /// What a delivery says, and who sent it; or why that cannot be told.
    pub fn read(&self, source: &Source, parked: &Parked) -> Result<(&'static Provider, Reading), String> {
        let name = parked.provider.as_ref().unwrap_or(&source.provider);
        let provider = named(self.providers, name).ok_or_else(|| format!("there is no provider {name}"))?;
        let reading = (provider.normalise)(&delivery(source, parked));
        Ok((provider, reading.map_err(|unreadable| with_causes(&unreadable))?))
    }

    /// Records what a delivery says; sets the delivery aside where that can never be recorded.
    pub async fn record(
        &self,
        source: &Source,
        parked: &Parked,
        reading: &Reading,
    ) -> Result<Taken, IntakeError> {
        let taken = match self.recorder.record(source, &reading.events).await {
            Ok(()) if reading.events.is_empty() => Taken::OfNoInterest,
            Ok(()) => Taken::Recorded,
            Err(error) if error.is_retryable() => return Err(IntakeError::NotNow(error)),
            Err(error) => return self.set_aside(parked, &with_causes(&error)).await,
        };
        for Unknown { field, value } in &reading.unknown {
            tracing::warn!(source = source.name.as_str(), field, value, "value.unknown");
        }
        Ok(taken)
    }

    /// Does what is asked for under privacy law, once it is on record.
    pub async fn obey(&self, source: &Source, reading: &Reading) -> Result<(), IntakeError> {
        for (at, request) in reading.events.iter().filter_map(erasure) {
            self.recorder.erase(&source.name, at, request).await.map_err(IntakeError::NotNow)?;
        }
        Ok(())
    }

    /// Puts a delivery where a person can look at it and have it taken in again.
    pub async fn set_aside(&self, parked: &Parked, reason: &str) -> Result<Taken, IntakeError> {
        let source = parked.source.as_str();
        tracing::warn!(source, reason, "delivery.set_aside");
        self.dead.send(parked.to_body(), Some(reason)).await.map_err(IntakeError::NotSetAside)?;
        Ok(Taken::SetAside)
    }
}

fn takes_long(source: &Source, reading: &Reading) -> bool {
    reading.lookups.iter().any(|lookup| is_askable(source, lookup))
        || reading.events.iter().any(|event| erasure(event).is_some())
}

/// That somebody is to be forgotten, and as of when.
fn erasure(event: &Event) -> Option<(Instant, &PrivacyRequested)> {
    match &event.fact {
        Fact::PrivacyRequested(told) if told.request == PrivacyRequest::Erase => Some((event.at, told)),
        _ => None,
    }
}

/// A delivery that was verified, as its provider reads it.
pub fn delivery<'a>(source: &'a Source, parked: &'a Parked) -> Delivery<'a> {
    let url = source.url.as_deref();
    Delivery { url, allowed: &source.allow, ..Delivery::new(&parked.headers, &parked.body) }
}

/// An error with what caused it, in one line.
pub fn with_causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}
