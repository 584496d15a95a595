//! What is told by a phone number alone. Families share a number, so it makes nobody one with anybody; it only says whose
//! record continues the number's own: that of whoever gave the number first, together with something surer.
//!
//! What is told by the number alone lies in a record of its own, so that it can come to belong to somebody else when an
//! earlier word arrives later.

use rihla_core::identifier::{HashedIdentifier, Identifier};
use rihla_core::lattice::{Earliest, Join};
use rihla_core::merge::Merged;
use rihla_core::pointer::{GivenBy, Pointer};
use rihla_core::source::SourceId;
use rihla_core::subject::ToldPerson;

use super::identity::{Found, Owner};
use super::{Attempt, Recorder};
use crate::table::{TableError, Versioned, Write};

impl Recorder {
    /// The record of what is told by this number alone, linked to whose number it is.
    pub(super) async fn known_by_phone(
        &self,
        attempt: Attempt,
        source: &SourceId,
        phone: &Found<'_>,
        read: Option<Owner>,
    ) -> Result<Owner, TableError> {
        let mut pointer = phone.document();
        if pointer.customer.is_none() {
            pointer.customer = Some(self.identity_key.customer(&phone.hashed));
            self.table.put(phone.write(&pointer)).await?;
        }
        self.link_by_phone(attempt, source, &phone.hashed, &pointer, read).await
    }

    /// Notes who gave the number, and links what was told by it alone to whoever gave it first. Where nothing was, the note
    /// is left to be written with the other pointers.
    pub(super) async fn give_phone(
        &self,
        attempt: Attempt,
        source: &SourceId,
        phone: &Found<'_>,
        person: &ToldPerson,
        giver: Owner,
        pointers: &mut Vec<Write>,
    ) -> Result<Owner, TableError> {
        let known = phone.document();
        if known.customer.as_ref() == Some(&giver.customer) {
            return Ok(giver);
        }
        let mut pointer = known.clone();
        pointer.given_by.join(person.profile.since.map(|at| given_by(at, person, &giver)));
        let note = (pointer != known).then(|| phone.write(&pointer));
        if pointer.customer.is_none() {
            pointers.extend(note);
            return Ok(giver);
        }
        if let Some(note) = note {
            self.table.put(note).await?;
        }
        self.link_by_phone(attempt, source, &phone.hashed, &pointer, None).await?;
        self.profile_of(attempt, giver.customer).await
    }

    /// Links the number's own record to whoever gave the number first, unless it is.
    async fn link_by_phone(
        &self,
        attempt: Attempt,
        source: &SourceId,
        phone: &HashedIdentifier,
        pointer: &Pointer,
        read: Option<Owner>,
    ) -> Result<Owner, TableError> {
        let named = pointer.customer.clone().unwrap_or_else(|| self.identity_key.customer(phone));
        let record = self.owner(attempt, named.clone(), read).await?;
        let mut linked = record.document();
        let Some(first) = &pointer.given_by else { return Ok(record) };
        if linked.phone_of.as_ref() == Some(&first.customer) {
            return Ok(record);
        }
        let giver = self.profile_of(attempt, first.customer.clone()).await?;
        let mut grown = giver.document();
        let reason =
            Merged { at: first.at, source: source.clone(), identifiers: "phone number alone".to_owned() };
        grown.numbers.join([(named, reason)].into());
        linked.phone_of = Some(first.customer.clone());
        self.table.put_together(vec![record.write(&linked), giver.write(&grown)]).await?;
        Ok(record.written(linked))
    }
}

fn given_by(at: Earliest, person: &ToldPerson, giver: &Owner) -> GivenBy {
    let surest = person.identifiers.iter().find(|one| one.is_strong()).map(Identifier::print);
    let customer = giver.customer.clone();
    GivenBy { at, with: surest.unwrap_or_else(|| customer.print()), customer }
}

impl Found<'_> {
    fn document(&self) -> Pointer {
        self.pointer.as_ref().map(|Versioned { document, .. }| document.clone()).unwrap_or_default()
    }
}
