//! Noting on two records what is said of whether they are one person.

use rihla_core::consent::Consents;
use rihla_core::identity::{Kinship, Pair};

use super::{Attempt, RecordError, Recorder};
use crate::table::Freshness;

impl Recorder {
    /// Notes it on both, or on none. What was noted before, by an event or a person, stays beside it.
    pub async fn note_kinship(&self, pair: &Pair, told: &Kinship) -> Result<(), RecordError> {
        self.repeat(async |attempt| {
            let attempt = Attempt { freshness: Freshness::Latest, ..attempt };
            let [one, other] = pair.customers();
            let one = self.profile_of(attempt, one.clone()).await?;
            let other = self.profile_of(attempt, other.clone()).await?;
            self.tie(one, &other, told, &Consents::default()).await?;
            Ok(())
        })
        .await
    }
}
