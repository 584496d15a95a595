//! Recording what a customer agrees to or withdraws.

use rihla_aws::person;
use rihla_aws::table::{Expect, Freshness, Key, TableError, Versioned, Write};
use rihla_core::consent::Consents;
use rihla_core::consent_entry::ConsentEntry;
use rihla_core::event::{ConsentState, DoubleOptIn, Purpose};
use rihla_core::identifier::{Identifier, Print};
use rihla_core::lattice::Join;
use rihla_core::ledger::LedgerEntry;
use rihla_core::link::Grant;
use rihla_core::profile::Profile;
use rihla_core::source::SourceId;
use rihla_messages::{Page, Wishes};

use crate::Respond;

/// What a person says of one purpose.
type Said = (Purpose, ConsentState);

/// By what a person was asked.
#[derive(PartialEq, Eq)]
enum Asked {
    /// By nothing but the button of their mail program.
    OneClick,
    /// By a page that asks one thing.
    Page(Page),
    /// By the invitation that came by mail, and then by the page behind it.
    Invitation,
    /// By the page with all choices.
    Preferences,
}

impl Respond {
    /// Ends what the message was for: all marketing, or the surveys.
    pub(crate) async fn withdraw(&self, grant: &Grant, is_one_click: bool) -> Result<(), TableError> {
        let purposes: &[Purpose] = match grant.purpose {
            Purpose::Survey => &[Purpose::Survey],
            Purpose::Service | Purpose::Marketing | Purpose::Newsletter => {
                &[Purpose::Marketing, Purpose::Newsletter]
            }
        };
        let withdrawn = purposes.iter().map(|purpose| (*purpose, ConsentState::Withdrawn));
        let page = if grant.purpose == Purpose::Survey { Page::NoSurveys } else { Page::Unsubscribe };
        let asked = if is_one_click { Asked::OneClick } else { Asked::Page(page) };
        self.say(grant, asked, |consents| withdrawn.filter(|said| !stands(consents, *said)).collect()).await
    }

    /// Starts the newsletter: the link came by mail to the very address that it will go to (double opt-in).
    pub(crate) async fn subscribe(&self, grant: &Grant) -> Result<(), TableError> {
        let granted = (Purpose::Newsletter, ConsentState::Granted);
        let asked = Asked::Invitation;
        self.say(grant, asked, |consents| {
            Vec::from_iter(Some(granted).filter(|said| !stands(consents, *said)))
        })
        .await
    }

    /// What the customer gets as things stand.
    pub(crate) async fn wishes(&self, grant: &Grant) -> Result<Wishes, TableError> {
        let person = self.person(grant).await?;
        Ok(person.map_or_else(Wishes::default, |person| wishes(&person.consents)))
    }

    /// Takes down what the customer changed of what they get. The link came by mail to the very address that it is about.
    pub(crate) async fn wish(&self, grant: &Grant, wanted: Wishes) -> Result<(), TableError> {
        self.say(grant, Asked::Preferences, |consents| changes(wishes(consents), wanted)).await
    }

    async fn person(&self, grant: &Grant) -> Result<Option<Profile>, TableError> {
        let own: Option<Versioned<Profile>> =
            self.table.get(&Key::profile(&grant.customer), Freshness::Latest).await?;
        match own {
            Some(own) => Ok(Some(person::united(&self.table, &own.document, &grant.customer).await?)),
            None => Ok(None),
        }
    }

    /// Writes what the person says, given what stands: each word as it was said, and then what stands by it.
    async fn say(
        &self,
        grant: &Grant,
        asked: Asked,
        what: impl FnOnce(&Consents) -> Vec<Said>,
    ) -> Result<(), TableError> {
        let now = self.clock.now();
        let Some(person) = self.person(grant).await? else { return Ok(()) };
        let words = what(&person.consents);
        if words.is_empty() {
            return Ok(());
        }
        let wording = self.wording(grant, &asked, &person.consents);
        let double_opt_in = self.double_opt_in(grant, &asked).await?;
        let address = person.email.map(|email| Identifier::Email(email.value).print());
        let about: Vec<Print> = address.into_iter().chain([grant.customer.print()]).collect();
        let mut said = Consents::default();
        for (purpose, state) in words {
            said.join(person.consents.said_by_person(purpose, state, now, about.iter().copied()));
            let entry = ConsentEntry {
                at: now,
                matter: purpose.into(),
                state,
                source: SourceId::from_static("customer-page"),
                wording: wording.clone(),
                locale: Some(grant.locale.clone()).filter(|_| asked != Asked::OneClick),
                basis: ConsentEntry::basis_of(state),
                double_opt_in,
                about: about.clone(),
            };
            self.table.put(Write::new(Key::word(&grant.customer, &entry), &entry, Expect::Anything)).await?;
        }
        let say = |profile: Option<&Profile>| {
            let mut profile = profile?.clone();
            profile.consents.join(said.clone());
            Some(profile)
        };
        self.table.change(&Key::profile(&grant.customer), say).await
    }

    /// The words by which the person was asked. Where they cannot be had, what the person says counts all the same.
    fn wording(&self, grant: &Grant, asked: &Asked, consents: &Consents) -> Option<String> {
        let page = match asked {
            Asked::OneClick => return Some("one click in the mail program (RFC 8058)".to_owned()),
            Asked::Page(page) => page.clone(),
            Asked::Invitation => Page::Newsletter,
            Asked::Preferences => Page::Preferences(wishes(consents)),
        };
        self.renderer.wording(&page, &grant.locale).ok()
    }

    /// When the invitation was sent that is accepted by its link.
    async fn double_opt_in(&self, grant: &Grant, asked: &Asked) -> Result<Option<DoubleOptIn>, TableError> {
        if *asked != Asked::Invitation {
            return Ok(None);
        }
        let key = Key::ledger(&grant.customer, &grant.trigger, &grant.follow_up);
        let sent: Option<Versioned<LedgerEntry>> = self.table.get(&key, Freshness::MayBeStale).await?;
        Ok(Some(DoubleOptIn { asked_at: sent.map(|sent| sent.document.decided_at) }))
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
