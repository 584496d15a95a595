//! Who is it: identifiers to one customer, as `shared/aws/src/record/identity.rs` has it.

use std::collections::BTreeMap;

use rihla_core::identifier::{CustomerId, HashedIdentifier, Identifier, IdentityKey};
use rihla_core::identity::{Circle, Crowd, Kinship};
use rihla_core::instant::Instant;
use rihla_core::lattice::{Earliest, Join};
use rihla_core::merge::Merged;
use rihla_core::pointer::Pointer;
use rihla_core::profile::Profile;
use rihla_core::source::SourceId;
use rihla_core::subject::ToldPerson;

/// Everybody.
#[derive(Debug)]
pub(super) struct People {
    key: IdentityKey,
    pub(super) pointers: BTreeMap<HashedIdentifier, Pointer>,
    profiles: BTreeMap<CustomerId, Profile>,
}

impl People {
    /// Nobody yet.
    pub(super) fn new(key: IdentityKey) -> Self {
        Self { key, pointers: BTreeMap::new(), profiles: BTreeMap::new() }
    }

    /// How many people there are, of however many records each is one.
    pub(super) fn count(&self) -> usize {
        let mut all = Circle::default();
        self.profiles.iter().for_each(|(customer, profile)| all.add(customer.clone(), profile.clone()));
        let forest = all.forest();
        self.profiles.keys().filter(|customer| forest.root(customer) == *customer).count()
    }

    /// The name of an identifier in keys.
    pub(super) fn hash(&self, identifier: &Identifier) -> HashedIdentifier {
        self.key.hash(identifier)
    }

    /// Whether there is such a customer.
    pub(super) fn knows(&self, customer: &CustomerId) -> bool {
        self.profiles.contains_key(customer)
    }

    /// The customer at whom an identifier points.
    pub(super) fn pointed_at_by(&self, identifier: &Identifier) -> Option<CustomerId> {
        self.pointers.get(&self.key.hash(identifier))?.customer.clone()
    }

    /// The customer whom a person's identifiers point at, with what is told of them on their profile.
    pub(super) fn know(&mut self, source: &SourceId, told: &ToldPerson) -> Option<CustomerId> {
        if told.identifiers.is_empty() {
            return None;
        }
        let customer = self.identify(source, told, None, None);
        self.profile_mut(&customer).join(told.profile.clone());
        Some(customer)
    }

    /// The customer whom the identifiers point at, made if there is none; `order` names one of whom nothing else is known,
    /// `also` is one of whom it is certain that it is this person.
    pub(super) fn identify(
        &mut self,
        source: &SourceId,
        person: &ToldPerson,
        order: Option<&Identifier>,
        also: Option<&CustomerId>,
    ) -> CustomerId {
        let (sure, phones): (Vec<_>, Vec<_>) = person.identifiers.iter().partition(|one| one.is_strong());
        let uses = person.uses();
        let (shared, sure): (Vec<_>, Vec<_>) =
            sure.into_iter().partition(|one| self.crowd(one, &uses).is_many());
        let phones: Vec<HashedIdentifier> = phones.into_iter().map(|one| self.key.hash(one)).collect();
        if let (true, None, Some(phone)) = (sure.is_empty(), also, phones.first()) {
            return self.known_by_phone(source, phone);
        }
        let known = if sure.is_empty() { &shared } else { &sure };
        let pointed = sure.iter().filter_map(|one| self.pointed_at_by(one)).chain(also.cloned());
        let mut pointed: Vec<CustomerId> = pointed.collect();
        let named = known.first().copied().or(order).map(|one| self.key.hash(one));
        let nobody = || self.key.hash(&Identifier::Tracking(String::new()));
        let named = || self.key.customer(&named.unwrap_or_else(nobody));
        if pointed.is_empty() {
            pointed.push(known.iter().find_map(|one| self.pointed_at_by(one)).unwrap_or_else(named));
        }
        let owner = pointed.remove(0);
        pointed.into_iter().for_each(|other| self.attest(source, person, &owner, other));
        for one in sure.into_iter().chain(shared) {
            let crowd = self.crowd(one, &uses);
            let pointer = self.pointers.entry(self.key.hash(one)).or_default();
            pointer.customer.get_or_insert_with(|| owner.clone());
            pointer.crowd = crowd;
        }
        phones.iter().for_each(|phone| self.give_phone(source, phone, person, &owner));
        owner
    }

    /// Who uses an identifier, with who uses it now, if it is an address.
    fn crowd(&self, identifier: &Identifier, uses: &Crowd) -> Crowd {
        let known = self.pointers.get(&self.key.hash(identifier)).map(|pointer| pointer.crowd.clone());
        let mut crowd = known.unwrap_or_default();
        if matches!(identifier, Identifier::Email(_)) {
            crowd.join(uses.clone());
        }
        crowd
    }

    /// Notes on both that one event carried identifiers of both.
    fn attest(&mut self, source: &SourceId, person: &ToldPerson, one: &CustomerId, other: CustomerId) {
        if *one == other {
            return;
        }
        let at = person.profile.since.unwrap_or(Earliest(Instant::from_seconds(0)));
        let identifiers = person.identifiers.iter().filter(|one| one.is_strong()).count();
        let identifiers = format!("{identifiers} identifiers");
        let told = Kinship::attested(Merged { at, source: source.clone(), identifiers });
        let words = person.profile.consents.clone();
        self.profile_mut(one).kin.join([(other.clone(), told.clone())].into());
        let kin = [(one.clone(), told)].into();
        self.profile_mut(&other).join(Profile { kin, consents: words, ..Profile::default() });
    }

    /// The oldest record of the person who has this one.
    pub(super) fn oldest(&self, customer: &CustomerId) -> CustomerId {
        let person = self.person(customer);
        person.into_iter().next().map_or_else(|| customer.clone(), |(oldest, _)| oldest)
    }

    fn person(&self, customer: &CustomerId) -> Vec<(CustomerId, Profile)> {
        let mut circle = Circle::default();
        circle.add(customer.clone(), self.profiles.get(customer).cloned().unwrap_or_default());
        while let Some(missing) = circle.missing() {
            let found = self.profiles.get(&missing).cloned().unwrap_or_default();
            circle.add(missing, found);
        }
        circle.person(customer)
    }

    /// The name of who has this identifier first.
    pub(super) fn named(&self, identifier: &HashedIdentifier) -> CustomerId {
        self.key.customer(identifier)
    }

    /// The profile of a customer, begun if there is none.
    pub(super) fn profile_mut(&mut self, customer: &CustomerId) -> &mut Profile {
        self.profiles.entry(customer.clone()).or_default()
    }

    /// The person whom a customer is, of all linked profiles.
    pub(super) fn united(&self, customer: &CustomerId) -> Profile {
        let mut person = self.person(customer).into_iter().map(|(_, profile)| profile);
        let oldest = person.next().unwrap_or_default();
        oldest.united(person)
    }
}
