//! Sending one follow-up: written first, then claimed, then sent, once.

use rihla_aws::mail::MailError;
use rihla_aws::table::{Expect, Freshness, Key, TableError, Versioned, Write};
use rihla_core::instant::Instant;
use rihla_core::journey::VARIANT;
use rihla_core::ledger::{Finding, State};
use rihla_core::look::Decision;
use rihla_core::profile::Profile;

use crate::content::NothingToSay;
use crate::scene::Scene;
use crate::{Deliver, DeliverError};

impl Deliver {
    pub(crate) async fn send(
        &self,
        scene: &Scene<'_>,
        mut decision: Decision<'_>,
        attempt: &str,
    ) -> Result<Option<Instant>, DeliverError> {
        let letter = match self.letter(scene, &decision).await? {
            Ok(letter) => letter,
            Err(NothingToSay { guard, because }) => {
                decision.trace.push(Finding::new(guard, because));
                return self.settle(scene, decision, State::Refused { guard: guard.to_owned() }).await;
            }
        };
        self.claim(scene, &decision, attempt).await?;
        if !decision.step.variants.is_empty() {
            let message = decision.journey.message_for(decision.step, &scene.drawn_as());
            decision.trace.push(Finding::new(VARIANT, message));
        }
        let sent = self.mail.send(&letter.sender, &letter.recipient, letter.message, &letter.tags).await;
        let (state, finding) = match sent {
            Err(error @ MailError::NotNow(_)) => {
                self.release(scene, &decision, attempt).await?;
                return Err(DeliverError::NotNow(error));
            }
            sent => state_of(sent),
        };
        decision.trace.extend(finding);
        self.settle(scene, decision, state).await
    }

    /// Writes the claim, if nobody changed the profile since the guards were asked.
    async fn claim(
        &self,
        scene: &Scene<'_>,
        decision: &Decision<'_>,
        attempt: &str,
    ) -> Result<(), TableError> {
        let limits = &scene.shop.limits;
        let mut profile = scene.own.document.clone();
        profile.claims.retain(|_, claim| !claim.is_stale(scene.now));
        profile.claims.insert(decision.claim_key.clone(), decision.claim(scene.now, attempt, limits));
        let expect = Expect::Version(scene.own.version);
        self.table.put(Write::new(Key::profile(&scene.look.customer), &profile, expect)).await
    }

    /// Takes the claim back: for certain nothing was sent.
    async fn release(
        &self,
        scene: &Scene<'_>,
        decision: &Decision<'_>,
        attempt: &str,
    ) -> Result<(), TableError> {
        let key = Key::profile(&scene.look.customer);
        let known: Option<Versioned<Profile>> = self.table.get(&key, Freshness::Latest).await?;
        let Some(mut known) = known else { return Ok(()) };
        let ours = known.document.claims.get(&decision.claim_key).is_some_and(|claim| claim.by == attempt);
        if ours {
            known.document.claims.remove(&decision.claim_key);
            self.table.put(Write::new(key, &known.document, Expect::Version(known.version))).await?;
        }
        Ok(())
    }
}

/// What became of a mail that was handed over, with what the provider had to say.
fn state_of(sent: Result<String, MailError>) -> (State, Option<Finding>) {
    let error = match sent {
        Ok(message) => return (State::Sent { message }, None),
        Err(error) => error,
    };
    let is_refused = matches!(error, MailError::Refused { .. });
    tracing::error!(%error, is_refused, "mail.not_sent");
    let finding = Finding::new("mail-provider", error.to_string());
    let refused = State::Refused { guard: "mail-provider".to_owned() };
    (if is_refused { refused } else { State::InDoubt }, Some(finding))
}
