//! Who is it: identifiers to one customer. Where one event carries the identifiers of two, the younger is linked to
//! the older; nothing is moved.

use std::collections::BTreeMap;

use rihla_core::identifier::{CustomerId, Email, HashedIdentifier, Identifier};
use rihla_core::instant::Instant;
use rihla_core::lattice::{Earliest, Join};
use rihla_core::merge::Merged;
use rihla_core::pointer::Pointer;
use rihla_core::profile::Profile;
use rihla_core::source::SourceId;
use rihla_core::subject::ToldPerson;
use rihla_core::suppression::Suppression;

use super::{Attempt, Recorder};
use crate::table::{Key, TableError, Versioned, Write};

/// The customer at the end of the links.
pub(super) struct Root {
    pub(super) customer: CustomerId,
    pub(super) profile: Option<Versioned<Profile>>,
    /// Addresses of somebody who was forgotten and came back, to which no mail may go all the same.
    pub(super) closed: BTreeMap<Email, Suppression>,
}

/// What one identifier points at now.
pub(super) struct Found<'a> {
    identifier: &'a Identifier,
    pub(super) hashed: HashedIdentifier,
    pub(super) pointer: Option<Versioned<Pointer>>,
}

impl Found<'_> {
    /// Has it point so.
    pub(super) fn write(&self, document: &Pointer) -> Write {
        Write::new(Key::pointer(&self.hashed), document, Versioned::expect(self.pointer.as_ref()))
    }

    fn customer(&self) -> Option<&CustomerId> {
        self.pointer.as_ref()?.document.customer.as_ref()
    }

    /// The address that it is, if no mail may go there since before its owner was forgotten.
    fn closed(&self) -> Option<(Email, Suppression)> {
        let Identifier::Email(email) = self.identifier else { return None };
        Some((email.clone(), self.pointer.as_ref()?.document.suppressed?))
    }
}

/// Who is looked for.
#[derive(Clone, Copy)]
pub(super) struct Sought<'a> {
    pub(super) source: &'a SourceId,
    pub(super) person: &'a ToldPerson,
    /// Names the customer of an order without a known buyer.
    pub(super) order: Option<&'a Identifier>,
    /// A customer of whom it is certain that it is this person.
    pub(super) also: Option<&'a CustomerId>,
}

/// What was read of a person at once: what the identifiers point at, and the profile to which they most likely lead.
pub(super) struct Glimpse<'a> {
    found: Vec<Found<'a>>,
    likely: Option<Root>,
}

/// Who a person is, and the pointers that say so: to be written before anything relies on them.
pub(super) struct Identified {
    pub(super) root: Root,
    pub(super) pointers: Vec<Write>,
}

impl Glimpse<'_> {
    /// The profile of this customer, if it was read.
    pub(super) fn profile_of(self, customer: &CustomerId) -> Option<Root> {
        self.likely.filter(|root| root.customer == *customer)
    }
}

impl Recorder {
    /// The customer whom the person's identifiers point at, made if there is none. Identifiers that point at nobody are to
    /// point at this customer.
    pub(super) async fn identify(
        &self,
        attempt: Attempt,
        sought: Sought<'_>,
    ) -> Result<Identified, TableError> {
        let (glimpse, _) = self.look_up(attempt, sought, None).await?;
        self.identify_by(attempt, sought, glimpse).await
    }

    /// The same, of what was read already.
    pub(super) async fn identify_by(
        &self,
        attempt: Attempt,
        sought: Sought<'_>,
        glimpse: Glimpse<'_>,
    ) -> Result<Identified, TableError> {
        let Sought { source, person, order, also } = sought;
        let Glimpse { found, mut likely } = glimpse;
        let closed: BTreeMap<Email, Suppression> = found.iter().filter_map(Found::closed).collect();
        let (sure, phones): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|found| found.identifier.is_strong());
        if let (true, None, Some(phone)) = (sure.is_empty(), also, phones.first()) {
            let root = self.known_by_phone(attempt, source, phone, likely).await?;
            return Ok(Identified { root: Root { closed, ..root }, pointers: Vec::new() });
        }
        let pointed = sure.iter().filter_map(Found::customer).chain(also);
        let known = self.roots(attempt, pointed.cloned().collect(), &mut likely).await?;
        let mut root = match self.as_one(source, person, known).await? {
            Some(root) => root,
            None => self.root(attempt, self.first_named(&sure, order), &mut likely).await?,
        };
        let unknown = sure.iter().filter(|found| found.customer().is_none());
        let at_root = Pointer::at(root.customer.clone());
        let mut pointers: Vec<Write> = unknown.map(|found| found.write(&at_root)).collect();
        for phone in &phones {
            root = self.give_phone(attempt, source, phone, person, root, &mut pointers).await?;
        }
        Ok(Identified { root: Root { closed, ..root }, pointers })
    }

    /// Reads at once what the identifiers point at, the profile to which they most likely lead, and the pointer of the
    /// order, if that is asked for, too.
    pub(super) async fn look_up<'a>(
        &self,
        attempt: Attempt,
        sought: Sought<'a>,
        order: Option<&Key>,
    ) -> Result<(Glimpse<'a>, Option<Versioned<Pointer>>), TableError> {
        let identifiers = &sought.person.identifiers;
        let hashed: Vec<_> = identifiers.iter().map(|one| self.identity_key.hash(one)).collect();
        let likely = self.likely_customer(sought, &hashed);
        let pointers: Vec<Key> = hashed.iter().map(Key::pointer).collect();
        let profile = likely.as_ref().map(Key::profile);
        let keys: Vec<Key> = pointers.iter().cloned().chain(profile).chain(order.cloned()).collect();
        let mut read = self.table.get_many(&keys, attempt.freshness).await?;
        let mut found = Vec::with_capacity(identifiers.len());
        for ((identifier, hashed), key) in identifiers.iter().zip(hashed).zip(&pointers) {
            found.push(Found { identifier, hashed, pointer: read.take(key)? });
        }
        let order = order.map(|key| read.take(key)).transpose()?.flatten();
        let likely = likely.map(|customer| {
            let profile = read.take(&Key::profile(&customer))?;
            Ok::<_, TableError>(Root::new(customer, profile))
        });
        Ok((Glimpse { found, likely: likely.transpose()? }, order))
    }

    /// A customer has the name that the first of the identifiers, then known, gave: mostly it is still the first.
    fn likely_customer(&self, sought: Sought<'_>, hashed: &[HashedIdentifier]) -> Option<CustomerId> {
        let by_order = || sought.order.map(|order| self.identity_key.hash(order));
        let named = || hashed.first().cloned().or_else(by_order);
        sought.also.cloned().or_else(|| Some(self.identity_key.customer(&named()?)))
    }

    /// Follows the links from a customer, but not those by a phone number alone: they may come to lead elsewhere.
    /// `read` is a profile that was read already.
    pub(super) async fn root(
        &self,
        attempt: Attempt,
        mut customer: CustomerId,
        read: &mut Option<Root>,
    ) -> Result<Root, TableError> {
        loop {
            let found = match read.take_if(|read| read.customer == customer) {
                Some(read) => read,
                None => self.profile_of(attempt, customer).await?,
            };
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
        Ok(Root::new(customer, profile))
    }

    async fn roots(
        &self,
        attempt: Attempt,
        customers: Vec<CustomerId>,
        read: &mut Option<Root>,
    ) -> Result<Vec<Root>, TableError> {
        let mut roots: Vec<Root> = Vec::new();
        for customer in customers {
            if roots.iter().any(|root| root.customer == customer) {
                continue;
            }
            let root = self.root(attempt, customer, read).await?;
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
    pub(super) fn new(customer: CustomerId, profile: Option<Versioned<Profile>>) -> Self {
        Self { customer, profile, closed: BTreeMap::new() }
    }

    pub(super) fn document(&self) -> Profile {
        let mut document = self.profile.as_ref().map(|profile| profile.document.clone()).unwrap_or_default();
        document.suppressed.join(self.closed.clone());
        document
    }

    /// Whether what was told then was told before the person was forgotten.
    pub(super) fn has_forgotten(&self, told_at: Option<Earliest>) -> bool {
        let profile = self.profile.as_ref().map(|profile| &profile.document);
        profile.zip(told_at).is_some_and(|(profile, at)| profile.has_forgotten(at.0))
    }

    pub(super) fn write(&self, document: &Profile) -> Write {
        Write::new(Key::profile(&self.customer), document, Versioned::expect(self.profile.as_ref()))
    }

    /// As it is after that was written.
    pub(super) fn written(self, document: Profile) -> Self {
        let version = self.profile.map_or(0, |known| known.version) + 1;
        Self { profile: Some(Versioned { document, version }), ..self }
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
