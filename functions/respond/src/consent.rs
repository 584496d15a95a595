//! Recording what a customer agrees to or withdraws.

use rihla_aws::table::{Expect, Freshness, Key, TableError, Versioned, Write};
use rihla_core::consent::Consents;
use rihla_core::event::{ConsentState, Purpose};
use rihla_core::lattice::Join;
use rihla_core::link::Grant;
use rihla_core::profile::Profile;

use crate::Respond;

/// How often somebody else may write in between.
const ATTEMPTS: usize = 8;

impl Respond {
    /// Ends what the message was for: all marketing, or the surveys.
    pub(crate) async fn withdraw(&self, grant: &Grant) -> Result<(), TableError> {
        let purposes: &[Purpose] = match grant.purpose {
            Purpose::Survey => &[Purpose::Survey],
            Purpose::Service | Purpose::Marketing | Purpose::Newsletter => {
                &[Purpose::Marketing, Purpose::Newsletter]
            }
        };
        self.say(grant, purposes, ConsentState::Withdrawn).await
    }

    /// Starts the newsletter: the link came by mail to the very address that it will go to.
    pub(crate) async fn subscribe(&self, grant: &Grant) -> Result<(), TableError> {
        self.say(grant, &[Purpose::Newsletter], ConsentState::Granted).await
    }

    async fn say(&self, grant: &Grant, purposes: &[Purpose], state: ConsentState) -> Result<(), TableError> {
        let key = Key::profile(&grant.customer);
        let now = self.clock.now();
        for _ in 0..ATTEMPTS {
            let known: Option<Versioned<Profile>> = self.table.get(&key, Freshness::Latest).await?;
            let Some(known) = known else { return Ok(()) };
            let mut profile = known.document.clone();
            for purpose in purposes {
                let is_said = profile.consents.on(*purpose).is_some_and(|word| word.value == state);
                if !is_said {
                    profile.consents.join(Consents::of(*purpose, state, now));
                }
            }
            if profile == known.document {
                return Ok(());
            }
            match self.table.put(Write::new(key.clone(), &profile, Expect::Version(known.version))).await {
                Err(TableError::Conflict) => {}
                written => return written,
            }
        }
        Err(TableError::Conflict)
    }
}
