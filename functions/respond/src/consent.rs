//! Recording what a customer agrees to or withdraws.

use rihla_aws::person;
use rihla_aws::table::{Freshness, Key, TableError, Versioned};
use rihla_core::consent::Consents;
use rihla_core::event::{ConsentState, Purpose};
use rihla_core::identifier::Identifier;
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

    /// Writes the person's word, where it is not what stands already.
    async fn say(&self, grant: &Grant, purposes: &[Purpose], state: ConsentState) -> Result<(), TableError> {
        let now = self.clock.now();
        let own: Option<Versioned<Profile>> =
            self.table.get(&Key::profile(&grant.customer), Freshness::Latest).await?;
        let Some(own) = own else { return Ok(()) };
        let person = person::united(&self.table, &own.document, &grant.customer).await?;
        let address = person.email.map(|email| Identifier::Email(email.value).print());
        let about = || address.into_iter().chain([grant.customer.print()]);
        let mut said = Consents::default();
        for purpose in purposes.iter().filter(|purpose| !stands(&person.consents, **purpose, state)) {
            said.join(person.consents.said_by_person(*purpose, state, now, about()));
        }
        let say = |profile: Option<&Profile>| {
            let mut profile = profile?.clone();
            profile.consents.join(said.clone());
            Some(profile)
        };
        self.table.change(&Key::profile(&grant.customer), say).await
    }
}

fn stands(consents: &Consents, purpose: Purpose, state: ConsentState) -> bool {
    consents.on(purpose).is_some_and(|word| word.state == state)
}
