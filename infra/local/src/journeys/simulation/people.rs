//! Who is it: identifiers to one customer, as `shared/aws/src/record/identity.rs` has it.

use std::collections::{BTreeMap, BTreeSet};

use rihla_core::identifier::{CustomerId, HashedIdentifier, Identifier, IdentityKey};
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

    /// How many people there are: customers that are linked to nobody.
    pub(super) fn count(&self) -> usize {
        self.profiles.values().filter(|profile| profile.linked_to().is_none()).count()
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
        let sure: Vec<HashedIdentifier> = sure.into_iter().map(|one| self.key.hash(one)).collect();
        let phones: Vec<HashedIdentifier> = phones.into_iter().map(|one| self.key.hash(one)).collect();
        if let (true, None, Some(phone)) = (sure.is_empty(), also, phones.first()) {
            return self.known_by_phone(source, phone);
        }
        let pointed = sure.iter().filter_map(|one| self.pointers.get(one)?.customer.clone());
        let known: BTreeSet<CustomerId> =
            pointed.chain(also.cloned()).map(|customer| self.root(customer)).collect();
        let named = sure.first().cloned().or_else(|| order.map(|order| self.key.hash(order)));
        let nobody = || self.key.hash(&Identifier::Tracking(String::new()));
        let named = self.key.customer(&named.unwrap_or_else(nobody));
        let mut root = self.as_one(source, person, known).unwrap_or_else(|| self.root(named));
        for one in sure {
            self.pointers.entry(one).or_insert_with(|| Pointer::at(root.clone()));
        }
        for phone in &phones {
            root = self.give_phone(source, phone, person, root);
        }
        root
    }

    /// Follows the links from a customer, but not those by a phone number alone.
    pub(super) fn root(&self, mut customer: CustomerId) -> CustomerId {
        while let Some(next) = self.profiles.get(&customer).and_then(|profile| profile.merged_into.clone()) {
            customer = next;
        }
        customer
    }

    /// Follows all links.
    pub(super) fn root_by_any_link(&self, customer: &CustomerId) -> CustomerId {
        let mut root = customer;
        while let Some(next) = self.profiles.get(root).and_then(Profile::linked_to) {
            root = next;
        }
        root.clone()
    }

    /// Links all to the one heard of first. Gives that one.
    fn as_one(
        &mut self,
        source: &SourceId,
        person: &ToldPerson,
        known: BTreeSet<CustomerId>,
    ) -> Option<CustomerId> {
        let mut known: Vec<CustomerId> = known.into_iter().collect();
        known.sort_by_key(|customer| self.since(customer));
        let mut known = known.into_iter();
        let oldest = known.next()?;
        let kinds = person.identifiers.iter().filter(|one| one.is_strong()).count();
        let at = person.profile.since.unwrap_or(Earliest(Instant::from_seconds(0)));
        for younger in known {
            let identifiers = format!("{kinds} identifiers");
            let reason = Merged { at, source: source.clone(), identifiers };
            self.profile_mut(&younger).merged_into = Some(oldest.clone());
            self.profile_mut(&oldest).merged.insert(younger, reason);
        }
        Some(oldest)
    }

    fn since(&self, customer: &CustomerId) -> Instant {
        let since = self.profiles.get(customer).and_then(|profile| profile.since);
        since.map_or(Instant::from_milliseconds(i64::MAX), |since| since.0)
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
        let root = self.root_by_any_link(customer);
        let first = self.profiles.get(&root).cloned().unwrap_or_default();
        let mut waiting = vec![root];
        let mut others = Vec::new();
        while let Some(parent) = waiting.pop() {
            let below = self.profiles.get(&parent).into_iter().flat_map(|profile| profile.merged.keys());
            for id in below {
                let Some(found) = self.profiles.get(id) else { continue };
                if found.linked_to() == Some(&parent) {
                    waiting.push(id.clone());
                    others.push(found.clone());
                }
            }
        }
        first.united(others)
    }
}
