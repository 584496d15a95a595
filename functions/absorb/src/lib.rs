//! Takes in what lies in the inbox queue: parked deliveries, and those that a person had taken in again.

use std::sync::Arc;

use rihla_aws::batch::{self, Batch, Failures, Message};
use rihla_aws::intake::{Intake, IntakeError};
use rihla_aws::parked::Parked;
use rihla_core::shop::Shop;

/// The function.
#[derive(Debug)]
pub struct Absorb {
    /// The shop's set-up.
    pub shop: Arc<Shop>,
    /// What records.
    pub intake: Intake,
}

/// Why a message was not taken in: it comes again, and in the end lies in the dead-letter queue.
#[derive(Debug, thiserror::Error)]
enum Failed {
    #[error(transparent)]
    Intake(#[from] IntakeError),
    #[error("the message is no parked delivery")]
    NotParked(#[source] serde_json::Error),
}

impl Absorb {
    /// Takes in a batch; reports exactly the messages that must come again.
    pub async fn handle(&self, batch: Batch) -> Failures {
        batch::each(batch, |message| self.take(message)).await
    }

    async fn take(&self, message: Message) -> Result<(), Failed> {
        let parked: Parked = serde_json::from_str(&message.body).map_err(Failed::NotParked)?;
        match self.shop.source(parked.source.as_str()) {
            Some(source) => self.intake.take(source, &parked).await?,
            None => self.intake.set_aside(&parked, "its source is no longer set up").await?,
        };
        Ok(())
    }
}
