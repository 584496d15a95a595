//! Who is it: identifiers to one customer. Where one event carries the identifiers of two, that is noted on both, and what is
//! told lies with the one to whom the surest identifier points. Nothing is moved, and no record leads to another: who is one
//! with whom, readers find from the notes (`rihla_core::identity::Circle`), so that a person can take two apart again.

use std::collections::BTreeMap;

use rihla_core::identifier::{CustomerId, Email, HashedIdentifier, Identifier};
use rihla_core::identity::Crowd;
use rihla_core::lattice::{Earliest, Join};
use rihla_core::pointer::Pointer;
use rihla_core::profile::Profile;
use rihla_core::source::SourceId;
use rihla_core::subject::ToldPerson;
use rihla_core::suppression::Suppression;

use super::{Attempt, Recorder};
use crate::table::{Key, TableError, Versioned, Write};

/// A customer's own record, with whomever it is one.
pub(super) struct Owner {
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

    /// Whom it was given for, with who uses it now, if it is an address.
    fn crowd(&self, uses: &Crowd) -> Crowd {
        let known = self.pointer.as_ref().map(|pointer| pointer.document.crowd.clone());
        let mut crowd = known.unwrap_or_default();
        if matches!(self.identifier, Identifier::Email(_)) {
            crowd.join(uses.clone());
        }
        crowd
    }

    /// What is to be written of it: that it points at somebody, where it points at nobody, and who uses it.
    fn news(&self, at_owner: &Pointer, uses: &Crowd) -> Option<Write> {
        let known = self.pointer.as_ref().map(|pointer| &pointer.document);
        let customer = self.customer().or(at_owner.customer.as_ref()).cloned();
        let document = Pointer { customer, crowd: self.crowd(uses), ..known.cloned().unwrap_or_default() };
        (known != Some(&document)).then(|| self.write(&document))
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
    likely: Option<Owner>,
}

/// Who a person is, and the pointers that say so: to be written before anything relies on them.
pub(super) struct Identified {
    pub(super) owner: Owner,
    pub(super) pointers: Vec<Write>,
}

impl Glimpse<'_> {
    /// The profile of this customer, if it was read.
    pub(super) fn profile_of(self, customer: &CustomerId) -> Option<Owner> {
        self.likely.filter(|owner| owner.customer == *customer)
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
        let Glimpse { found, likely } = glimpse;
        let closed: BTreeMap<Email, Suppression> = found.iter().filter_map(Found::closed).collect();
        let (sure, phones): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|found| found.identifier.is_strong());
        let uses = person.uses();
        let (shared, sure): (Vec<_>, Vec<_>) =
            sure.into_iter().partition(|found| found.crowd(&uses).is_many());
        if let (true, None, Some(phone)) = (sure.is_empty(), also, phones.first()) {
            let owner = self.known_by_phone(attempt, source, phone, likely).await?;
            return Ok(Identified { owner: Owner { closed, ..owner }, pointers: Vec::new() });
        }
        let known = if sure.is_empty() { &shared } else { &sure };
        let mut pointed = sure.iter().filter_map(Found::customer).chain(also).cloned();
        let by_many = || known.iter().find_map(Found::customer).cloned();
        let surest = pointed.next().or_else(by_many).unwrap_or_else(|| self.first_named(known, order));
        let mut owner = self.owner(attempt, surest, likely).await?;
        for other in pointed {
            owner = self.attest(attempt, source, person, owner, other).await?;
        }
        let at_owner = Pointer::at(owner.customer.clone());
        let news = sure.iter().chain(&shared).filter_map(|found| found.news(&at_owner, &uses));
        let mut pointers: Vec<Write> = news.collect();
        for phone in &phones {
            owner = self.give_phone(attempt, source, phone, person, owner, &mut pointers).await?;
        }
        Ok(Identified { owner: Owner { closed, ..owner }, pointers })
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
            Ok::<_, TableError>(Owner::new(customer, profile))
        });
        Ok((Glimpse { found, likely: likely.transpose()? }, order))
    }

    /// A customer has the name that the first of the identifiers, then known, gave: mostly it is still the first.
    fn likely_customer(&self, sought: Sought<'_>, hashed: &[HashedIdentifier]) -> Option<CustomerId> {
        let by_order = || sought.order.map(|order| self.identity_key.hash(order));
        let named = || hashed.first().cloned().or_else(by_order);
        sought.also.cloned().or_else(|| Some(self.identity_key.customer(&named()?)))
    }

    /// A customer's own record, which may have been read already.
    pub(super) async fn owner(
        &self,
        attempt: Attempt,
        customer: CustomerId,
        read: Option<Owner>,
    ) -> Result<Owner, TableError> {
        match read.filter(|read| read.customer == customer) {
            Some(read) => Ok(read),
            None => self.profile_of(attempt, customer).await,
        }
    }

    /// The same, read now.
    pub(super) async fn profile_of(
        &self,
        attempt: Attempt,
        customer: CustomerId,
    ) -> Result<Owner, TableError> {
        let profile = self.table.get(&Key::profile(&customer), attempt.freshness).await?;
        Ok(Owner::new(customer, profile))
    }

    /// The name of a customer of whom nothing was known: by the surest identifier, else by the order.
    fn first_named(&self, found: &[Found<'_>], order: Option<&Identifier>) -> CustomerId {
        let first = found.first().map(|found| found.hashed.clone());
        let first = first.or_else(|| order.map(|order| self.identity_key.hash(order)));
        let nobody = || self.identity_key.hash(&Identifier::Tracking(String::new()));
        self.identity_key.customer(&first.unwrap_or_else(nobody))
    }
}

impl Owner {
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
        Self { profile: Some(Versioned { document, version, swept_at: None }), ..self }
    }

    /// Whether that is what is on record.
    pub(super) fn is_written(&self, document: &Profile) -> bool {
        self.profile.as_ref().is_some_and(|known| known.document == *document)
    }
}
