//! The customers who are one, as a forest of depth one: each points straight at the oldest of its group.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::kinship::{Kinship, Kinships, Pair};
use crate::identifier::CustomerId;
use crate::instant::Instant;
use crate::lattice::Earliest;

/// Who is one with whom. It follows from the facts alone: their order of arrival and repeats change nothing.
///
/// Links that persons made come first, the newest before the others, then attested ones, the oldest first. A link that would
/// make two customers one of whom a person said that they are apart is held back, through however many others it goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forest {
    roots: BTreeMap<CustomerId, CustomerId>,
    held_back: Vec<Pair>,
}

/// A customer who is linked, while the forest grows.
#[derive(Default)]
struct Growing {
    parents: BTreeMap<CustomerId, CustomerId>,
}

impl Forest {
    /// What follows from what is `known`. `since` tells when a customer was first heard of: the oldest of a group is its root,
    /// of two of one moment the lesser id.
    pub fn of(known: &Kinships, since: impl Fn(&CustomerId) -> Option<Earliest>) -> Self {
        let apart: Vec<&Pair> =
            known.iter().filter(|(_, kinship)| kinship.is_apart()).map(|(pair, _)| pair).collect();
        let mut growing = Growing::default();
        let mut held_back = Vec::new();
        for pair in links(known) {
            if growing.would_join(pair, &apart) {
                held_back.push(pair.clone());
            } else {
                growing.link(pair);
            }
        }
        held_back.sort();
        Self { roots: growing.roots(since), held_back }
    }

    /// The customer whose record continues this one's.
    pub fn root<'a>(&'a self, customer: &'a CustomerId) -> &'a CustomerId {
        self.roots.get(customer).unwrap_or(customer)
    }

    /// The groups of more than one, by their roots.
    pub fn groups(&self) -> BTreeMap<&CustomerId, BTreeSet<&CustomerId>> {
        let mut groups: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for (member, root) in &self.roots {
            groups.entry(root).or_default().insert(member);
        }
        groups
    }

    /// Links that would have made customers one who are apart.
    pub fn held_back(&self) -> &[Pair] {
        &self.held_back
    }
}

/// The links that stand, in the order in which they count.
fn links(known: &Kinships) -> impl Iterator<Item = &Pair> {
    let mut links: Vec<(_, &Pair)> =
        known.iter().filter_map(|(pair, kinship)| Some((rank(kinship)?, pair))).collect();
    links.sort();
    links.into_iter().map(|(_, pair)| pair)
}

/// The lesser, the more it counts.
fn rank(kinship: &Kinship) -> Option<(bool, Reverse<Option<Instant>>, Option<Earliest>)> {
    match (&kinship.said, &kinship.attested) {
        _ if kinship.is_apart() => None,
        (Some(said), _) => Some((false, Reverse(Some(said.at)), None)),
        (None, Some(attested)) => Some((true, Reverse(None), Some(attested.at))),
        (None, None) => None,
    }
}

impl Growing {
    /// The top of the tree of a customer; the way to it is shortened.
    fn top(&mut self, customer: &CustomerId) -> CustomerId {
        let mut top = customer;
        while let Some(parent) = self.parents.get(top).filter(|parent| *parent != top) {
            top = parent;
        }
        let top = top.clone();
        self.parents.insert(customer.clone(), top.clone());
        top
    }

    fn link(&mut self, pair: &Pair) {
        let [one, other] = pair.customers().map(|customer| self.top(customer));
        self.parents.insert(other, one);
    }

    fn would_join(&mut self, pair: &Pair, apart: &[&Pair]) -> bool {
        if apart.is_empty() {
            return false;
        }
        let tops = pair.customers().map(|customer| self.top(customer));
        let mut swapped = tops.clone();
        swapped.reverse();
        apart.iter().any(|apart| {
            let ends = apart.customers().map(|customer| self.top(customer));
            ends == tops || ends == swapped
        })
    }

    /// Everybody's root: the oldest of the group.
    fn roots(mut self, since: impl Fn(&CustomerId) -> Option<Earliest>) -> BTreeMap<CustomerId, CustomerId> {
        let mut groups: BTreeMap<CustomerId, Vec<CustomerId>> = BTreeMap::new();
        for member in self.parents.keys().cloned().collect::<Vec<_>>() {
            groups.entry(self.top(&member)).or_default().push(member);
        }
        // Whoever was never heard of is younger than everybody.
        let age = |customer: &&CustomerId| {
            let since = since(customer);
            (since.is_none(), since, (*customer).clone())
        };
        let mut roots = BTreeMap::new();
        for members in groups.into_values().filter(|members| members.len() > 1) {
            let root = members.iter().min_by_key(age).cloned();
            roots.extend(members.into_iter().zip(root.into_iter().cycle()));
        }
        roots
    }
}
