//! Recording what a customer agrees to or withdraws.

use rihla_aws::table::{Key, TableError};
use rihla_core::consent::Consents;
use rihla_core::event::{ConsentState, Purpose};
use rihla_core::lattice::Join;
use rihla_core::link::Grant;
use rihla_core::profile::Profile;

use crate::Respond;

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

    /// Writes the person's word, where it is not the last word already.
    async fn say(&self, grant: &Grant, purposes: &[Purpose], state: ConsentState) -> Result<(), TableError> {
        let now = self.clock.now();
        let say = |profile: Option<&Profile>| {
            let mut profile = profile?.clone();
            for purpose in purposes {
                let is_said = profile.consents.on(*purpose).is_some_and(|word| word.value == state);
                if !is_said {
                    profile.consents.join(Consents::of(*purpose, state, now));
                }
            }
            Some(profile)
        };
        self.table.change(&Key::profile(&grant.customer), say).await
    }
}
