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
use crate::table::{Expect, Key, TableError, Versioned, Write};

/// The customer at the end of the links.
pub(super) struct Root {
    pub(super) customer: CustomerId,
    pub(super) profile: Option<Versioned<Profile>>,
}

/// What one identifier points at now.
struct Found<'a> {
    identifier: &'a Identifier,
    hashed: HashedIdentifier,
    pointer: Option<Versioned<Pointer>>,
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
        let pointed =
            |found: &Found<'_>| found.pointer.as_ref().and_then(|pointer| pointer.document.customer.clone());
        let strong = found.iter().filter(|found| found.identifier.is_strong()).filter_map(pointed);
        let mut customers: Vec<CustomerId> = strong.chain(also.cloned()).collect();
        let has_strong = person.identifiers.iter().any(Identifier::is_strong);
        if customers.is_empty() && !has_strong {
            customers.extend(found.iter().find_map(pointed));
        }
        let known = self.roots(attempt, customers).await?;
        let root = match self.as_one(source, person, known).await? {
            Some(root) => root,
            None => self.root(attempt, self.first_named(&found, order)).await?,
        };
        for found in found.into_iter().filter(|found| pointed(found).is_none()) {
            let expect = Versioned::expect(found.pointer.as_ref());
            let document = Pointer::at(root.customer.clone());
            self.table.put(Write::new(Key::pointer(&found.hashed), &document, expect)).await?;
        }
        Ok(root)
    }

    /// Follows the links from a customer.
    pub(super) async fn root(&self, attempt: Attempt, customer: CustomerId) -> Result<Root, TableError> {
        let mut customer = customer;
        loop {
            let profile: Option<Versioned<Profile>> =
                self.table.get(&Key::profile(&customer), attempt.freshness).await?;
            match profile.as_ref().and_then(|profile| profile.document.merged_into.clone()) {
                Some(next) => customer = next,
                None => return Ok(Root { customer, profile }),
            }
        }
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
        let expected = Versioned::expect(oldest.profile.as_ref());
        let write = |root: &Root, document: &Profile| {
            Write::new(Key::profile(&root.customer), document, Versioned::expect(root.profile.as_ref()))
        };
        self.table.put_together(vec![write(&younger, &linked), write(&oldest, &grown)]).await?;
        let version = if let Expect::Version(version) = expected { version + 1 } else { 1 };
        Ok(Root { customer: oldest.customer, profile: Some(Versioned { document: grown, version }) })
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
    fn document(&self) -> Profile {
        self.profile.as_ref().map(|profile| profile.document.clone()).unwrap_or_default()
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
    }
}
