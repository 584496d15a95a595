//! A person as one, of all customers that turned out to be this person.

use rihla_core::identifier::CustomerId;
use rihla_core::profile::Profile;

use crate::table::{Freshness, Key, Table, TableError, Versioned};

/// Joins `own`, the profile of `customer`, with those of all that are linked to it. Without links it reads nothing.
pub async fn united(table: &Table, own: &Profile, customer: &CustomerId) -> Result<Profile, TableError> {
    let linked = linked_with(table, own, customer, Freshness::MayBeStale).await?;
    let mut linked = linked.into_iter().map(|(_, profile)| profile);
    let root = linked.next().unwrap_or_default();
    Ok(root.united(linked))
}

/// The customers who are one with this one at this moment, with their profiles, the root first; none where there is no such
/// customer.
pub async fn linked(table: &Table, customer: &CustomerId) -> Result<Vec<(CustomerId, Profile)>, TableError> {
    match profile(table, customer, Freshness::Latest).await? {
        Some(own) => linked_with(table, &own, customer, Freshness::Latest).await,
        None => Ok(Vec::new()),
    }
}

async fn linked_with(
    table: &Table,
    own: &Profile,
    customer: &CustomerId,
    freshness: Freshness,
) -> Result<Vec<(CustomerId, Profile)>, TableError> {
    let (mut root_id, mut root) = (customer.clone(), own.clone());
    while let Some(next) = root.linked_to().cloned() {
        let Some(found) = profile(table, &next, freshness).await? else { break };
        (root_id, root) = (next, found);
    }
    let mut waiting: Vec<(CustomerId, CustomerId)> = below(&root_id, &root);
    let mut linked = vec![(root_id, root)];
    while let Some((parent, id)) = waiting.pop() {
        let Some(found) = profile(table, &id, freshness).await? else { continue };
        // Whoever knew a phone number first may have been heard of later: then the link leads elsewhere by now.
        if found.linked_to() == Some(&parent) {
            waiting.extend(below(&id, &found));
            linked.push((id, found));
        }
    }
    Ok(linked)
}

/// The customers that were linked to this one, each with it.
fn below(parent: &CustomerId, profile: &Profile) -> Vec<(CustomerId, CustomerId)> {
    profile.merged.keys().map(|child| (parent.clone(), child.clone())).collect()
}

async fn profile(
    table: &Table,
    customer: &CustomerId,
    freshness: Freshness,
) -> Result<Option<Profile>, TableError> {
    let found: Option<Versioned<Profile>> = table.get(&Key::profile(customer), freshness).await?;
    Ok(found.map(|found| found.document))
}
