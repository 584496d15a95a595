//! Recording what a customer agrees to or withdraws.

use rihla_aws::person;
use rihla_aws::table::{Freshness, Key, TableError, Versioned};
use rihla_core::consent::Consents;
use rihla_core::event::{ConsentState, Purpose};
use rihla_core::identifier::Identifier;
use rihla_core::lattice::Join;
use rihla_core::link::Grant;
use rihla_core::profile::Profile;
use rihla_messages::Wishes;

use crate::Respond;

/// What a person says of one purpose.
type Said = (Purpose, ConsentState);

impl Respond {
    /// Ends what the message was for: all marketing, or the surveys.
    pub(crate) async fn withdraw(&self, grant: &Grant) -> Result<(), TableError> {
        let purposes: &[Purpose] = match grant.purpose {
            Purpose::Survey => &[Purpose::Survey],
            Purpose::Service | Purpose::Marketing | Purpose::Newsletter => {
                &[Purpose::Marketing, Purpose::Newsletter]
            }
        };
        let withdrawn = purposes.iter().map(|purpose| (*purpose, ConsentState::Withdrawn));
        self.say(grant, |consents| withdrawn.filter(|said| !stands(consents, *said)).collect()).await
    }

    /// Starts the newsletter: the link came by mail to the very address that it will go to.
    pub(crate) async fn subscribe(&self, grant: &Grant) -> Result<(), TableError> {
        let granted = (Purpose::Newsletter, ConsentState::Granted);
        self.say(grant, |consents| Vec::from_iter(Some(granted).filter(|said| !stands(consents, *said))))
            .await
    }

    /// What the customer gets as things stand.
    pub(crate) async fn wishes(&self, grant: &Grant) -> Result<Wishes, TableError> {
        let person = self.person(grant).await?;
        Ok(person.map_or_else(Wishes::default, |person| wishes(&person.consents)))
    }

    /// Takes down what the customer changed of what they get. The link came by mail to the very address that it is about.
    pub(crate) async fn wish(&self, grant: &Grant, wanted: Wishes) -> Result<(), TableError> {
        self.say(grant, |consents| changes(wishes(consents), wanted)).await
    }

    async fn person(&self, grant: &Grant) -> Result<Option<Profile>, TableError> {
        let own: Option<Versioned<Profile>> =
            self.table.get(&Key::profile(&grant.customer), Freshness::Latest).await?;
        match own {
            Some(own) => Ok(Some(person::united(&self.table, &own.document, &grant.customer).await?)),
            None => Ok(None),
        }
    }

    /// Writes what the person says, given what stands.
    async fn say(&self, grant: &Grant, what: impl FnOnce(&Consents) -> Vec<Said>) -> Result<(), TableError> {
        let now = self.clock.now();
        let Some(person) = self.person(grant).await? else { return Ok(()) };
        let address = person.email.map(|email| Identifier::Email(email.value).print());
        let about = || address.into_iter().chain([grant.customer.print()]);
        let mut said = Consents::default();
        for (purpose, state) in what(&person.consents) {
            said.join(person.consents.said_by_person(purpose, state, now, about()));
        }
        let say = |profile: Option<&Profile>| {
            let mut profile = profile?.clone();
            profile.consents.join(said.clone());
            Some(profile)
        };
        self.table.change(&Key::profile(&grant.customer), say).await
    }
}

fn stands(consents: &Consents, (purpose, state): Said) -> bool {
    consents.on(purpose).is_some_and(|word| word.state == state)
}

/// Surveys go out until the person objects, all else once they agreed.
fn wishes(consents: &Consents) -> Wishes {
    Wishes {
        surveys: !stands(consents, (Purpose::Survey, ConsentState::Withdrawn)),
        marketing: stands(consents, (Purpose::Marketing, ConsentState::Granted)),
        newsletter: stands(consents, (Purpose::Newsletter, ConsentState::Granted)),
    }
}

/// What has to be said so that these wishes become those. A box that was left alone says nothing.
fn changes(now: Wishes, wanted: Wishes) -> Vec<Said> {
    let state = |is_wanted| if is_wanted { ConsentState::Granted } else { ConsentState::Withdrawn };
    [
        (Purpose::Survey, now.surveys, wanted.surveys),
        (Purpose::Marketing, now.marketing, wanted.marketing),
        (Purpose::Newsletter, now.newsletter, wanted.newsletter),
    ]
    .into_iter()
    .filter(|(_, now, wanted)| now != wanted)
    .map(|(purpose, _, wanted)| (purpose, state(wanted)))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: Wishes = Wishes { surveys: true, marketing: true, newsletter: true };

    #[test]
    fn a_box_that_was_left_alone_says_nothing() {
        assert_eq!(changes(ALL, ALL), []);
        assert_eq!(
            changes(ALL, Wishes { marketing: false, ..ALL }),
            [(Purpose::Marketing, ConsentState::Withdrawn)]
        );
        assert_eq!(
            changes(Wishes::default(), Wishes { newsletter: true, ..Wishes::default() }),
            [(Purpose::Newsletter, ConsentState::Granted)]
        );
    }

    #[test]
    fn who_never_said_a_word_is_asked_about_orders_and_gets_nothing_else() {
        assert_eq!(wishes(&Consents::default()), Wishes { surveys: true, ..Wishes::default() });
    }
}
