//! A person as one, of all customers that turned out to be this person.

use rihla_core::identifier::CustomerId;
use rihla_core::identity::Circle;
use rihla_core::profile::Profile;

use crate::table::{Freshness, Key, Table, TableError, Versioned};

/// Joins `own`, the profile of `customer`, with those of all that are linked to it. Without links it reads nothing.
pub async fn united(table: &Table, own: &Profile, customer: &CustomerId) -> Result<Profile, TableError> {
    let circle = circle(table, customer, own.clone(), Freshness::MayBeStale).await?;
    let mut linked = circle.person(customer).into_iter().map(|(_, profile)| profile);
    let oldest = linked.next().unwrap_or_default();
    Ok(oldest.united(linked))
}

/// The customers who are one with this one at this moment, with their profiles, the oldest first; none where there is no such
/// customer.
pub async fn linked(table: &Table, customer: &CustomerId) -> Result<Vec<(CustomerId, Profile)>, TableError> {
    let Some(own) = profile(table, customer, Freshness::Latest).await? else { return Ok(Vec::new()) };
    Ok(circle(table, customer, own, Freshness::Latest).await?.person(customer))
}

/// All that are tied to this customer by what is known of them, whether they are one with it or not.
pub async fn circle(
    table: &Table,
    customer: &CustomerId,
    own: Profile,
    freshness: Freshness,
) -> Result<Circle, TableError> {
    let mut circle = Circle::default();
    circle.add(customer.clone(), own);
    while let Some(missing) = circle.missing() {
        let found = profile(table, &missing, freshness).await?;
        circle.add(missing, found.unwrap_or_default());
    }
    Ok(circle)
}

async fn profile(
    table: &Table,
    customer: &CustomerId,
    freshness: Freshness,
) -> Result<Option<Profile>, TableError> {
    let found: Option<Versioned<Profile>> = table.get(&Key::profile(customer), freshness).await?;
    Ok(found.map(|found| found.document))
}
