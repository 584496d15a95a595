//! Looks at orders, carts and conversations whose time has come: asks the guards, claims, sends, and writes down what became of it.
//!
//! The order of writes is what keeps messages from being lost or sent twice: claim, send, then the next look and the ledger.

mod content;
mod letter;
mod matching;
mod nearby;
mod replenish;
mod scene;
mod send;
mod settle;
mod turn;

use std::sync::Arc;

use rihla_aws::batch::{self, Batch, Failures, Message};
use rihla_aws::clock::Clock;
use rihla_aws::kept_rhythm::KeptRhythm;
use rihla_aws::look::Look;
use rihla_aws::mail::{Mail, MailError};
use rihla_aws::table::{Table, TableError};
use rihla_core::instant::Instant;
use rihla_core::ledger::State;
use rihla_core::link::LinkKeys;
use rihla_core::look::{Conclusion, Decision, Verdict};
use rihla_core::shop::Shop;
use rihla_messages::Renderer;

use scene::Scene;

/// The function.
pub struct Deliver {
    /// The table.
    pub table: Table,
    /// What sends.
    pub mail: Mail,
    /// The shop's set-up.
    pub shop: Arc<Shop>,
    /// What writes the messages.
    pub renderer: Renderer,
    /// What signs the links in them.
    pub link_keys: LinkKeys,
    /// How often the shop's customers buy, as it was fitted last.
    pub rhythm: KeptRhythm,
    /// The time.
    pub clock: Clock,
}

/// Why a look was not finished: its message comes again.
#[derive(Debug, thiserror::Error)]
pub enum DeliverError {
    /// The table did not do what it was asked.
    #[error("the table failed")]
    Table(#[from] TableError),
    /// The mail provider does not take mail at this moment.
    #[error("the mail was not sent")]
    NotNow(#[source] MailError),
    /// Another attempt may be sending the same follow-up at this moment.
    #[error("another attempt may be at work on {0}")]
    Busy(String),
    /// The message is no look.
    #[error("the message is no look")]
    NotALook(#[source] serde_json::Error),
    /// The ledger did not come to rest.
    #[error("the order was still not settled after {STEPS} steps")]
    NotSettled,
}

/// The most follow-ups of one order that can be due at one moment, with the attempts that others overtook.
const STEPS: usize = 32;

impl Deliver {
    /// Works through a batch of looks; reports exactly those that must come again.
    pub async fn handle(&self, batch: Batch) -> Failures {
        batch::each(batch, |message| self.message(message)).await
    }

    async fn message(&self, message: Message) -> Result<(), DeliverError> {
        let look = serde_json::from_str(&message.body);
        self.look(&look.map_err(DeliverError::NotALook)?, &attempt(&message)).await
    }

    /// Decides follow-ups of what is looked at until none is due.
    async fn look(&self, look: &Look, attempt: &str) -> Result<(), DeliverError> {
        let mut next_look = None;
        let shop = self.rhythm.in_shop(&self.shop, &self.table, self.clock.now()).await;
        for _ in 0..STEPS {
            let now = self.clock.now();
            let Some(mut scene) = Scene::load(&self.table, &shop, look, now).await? else {
                return Ok(());
            };
            scene.next_look = next_look;
            let decision = match scene.view(attempt).conclude(&self.shop.journeys) {
                Conclusion::Rest(next) => return Ok(self.look_again(&scene, next).await?),
                Conclusion::Decide(decision) => decision,
            };
            // With the decision the next look is put on the calendar: what is left now is only what is due now.
            let state = match &decision.verdict {
                Verdict::Record(state) => state.clone(),
                Verdict::Send | Verdict::Leave => State::Sent { message: String::new() },
            };
            let is_more_due = scene.view(attempt).is_more_due(&self.shop.journeys, &decision.key, &state);
            match self.act(&scene, decision, attempt).await {
                Ok(_) if !is_more_due => return Ok(()),
                Err(DeliverError::Table(TableError::Conflict)) => {}
                acted => next_look = acted?,
            }
        }
        Err(DeliverError::NotSettled)
    }

    /// Gives when the next look is, which is on the calendar then.
    async fn act(
        &self,
        scene: &Scene<'_>,
        mut decision: Decision<'_>,
        attempt: &str,
    ) -> Result<Option<Instant>, DeliverError> {
        if let Some(state) = self.gives_way(scene, &mut decision).await? {
            return self.settle(scene, decision, state).await;
        }
        match decision.verdict.clone() {
            Verdict::Send => self.send(scene, decision, attempt).await,
            Verdict::Record(state) => self.settle(scene, decision, state).await,
            Verdict::Leave => Err(DeliverError::Busy(decision.key.to_string())),
        }
    }

    /// Puts the next look on the calendar, unless it is there.
    async fn look_again(&self, scene: &Scene<'_>, next: Option<Instant>) -> Result<(), TableError> {
        match next.and_then(|next| scene.look_at(next)) {
            Some(look) => self.table.put(look).await,
            None => Ok(()),
        }
    }
}

/// Which attempt this is: the message, and how often it has come.
fn attempt(message: &Message) -> String {
    let id = message.message_id.as_str();
    let count = &message.attributes.approximate_receive_count;
    format!("{}.{count}", id.get(..8).unwrap_or(id))
}
