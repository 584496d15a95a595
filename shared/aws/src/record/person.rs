//! Recording what is told of a person.

use rihla_core::identifier::CustomerId;
use rihla_core::lattice::Join;
use rihla_core::source::SourceId;
use rihla_core::subject::ToldPerson;

use super::identity::{Identified, Sought};
use super::{Attempt, RecordError, Recorder};

impl Recorder {
    pub(super) async fn person(
        &self,
        attempt: Attempt,
        source: &SourceId,
        told: &ToldPerson,
    ) -> Result<(), RecordError> {
        if told.identifiers.is_empty() {
            return Err(RecordError::Nobody);
        }
        self.know(attempt, source, told).await.map(drop)
    }

    /// The customer whom the person's identifiers point at, with what is told of them on their profile. Nobody, where it was
    /// told before the person was forgotten.
    pub(super) async fn know(
        &self,
        attempt: Attempt,
        source: &SourceId,
        told: &ToldPerson,
    ) -> Result<Option<CustomerId>, RecordError> {
        let sought = Sought { source, person: told, order: None, also: None };
        let Identified { owner, pointers } = self.identify(attempt, sought).await?;
        if owner.has_forgotten(told.profile.since) {
            return Ok(None);
        }
        let mut first = pointers;
        first.extend(self.unwritten_words(attempt, &owner.customer, told).await?);
        first.extend(self.unwritten_names(&owner.customer, owner.document(), told));
        self.table.put_each(first).await?;
        let known = owner.profile.as_ref().map(|known| known.document.clone());
        let mut profile = owner.document();
        profile.join(told.profile.clone());
        if known.as_ref() != Some(&profile) {
            self.table.put(owner.write(&profile)).await?;
        }
        Ok(Some(owner.customer))
    }
}
