//! Who is it: identifiers to one customer. Where one event carries the identifiers of two, the younger is linked to
//! the older; nothing is moved.

use std::collections::BTreeMap;

use rihla_core::identifier::{CustomerId, HashedIdentifier, Identifier};
use rihla_core::instant::Instant;
use rihla_core::lattice::Earliest;
use rihla_core::merge::Merged;
use rihla_core::pointer::Pointer;
use rihla_core::profile::Profile;
use rihla_core::source::SourceId;
use rihla_core::subject::ToldPerson;

use super::{Attempt, Recorder};
use crate::table::{Key, TableError, Versioned, Write};

/// The customer at the end of the links.
pub(super) struct Root {
    pub(super) customer: CustomerId,
    pub(super) profile: Option<Versioned<Profile>>,
}

/// What one identifier points at now.
pub(super) struct Found<'a> {
    identifier: &'a Identifier,
    pub(super) hashed: HashedIdentifier,
    pub(super) pointer: Option<Versioned<Pointer>>,
}

impl Found<'_> {
    fn customer(&self) -> Option<&CustomerId> {
        self.pointer.as_ref()?.document.customer.as_ref()
    }
}

impl Recorder {
    /// The customer whom the person's identifiers point at, made if there is none. Identifiers that pointed at nobody
    /// point at this customer afterwards. `order` names the customer of an order without a known buyer; `also` is a
    /// customer of whom it is certain that it is this person.
    pub(super) async fn identify(
        &self,
        attempt: Attempt,
        source: &SourceId,
        person: &ToldPerson,
        order: Option<&Identifier>,
        also: Option<&CustomerId>,
    ) -> Result<Root, TableError> {
        let found = self.look_up(attempt, &person.identifiers).await?;
        let (sure, phones): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|found| found.identifier.is_strong());
        if let (true, None, Some(phone)) = (sure.is_empty(), also, phones.first()) {
            return self.known_by_phone(attempt, source, phone).await;
        }
        let pointed = sure.iter().filter_map(Found::customer).chain(also);
        let known = self.roots(attempt, pointed.cloned().collect()).await?;
        let mut root = match self.as_one(source, person, known).await? {
            Some(root) => root,
            None => self.root(attempt, self.first_named(&sure, order)).await?,
        };
        for found in sure.iter().filter(|found| found.customer().is_none()) {
            self.point(found, &Pointer::at(root.customer.clone())).await?;
        }
        for phone in &phones {
            root = self.give_phone(attempt, source, phone, person, root).await?;
        }
        Ok(root)
    }

    pub(super) async fn point(&self, found: &Found<'_>, document: &Pointer) -> Result<(), TableError> {
        let expect = Versioned::expect(found.pointer.as_ref());
        self.table.put(Write::new(Key::pointer(&found.hashed), document, expect)).await
    }

    /// Follows the links from a customer, but not those by a phone number alone: they may come to lead elsewhere.
    pub(super) async fn root(&self, attempt: Attempt, customer: CustomerId) -> Result<Root, TableError> {
        let mut customer = customer;
        loop {
            let found = self.profile_of(attempt, customer).await?;
            match found.profile.as_ref().and_then(|profile| profile.document.merged_into.clone()) {
                Some(next) => customer = next,
                None => return Ok(found),
            }
        }
    }

    /// A customer with the profile, wherever its links lead.
    pub(super) async fn profile_of(
        &self,
        attempt: Attempt,
        customer: CustomerId,
    ) -> Result<Root, TableError> {
        let profile = self.table.get(&Key::profile(&customer), attempt.freshness).await?;
        Ok(Root { customer, profile })
    }

    async fn look_up<'a>(
        &self,
        attempt: Attempt,
        identifiers: &'a [Identifier],
    ) -> Result<Vec<Found<'a>>, TableError> {
        let hashed: Vec<HashedIdentifier> =
            identifiers.iter().map(|one| self.identity_key.hash(one)).collect();
        let keys: Vec<Key> = hashed.iter().map(Key::pointer).collect();
        let pointers = self.table.get_many(&keys, attempt.freshness).await?;
        let mut pointers: BTreeMap<Key, Versioned<Pointer>> = pointers.into_iter().collect();
        let found = identifiers.iter().zip(hashed).zip(keys);
        Ok(found
            .map(|((identifier, hashed), key)| Found { identifier, hashed, pointer: pointers.remove(&key) })
            .collect())
    }

    async fn roots(&self, attempt: Attempt, customers: Vec<CustomerId>) -> Result<Vec<Root>, TableError> {
        let mut roots: Vec<Root> = Vec::new();
        for customer in customers {
            if roots.iter().any(|root| root.customer == customer) {
                continue;
            }
            let root = self.root(attempt, customer).await?;
            if roots.iter().all(|known| known.customer != root.customer) {
                roots.push(root);
            }
        }
        Ok(roots)
    }

    /// Links all to the one heard of first. Gives that one.
    async fn as_one(
        &self,
        source: &SourceId,
        person: &ToldPerson,
        mut roots: Vec<Root>,
    ) -> Result<Option<Root>, TableError> {
        roots.sort_by_key(|root| (root.since(), root.customer.clone()));
        let mut roots = roots.into_iter();
        let Some(mut oldest) = roots.next() else { return Ok(None) };
        for younger in roots {
            oldest = self.link(source, person, oldest, younger).await?;
        }
        Ok(Some(oldest))
    }

    async fn link(
        &self,
        source: &SourceId,
        person: &ToldPerson,
        oldest: Root,
        younger: Root,
    ) -> Result<Root, TableError> {
        let kinds: Vec<&str> = person.identifiers.iter().filter(|one| one.is_strong()).map(kind).collect();
        let at = person.profile.since.unwrap_or(Earliest(Instant::from_seconds(0)));
        let reason = Merged { at, source: source.clone(), identifiers: kinds.join(", ") };
        let mut linked = younger.document();
        linked.merged_into = Some(oldest.customer.clone());
        let mut grown = oldest.document();
        grown.merged.insert(younger.customer.clone(), reason);
        self.table.put_together(vec![younger.write(&linked), oldest.write(&grown)]).await?;
        Ok(oldest.written(grown))
    }

    /// The name of a customer of whom nothing was known: by the surest identifier, else by the order.
    fn first_named(&self, found: &[Found<'_>], order: Option<&Identifier>) -> CustomerId {
        let first = found.first().map(|found| found.hashed.clone());
        let first = first.or_else(|| order.map(|order| self.identity_key.hash(order)));
        let nobody = || self.identity_key.hash(&Identifier::Tracking(String::new()));
        self.identity_key.customer(&first.unwrap_or_else(nobody))
    }
}

impl Root {
    pub(super) fn document(&self) -> Profile {
        self.profile.as_ref().map(|profile| profile.document.clone()).unwrap_or_default()
    }

    pub(super) fn write(&self, document: &Profile) -> Write {
        Write::new(Key::profile(&self.customer), document, Versioned::expect(self.profile.as_ref()))
    }

    /// As it is after that was written.
    pub(super) fn written(self, document: Profile) -> Self {
        let version = self.profile.map_or(0, |known| known.version) + 1;
        Self { customer: self.customer, profile: Some(Versioned { document, version }) }
    }

    fn since(&self) -> Instant {
        let since = self.profile.as_ref().and_then(|profile| profile.document.since);
        since.map_or(Instant::from_milliseconds(i64::MAX), |since| since.0)
    }
}

fn kind(identifier: &Identifier) -> &'static str {
    match identifier {
        Identifier::Email(_) => "e-mail address",
        Identifier::SourceCustomer(..) => "customer id",
        Identifier::Phone(_) => "phone number",
        Identifier::Order(..) => "order number",
        Identifier::Tracking(_) => "tracking number",
        Identifier::Conversation(..) => "conversation",
    }
}
