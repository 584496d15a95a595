//! A customer's profile: who it is, what was agreed to, what was spent, what was sent lately.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::claim::Claim;
use crate::consent::Consents;
use crate::counted::{Counted, Owed, Writes};
use crate::event::{Person, Place};
use crate::follow_up::FollowUpKey;
use crate::identifier::{CustomerId, Email, Identifier, Phone};
use crate::identity::{Kinship, folded_words, name, start_of};
use crate::instant::Instant;
use crate::lattice::{Earliest, Join, Latest};
use crate::merge::Merged;
use crate::order::OrderKey;
use crate::suppression::Suppression;
use crate::totals::{Change, Totals};

/// What is known of one person. Where two profiles turn out to be one person they are linked, never mixed;
/// readers join them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// When the person was first heard of, by the events' own times; of who was forgotten, the moment of that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Earliest>,
    /// Given name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_name: Option<Latest<String>>,
    /// Family name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_name: Option<Latest<String>>,
    /// Where mail goes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Latest<Email>>,
    /// Phone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Latest<Phone>>,
    /// Language and region.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<Latest<String>>,
    /// Time zone, as a source told it: it may not exist.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<Latest<String>>,
    /// Where the person lives, or has things sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Latest<Place>>,
    /// What was agreed to and withdrawn.
    #[serde(default, skip_serializing_if = "Consents::is_empty")]
    pub consents: Consents,
    /// Addresses that no mail may go to, and why.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub suppressed: BTreeMap<Email, Suppression>,
    /// Orders and what was spent, by currency; kept in step with the orders of this profile.
    #[serde(default, skip_serializing_if = "Totals::is_empty")]
    pub totals: Totals,
    /// What the totals count for the orders of late.
    #[serde(default, skip_serializing_if = "Counted::is_empty")]
    pub counted: Counted,
    /// What was claimed for sending lately.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub claims: BTreeMap<FollowUpKey, Claim>,
    /// The conversations that wait for the shop, by their places, and when the customer spoke last there.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub open: BTreeMap<String, Latest<()>>,
    /// What is known of whether this customer and others are one person. Each of the others knows it, too.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub kin: BTreeMap<CustomerId, Kinship>,
    /// Of a record that is known by a phone number alone: the customer who was the first to give that number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone_of: Option<CustomerId>,
    /// The records of phone numbers alone that were linked to this customer, and why. It counts where they say so, too.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub numbers: BTreeMap<CustomerId, Merged>,
    /// As of when the person was forgotten: nothing that was told up to then is known, or comes to be known again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erased: Option<Latest<()>>,
}

impl Join for Profile {
    fn join(&mut self, other: Self) {
        self.since.join(other.since);
        self.first_name.join(other.first_name);
        self.last_name.join(other.last_name);
        self.email.join(other.email);
        self.phone.join(other.phone);
        self.locale.join(other.locale);
        self.zone.join(other.zone);
        self.place.join(other.place);
        self.consents.join(other.consents);
        self.suppressed.join(other.suppressed);
        self.claims.join(other.claims);
        self.open.join(other.open);
        self.kin.join(other.kin);
        self.numbers.join(other.numbers);
        self.erased.join(other.erased);
        self.forget();
    }
}

impl Profile {
    /// What a source's word about a person, given at `at`, tells.
    pub fn told_by(person: &Person, at: Instant) -> Self {
        fn latest<T: Clone>(value: Option<&T>, at: Instant) -> Option<Latest<T>> {
            value.map(|value| Latest::new(value.clone(), at))
        }
        Self {
            since: Some(Earliest(at)),
            first_name: latest(person.first_name.as_deref().and_then(name).as_ref(), at),
            last_name: latest(person.last_name.as_deref().and_then(name).as_ref(), at),
            email: latest(person.email.as_ref().filter(|email| email.mailbox().takes_mail()), at),
            phone: latest(person.phone.as_ref(), at),
            locale: latest(person.locale.as_ref(), at),
            zone: latest(person.zone.as_ref(), at),
            place: latest(person.place.as_ref(), at),
            ..Self::default()
        }
    }

    /// Drops what was told up to the moment as of which the person was forgotten. Links stay, because they name nobody, and
    /// so do totals, which are those of the orders that are there.
    fn forget(&mut self) {
        fn keep<T>(told: &mut Option<Latest<T>>, erased_at: Instant) {
            told.take_if(|told| told.at <= erased_at);
        }
        let Some(erased_at) = self.erased.as_ref().map(|erased| erased.at) else { return };
        // When the person was heard of again depends on what has come by now; this does not.
        self.since = Some(Earliest(erased_at));
        keep(&mut self.first_name, erased_at);
        keep(&mut self.last_name, erased_at);
        keep(&mut self.email, erased_at);
        keep(&mut self.phone, erased_at);
        keep(&mut self.locale, erased_at);
        keep(&mut self.zone, erased_at);
        keep(&mut self.place, erased_at);
        self.consents.forget(erased_at);
        self.kin.values_mut().for_each(|kinship| kinship.forget(erased_at));
        self.claims.retain(|_, claim| claim.at > erased_at);
        self.open.retain(|_, heard| heard.at > erased_at);
    }

    /// What is left when the person is forgotten as of `erased_at`, where these are the totals of the orders that were
    /// placed since. That no mail may go to an address is kept elsewhere, under a name that tells nobody's address.
    #[must_use]
    pub fn forgotten(mut self, erased_at: Instant, totals: Totals) -> Self {
        self.erased.join(Some(Latest::new((), erased_at)));
        self.forget();
        Self { suppressed: BTreeMap::new(), counted: Counted::default(), totals, ..self }
    }

    /// By what is drawn which arm of an experiment the person is in: by the address, because which of several records
    /// came first depends on what arrived first.
    pub fn drawn_as(&self, customer: &CustomerId) -> CustomerId {
        let print = self.email.as_ref().map(|email| Identifier::Email(email.value.clone()).print());
        print.map_or_else(|| customer.clone(), |print| CustomerId::from_text(String::from(print)))
    }

    /// Whether the person was forgotten, and neither a name nor an address nor an order of theirs is known since.
    pub fn is_forgotten(&self) -> bool {
        let is_nameless = self.first_name.is_none() && self.last_name.is_none();
        let is_out_of_reach = self.email.is_none() && self.phone.is_none();
        self.erased.is_some() && is_nameless && is_out_of_reach && self.totals.is_empty()
    }

    /// Whether what was told at `at` was told before the person was forgotten.
    pub fn has_forgotten(&self, at: Instant) -> bool {
        self.erased.as_ref().is_some_and(|erased| at <= erased.at)
    }

    /// The person as one, of all profiles that turned out to be this person.
    /// Totals are summed.
    #[must_use]
    pub fn united(mut self, others: impl IntoIterator<Item = Self>) -> Self {
        for other in others {
            let totals = self.totals.plus(&other.totals);
            self.join(other);
            self.totals = totals;
        }
        self
    }

    /// Whose record continues what was told by a phone number alone. One event that names both is surer than a phone number,
    /// which families share: a record that is one with anybody is no longer the phone's alone.
    pub fn linked_by_phone(&self) -> Option<&CustomerId> {
        let is_one_with_others = self.kin.values().any(|kinship| !kinship.is_apart());
        self.phone_of.as_ref().filter(|_| !is_one_with_others)
    }

    /// Counts an order in the totals, once however often it is counted, as it was written with `owed` and as it is to be
    /// written now. Gives in which order the profile and the order have to be written.
    pub fn count(&mut self, order: &OrderKey, owed: Option<&Owed>, counts: &Change, now: Instant) -> Writes {
        let counted = self.counted.of(order, owed, &counts.before, now);
        if counted == counts.after {
            return Writes::ProfileFirst;
        }
        self.totals = self.totals.plus(&counts.after).minus(&counted);
        if self.counted.note(order, counts.after.clone(), now) {
            Writes::OrderFirst(Owed { counted, since: Earliest(now) })
        } else {
            Writes::Together
        }
    }

    /// Whether mail to its present address is stopped, and why.
    pub fn suppression(&self) -> Option<&Suppression> {
        self.suppressed.get(&self.email.as_ref()?.value)
    }

    /// The words of the name as they are compared when somebody is looked for.
    pub fn name_words(&self) -> Vec<String> {
        let names = [&self.first_name, &self.last_name].into_iter().flatten();
        names.flat_map(|name| folded_words(&name.value)).collect()
    }

    /// The first letters by which the person is found.
    pub fn name_starts(&self) -> BTreeSet<String> {
        self.name_words().iter().map(|word| start_of(word).to_owned()).collect()
    }

    /// The name to greet with.
    pub fn greeting_name(&self) -> Option<&str> {
        let name = self.first_name.as_ref()?.value.trim();
        (!name.is_empty()).then_some(name)
    }
}
