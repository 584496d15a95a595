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

    /// How many people there are.
    pub(super) fn count(&self) -> usize {
        self.profiles.keys().filter(|customer| self.person(customer) == **customer).count()
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
        self.customer_of(&self.hash(identifier))
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
        let (strong, phones): (Vec<_>, Vec<_>) = person.identifiers.iter().partition(|one| one.is_strong());
        let (shared, sure): (Vec<_>, Vec<_>) =
            strong.into_iter().partition(|one| self.crowd(one, &person.uses()).is_many());
        let [shared, sure, phones] =
            [shared, sure, phones].map(|all| all.into_iter().map(|one| self.hash(one)).collect::<Vec<_>>());
        if let (true, None, Some(phone)) = (sure.is_empty(), also, phones.first()) {
            return self.known_by_phone(source, phone);
        }
        let known = if sure.is_empty() { &shared } else { &sure };
        let pointed = sure.iter().filter_map(|one| self.customer_of(one)).chain(also.cloned());
        let mut pointed = pointed.collect::<Vec<_>>().into_iter();
        let by_many = || known.iter().find_map(|one| self.customer_of(one));
        let surest = pointed.next().or_else(by_many).unwrap_or_else(|| self.first_named(known, order));
        pointed.for_each(|other| self.attest(source, person, &surest, &other));
        for one in sure.iter().chain(&shared) {
            let points_at = &mut self.pointers.entry(one.clone()).or_default().customer;
            points_at.get_or_insert_with(|| surest.clone());
        }
        self.note_crowds(person);
        for phone in &phones {
            self.give_phone(source, phone, person, &surest);
        }
        surest
    }

    fn customer_of(&self, identifier: &HashedIdentifier) -> Option<CustomerId> {
        self.pointers.get(identifier)?.customer.clone()
    }

    /// Whom an address was given for, with who uses it now.
    fn crowd(&self, identifier: &Identifier, uses: &Crowd) -> Crowd {
        let known = self.pointers.get(&self.hash(identifier)).map(|pointer| pointer.crowd.clone());
        let mut crowd = known.unwrap_or_default();
        if matches!(identifier, Identifier::Email(_)) {
            crowd.join(uses.clone());
        }
        crowd
    }

    fn note_crowds(&mut self, person: &ToldPerson) {
        for one in person.identifiers.iter().filter(|one| one.is_strong()) {
            let crowd = self.crowd(one, &person.uses());
            self.pointers.entry(self.key.hash(one)).or_default().crowd = crowd;
        }
    }

    /// Notes on both that one event carried identifiers of both. A word on consent that came with them is a word of both.
    fn attest(&mut self, source: &SourceId, person: &ToldPerson, one: &CustomerId, other: &CustomerId) {
        if one == other {
            return;
        }
        let at = person.profile.since.unwrap_or(Earliest(Instant::from_seconds(0)));
        let identifiers = "identifiers of both".to_owned();
        let told = Kinship::attested(Merged { at, source: source.clone(), identifiers });
        self.profile_mut(one).kin.join([(other.clone(), told.clone())].into());
        let kin = [(one.clone(), told)].into();
        let consents = person.profile.consents.clone();
        self.profile_mut(other).join(Profile { kin, consents, ..Profile::default() });
    }

    fn first_named(&self, known: &[HashedIdentifier], order: Option<&Identifier>) -> CustomerId {
        let named = known.first().cloned().or_else(|| order.map(|order| self.hash(order)));
        let nobody = || self.hash(&Identifier::Tracking(String::new()));
        self.named(&named.unwrap_or_else(nobody))
    }

    /// The name of who has this identifier first.
    pub(super) fn named(&self, identifier: &HashedIdentifier) -> CustomerId {
        self.key.customer(identifier)
    }

    /// The profile of a customer, begun if there is none.
    pub(super) fn profile_mut(&mut self, customer: &CustomerId) -> &mut Profile {
        self.profiles.entry(customer.clone()).or_default()
    }

    /// The records of the person whom a customer is, the oldest first.
    fn linked(&self, customer: &CustomerId) -> Vec<(CustomerId, Profile)> {
        let profile = |customer: &CustomerId| self.profiles.get(customer).cloned().unwrap_or_default();
        let mut circle = Circle::default();
        circle.add(customer.clone(), profile(customer));
        while let Some(missing) = circle.missing() {
            let found = profile(&missing);
            circle.add(missing, found);
        }
        circle.person(customer)
    }

    /// The person whom a customer is: the oldest of their records.
    pub(super) fn person(&self, customer: &CustomerId) -> CustomerId {
        let is_alone = self.profiles.get(customer).is_none_or(|profile| {
            profile.kin.is_empty() && profile.numbers.is_empty() && profile.phone_of.is_none()
        });
        let first = if is_alone { None } else { self.linked(customer).into_iter().next() };
        first.map_or_else(|| customer.clone(), |(oldest, _)| oldest)
    }

    /// The person whom a customer is, of all linked profiles.
    pub(super) fn united(&self, customer: &CustomerId) -> Profile {
        let mut linked = self.linked(customer).into_iter().map(|(_, profile)| profile);
        linked.next().unwrap_or_default().united(linked)
    }
}
