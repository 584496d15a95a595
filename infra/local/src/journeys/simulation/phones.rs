//! What is told by a phone number alone, as `shared/aws/src/record/phone.rs` has it: it makes nobody one with anybody.

use rihla_core::identifier::{CustomerId, HashedIdentifier, Identifier};
use rihla_core::lattice::{Earliest, Join};
use rihla_core::merge::Merged;
use rihla_core::pointer::{GivenBy, Pointer};
use rihla_core::source::SourceId;
use rihla_core::subject::ToldPerson;

use super::people::People;

impl People {
    /// The record of what is told by this number alone, linked to whose number it is.
    pub(super) fn known_by_phone(&mut self, source: &SourceId, phone: &HashedIdentifier) -> CustomerId {
        let named = self.named(phone);
        let pointer = self.pointers.entry(phone.clone()).or_default();
        pointer.customer.get_or_insert(named);
        let pointer = pointer.clone();
        self.link_by_phone(source, phone, &pointer)
    }

    /// Notes who gave the number, and links what was told by it alone to whoever gave it first.
    pub(super) fn give_phone(
        &mut self,
        source: &SourceId,
        phone: &HashedIdentifier,
        person: &ToldPerson,
        giver: &CustomerId,
    ) {
        let pointer = self.pointers.entry(phone.clone()).or_default();
        if pointer.customer.as_ref() == Some(giver) {
            return;
        }
        pointer.given_by.join(person.profile.since.map(|at| given_by(at, person, giver)));
        let pointer = pointer.clone();
        if pointer.customer.is_some() {
            self.link_by_phone(source, phone, &pointer);
        }
    }

    /// Links the number's own record to whoever gave the number first, unless it is.
    fn link_by_phone(
        &mut self,
        source: &SourceId,
        phone: &HashedIdentifier,
        pointer: &Pointer,
    ) -> CustomerId {
        let record = pointer.customer.clone().unwrap_or_else(|| self.named(phone));
        let Some(first) = &pointer.given_by else { return record };
        let linked = self.profile_mut(&record);
        if linked.phone_of.as_ref() == Some(&first.customer) {
            return record;
        }
        linked.phone_of = Some(first.customer.clone());
        let identifiers = "phone number alone".to_owned();
        let reason = Merged { at: first.at, source: source.clone(), identifiers };
        self.profile_mut(&first.customer).numbers.join([(record.clone(), reason)].into());
        record
    }
}

fn given_by(at: Earliest, person: &ToldPerson, giver: &CustomerId) -> GivenBy {
    let surest = person.identifiers.iter().find(|one| one.is_strong()).map(Identifier::print);
    GivenBy { at, with: surest.unwrap_or_else(|| giver.print()), customer: giver.clone() }
}
