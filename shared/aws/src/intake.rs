//! Taking in a verified delivery: read it, record it, or set it aside for a person with the reason.

use rihla_channels::{Delivery, Reading, provider};
use rihla_core::source::Source;

use crate::parked::Parked;
use crate::queue::{Queue, QueueError};
use crate::record::{RecordError, Recorder};

/// Takes in verified deliveries.
#[derive(Clone, Debug)]
pub struct Intake {
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
    /// Records by `recorder`; sets aside in `dead`, the inbox's dead-letter queue.
    pub fn new(recorder: Recorder, dead: Queue) -> Self {
        Self { recorder, dead }
    }

    /// Takes in one delivery of `source`, whose signature was checked.
    pub async fn take(&self, source: &Source, parked: &Parked) -> Result<Taken, IntakeError> {
        let delivery = Delivery::new(&parked.headers, &parked.body);
        let Some(provider) = provider(&source.provider) else {
            return self.set_aside(parked, &format!("there is no provider {}", source.provider)).await;
        };
        match (provider.normalise)(&delivery) {
            Ok(Reading { events, .. }) => match self.recorder.record(source, &events).await {
                Ok(()) if events.is_empty() => Ok(Taken::OfNoInterest),
                Ok(()) => Ok(Taken::Recorded),
                Err(error) if error.is_retryable() => Err(IntakeError::NotNow(error)),
                Err(error) => self.set_aside(parked, &with_causes(&error)).await,
            },
            Err(unreadable) => self.set_aside(parked, &with_causes(&unreadable)).await,
        }
    }

    /// Puts a delivery where a person can look at it and have it taken in again.
    pub async fn set_aside(&self, parked: &Parked, reason: &str) -> Result<Taken, IntakeError> {
        let source = parked.source.as_str();
        tracing::warn!(source, reason, "delivery.set_aside");
        self.dead.send(parked.to_body(), Some(reason)).await.map_err(IntakeError::NotSetAside)?;
        Ok(Taken::SetAside)
    }
}

/// An error with what caused it, in one line.
fn with_causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}
