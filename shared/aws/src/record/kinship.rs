//! Noting on two records what is known of whether they are one person.

use rihla_core::consent::Consents;
use rihla_core::identifier::{CustomerId, Identifier};
use rihla_core::identity::{Kinship, Pair};
use rihla_core::instant::Instant;
use rihla_core::lattice::{Earliest, Join};
use rihla_core::merge::Merged;
use rihla_core::profile::Profile;
use rihla_core::source::SourceId;
use rihla_core::subject::ToldPerson;

use super::identity::Owner;
use super::{Attempt, RecordError, Recorder};
use crate::table::{Freshness, TableError};

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

    /// Notes on both that one event carried identifiers of both, if that is news. Whether that makes them one depends on what
    /// else is known of them. A word on consent that came with the identifiers of both is a word of both, whoever is one with
    /// whom later.
    pub(super) async fn attest(
        &self,
        attempt: Attempt,
        source: &SourceId,
        person: &ToldPerson,
        one: Owner,
        other: CustomerId,
    ) -> Result<Owner, TableError> {
        let kinds: Vec<&str> = person.identifiers.iter().filter(|one| one.is_strong()).map(kind).collect();
        let at = person.profile.since.unwrap_or(Earliest(Instant::from_seconds(0)));
        let because = Merged { at, source: source.clone(), identifiers: kinds.join(", ") };
        let told = Kinship::attested(because);
        let words = &person.profile.consents;
        if one.customer == other || words.is_empty() && one.knows(&other, &told) {
            return Ok(one);
        }
        let other = self.profile_of(attempt, other).await?;
        self.tie(one, &other, &told, words).await
    }

    /// Writes on both what is told of whether they are one, and on the other what was agreed to or withdrawn by both.
    async fn tie(
        &self,
        one: Owner,
        other: &Owner,
        told: &Kinship,
        words: &Consents,
    ) -> Result<Owner, TableError> {
        let (mut document, mut others) = (one.document(), other.document());
        let kin = |customer: &CustomerId| [(customer.clone(), told.clone())].into();
        document.kin.join(kin(&other.customer));
        others.join(Profile { kin: kin(&one.customer), consents: words.clone(), ..Profile::default() });
        if other.is_written(&others) {
            return Ok(one);
        }
        self.table.put_together(vec![other.write(&others), one.write(&document)]).await?;
        Ok(one.written(document))
    }
}

impl Owner {
    /// Whether it is on record what is told of whether it is one with another.
    fn knows(&self, other: &CustomerId, told: &Kinship) -> bool {
        let known = self.profile.as_ref().and_then(|profile| profile.document.kin.get(other));
        known.is_some_and(|known| {
            let mut both = known.clone();
            both.join(told.clone());
            both == *known
        })
    }
}

fn kind(identifier: &Identifier) -> &'static str {
    match identifier {
        Identifier::Email(_) => "e-mail address",
        Identifier::SourceCustomer(..) => "customer id",
        Identifier::Phone(_) => "phone number",
        Identifier::Order(..) | Identifier::OrderNumber(..) => "order number",
        Identifier::Tracking(_) => "tracking number",
        Identifier::Conversation(..) => "conversation",
    }
}
