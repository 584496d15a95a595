//! Recording what is told of a person.

use rihla_core::lattice::Join;
use rihla_core::source::SourceId;
use rihla_core::subject::ToldPerson;

use super::{Attempt, RecordError, Recorder};
use crate::table::{Key, Versioned, Write};

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
        let root = self.identify(attempt, source, told, None, None).await?;
        let (key, known) = (Key::profile(&root.customer), root.profile);
        let mut profile = known.as_ref().map(|known| known.document.clone()).unwrap_or_default();
        profile.join(told.profile.clone());
        if known.as_ref().is_none_or(|known| known.document != profile) {
            self.table.put(Write::new(key, &profile, Versioned::expect(known.as_ref()))).await?;
        }
        Ok(())
    }
}
