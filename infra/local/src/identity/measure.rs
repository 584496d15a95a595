//! How many of those who are one are found, and how many of those found are one: by pairs.

use std::collections::BTreeMap;
use std::fmt;

use rihla_core::identifier::{CustomerId, HashedIdentifier, Identifier, IdentityKey};
use rihla_core::identity::{Crowd, Forest, Kinship, Kinships, Pair, SharedBy, name_print};
use rihla_core::instant::Instant;
use rihla_core::lattice::{Earliest, Join};
use rihla_core::merge::Merged;
use rihla_core::subject::ToldPerson;
use serde::Serialize;

use super::Record;

/// What was found.
#[derive(Clone, Debug, Serialize)]
pub struct Found {
    /// How many records there are.
    pub records: usize,
    /// How many people they are found to be.
    pub people_found: usize,
    /// Pairs of records that are one person in truth.
    pub pairs_true: usize,
    /// Pairs of records that are found to be one person.
    pub pairs_found: usize,
    /// The part of the pairs found that is true; none where no pair was found.
    pub precision: Option<f64>,
    /// The part of the true pairs that was found; none where there is none.
    pub recall: Option<f64>,
    /// How long it took.
    pub seconds: f64,
    /// Identifiers that make nobody one though they might, by the reason.
    #[serde(skip)]
    pub shared: BTreeMap<String, usize>,
}

/// What one identifier was used for.
struct Use<'a> {
    identifier: Identifier,
    crowd: Crowd,
    records: Vec<&'a Record>,
}

impl Found {
    /// What the rules find in these records.
    pub fn of(records: &[Record]) -> Self {
        let uses = uses(records);
        let mut shared: BTreeMap<String, usize> = BTreeMap::new();
        let mut known = Kinships::new();
        for used in uses.values() {
            match SharedBy::of(&used.identifier, &[], &used.crowd) {
                Some(by) => *shared.entry(by.reason()).or_default() += 1,
                None => known.extend(used.kinships()),
            }
        }
        let forest = Forest::of(&known, |_| None);
        Self { shared, ..Self::counted(records, &forest) }
    }

    fn counted(records: &[Record], forest: &Forest) -> Self {
        let root = |record: &Record| forest.root(&record.id).clone();
        let people = counts(records.iter().map(root));
        let right = pairs(counts(records.iter().map(|record| (root(record), &record.truth))).into_values());
        let pairs_true = pairs(counts(records.iter().map(|record| &record.truth)).into_values());
        let people_found = people.len();
        let pairs_found = pairs(people.into_values());
        Self {
            records: records.len(),
            people_found,
            pairs_true,
            pairs_found,
            precision: part(right, pairs_found),
            recall: part(right, pairs_true),
            seconds: 0.0,
            shared: BTreeMap::new(),
        }
    }
}

/// What each identifier was used for, as its key in the table would be.
fn uses(records: &[Record]) -> BTreeMap<HashedIdentifier, Use<'_>> {
    let key = IdentityKey::new(*b"a measurement keeps nothing");
    let mut by_key: BTreeMap<HashedIdentifier, Use<'_>> = BTreeMap::new();
    for record in records {
        let told = ToldPerson::by(&record.source, &record.person, moment());
        let name = record.person.first_name.as_deref().and_then(name_print);
        for identifier in told.identifiers {
            let new = || Use { identifier: identifier.clone(), crowd: Crowd::default(), records: Vec::new() };
            let used = by_key.entry(key.hash(&identifier)).or_insert_with(new);
            used.crowd.join(Crowd::of(None, name));
            used.records.push(record);
        }
    }
    by_key
}

impl Use<'_> {
    /// Everybody who has it, linked to the first.
    fn kinships(&self) -> impl Iterator<Item = (Pair, Kinship)> {
        let link = |record: &&Record| {
            let attested =
                Merged { at: Earliest(moment()), source: record.source.clone(), identifiers: String::new() };
            Some((Pair::of(self.first().clone(), record.id.clone())?, Kinship::attested(attested)))
        };
        self.records.iter().filter_map(link)
    }

    fn first(&self) -> &CustomerId {
        &self.records[0].id
    }
}

/// All is told at one moment: who is one does not depend on it.
fn moment() -> Instant {
    Instant::from_seconds(0)
}

fn counts<T: Ord>(things: impl Iterator<Item = T>) -> BTreeMap<T, usize> {
    things.fold(BTreeMap::new(), |mut counts, thing| {
        *counts.entry(thing).or_default() += 1;
        counts
    })
}

fn pairs(sizes: impl Iterator<Item = usize>) -> usize {
    sizes.map(|size| size * (size - 1) / 2).sum()
}

#[expect(clippy::cast_precision_loss, reason = "no set has 2^52 pairs")]
fn part(of: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| of as f64 / whole as f64)
}

impl fmt::Display for Found {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = |part: Option<f64>| part.map_or("none".to_owned(), |part| format!("{part:.4}"));
        writeln!(formatter, "{} records are {} people", self.records, self.people_found)?;
        writeln!(formatter, "{} pairs found of {} true ones", self.pairs_found, self.pairs_true)?;
        write!(formatter, "precision {}, recall {}", part(self.precision), part(self.recall))?;
        for (reason, count) in &self.shared {
            write!(formatter, "\nleft aside: {count} × {reason}")?;
        }
        Ok(())
    }
}
