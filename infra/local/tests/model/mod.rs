//! A map that does what the table's operations promise, and random operations on few keys.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use rihla_aws::table::{Expect, Freshness, Key};

/// One operation of the table.
#[derive(Clone, Debug)]
pub(crate) enum Operation {
    Get(Key, Freshness),
    GetMany(Vec<Key>),
    Put(Put),
    PutTogether(Vec<Put>),
    PutEach(Vec<Put>),
    Change(Key, Change),
    AllWithPrefix(&'static str, &'static str),
    KeysBetween(&'static str, &'static str, &'static str),
    LastWithPrefix(&'static str, &'static str, i32),
}

/// One write.
#[derive(Clone, Debug)]
pub(crate) struct Put {
    pub(crate) key: Key,
    letter: char,
    length_bytes: usize,
    pub(crate) expect: Expect,
}

impl Put {
    /// Long ones make a query need several pages; the longest is more than an item holds.
    pub(crate) fn document(&self) -> String {
        self.letter.to_string().repeat(self.length_bytes)
    }
}

/// What a change does to a document.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Change {
    Append(char),
    LeaveAsItIs,
    Nothing,
}

/// The document after a change.
pub(crate) fn appended(known: Option<&str>, change: Change) -> Option<String> {
    match change {
        Change::Append(letter) => Some(format!("{}{letter}", known.unwrap_or_default())),
        Change::LeaveAsItIs => known.map(ToOwned::to_owned),
        Change::Nothing => None,
    }
}

/// What an operation came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    Rows(Vec<Row>),
    Keys(Vec<String>),
    Done,
    Conflict,
    Refused,
    Other(String),
}

/// One document.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) sk: String,
    pub(crate) document: String,
    pub(crate) version: u64,
}

impl std::fmt::Debug for Row {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let start: String = self.document.chars().take(8).collect();
        write!(formatter, "{} v{} {start}… {} bytes", self.sk, self.version, self.document.len())
    }
}

/// What an item of DynamoDB may hold, names and all (Developer Guide, "Service quotas").
const ITEM_BYTES: usize = 400 * 1024;

/// The table as it should be.
#[derive(Debug, Default)]
pub(crate) struct Model(BTreeMap<Key, (String, u64)>);

impl Model {
    pub(crate) fn carry_out(&mut self, operation: &Operation) -> Answer {
        match operation {
            Operation::Get(key, _) => self.rows(|known| known == key),
            Operation::GetMany(keys) if keys.iter().collect::<BTreeSet<_>>().len() < keys.len() => {
                Answer::Refused
            }
            Operation::GetMany(keys) => self.rows(|known| keys.contains(known)),
            Operation::Put(put) => self.put_all(std::slice::from_ref(put)),
            Operation::PutTogether(puts) => {
                let keys: BTreeSet<&Key> = puts.iter().map(|put| &put.key).collect();
                if puts.is_empty() || keys.len() < puts.len() { Answer::Refused } else { self.put_all(puts) }
            }
            Operation::PutEach(puts) => {
                let keys: BTreeSet<&Key> = puts.iter().map(|put| &put.key).collect();
                if keys.len() < puts.len() { Answer::Refused } else { self.put_each(puts) }
            }
            Operation::Change(key, change) => self.change(key, *change),
            Operation::AllWithPrefix(pk, prefix) => {
                self.rows(|known| known.pk == *pk && known.sk.starts_with(prefix))
            }
            Operation::KeysBetween(_, from, to) if from > to => Answer::Refused,
            Operation::KeysBetween(pk, from, to) => {
                let is_between =
                    |known: &Key| known.pk == *pk && *from <= &known.sk[..] && &known.sk[..] <= *to;
                match self.rows(is_between) {
                    Answer::Rows(rows) => Answer::Keys(rows.into_iter().map(|row| row.sk).collect()),
                    other => other,
                }
            }
            Operation::LastWithPrefix(pk, prefix, limit) => {
                let Answer::Rows(mut rows) =
                    self.rows(|known| known.pk == *pk && known.sk.starts_with(prefix))
                else {
                    return Answer::Refused;
                };
                rows.reverse();
                rows.truncate(usize::try_from(*limit).unwrap());
                Answer::Rows(rows)
            }
        }
    }

    fn rows(&self, wanted: impl Fn(&Key) -> bool) -> Answer {
        let found = self.0.iter().filter(|(key, _)| wanted(key));
        let row = |(key, (document, version)): (&Key, &(String, u64))| Row {
            sk: key.sk.clone(),
            document: document.clone(),
            version: *version,
        };
        Answer::Rows(found.map(row).collect())
    }

    fn is_as_expected(&self, put: &Put) -> bool {
        match put.expect {
            Expect::Anything => true,
            Expect::Absent => !self.0.contains_key(&put.key),
            Expect::Version(version) => self.0.get(&put.key).is_some_and(|(_, known)| *known == version),
        }
    }

    /// All or none.
    fn put_all(&mut self, puts: &[Put]) -> Answer {
        if puts.iter().any(|put| put.length_bytes > ITEM_BYTES) {
            return Answer::Refused;
        }
        if !puts.iter().all(|put| self.is_as_expected(put)) {
            return Answer::Conflict;
        }
        for put in puts {
            let version = if let Expect::Version(version) = put.expect { version + 1 } else { 1 };
            self.0.insert(put.key.clone(), (put.document(), version));
        }
        Answer::Done
    }

    /// Each by itself; a refusal is told before a conflict. A statement is not measured before its condition holds.
    fn put_each(&mut self, puts: &[Put]) -> Answer {
        let is_statement = puts.len() > 1;
        let put_one = |put: &Put| {
            if is_statement && !self.is_as_expected(put) {
                return Answer::Conflict;
            }
            self.put_all(std::slice::from_ref(put))
        };
        let answers: Vec<Answer> = puts.iter().map(put_one).collect();
        let told = [Answer::Refused, Answer::Conflict].into_iter().find(|answer| answers.contains(answer));
        told.unwrap_or(Answer::Done)
    }

    fn change(&mut self, key: &Key, change: Change) -> Answer {
        let known = self.0.get(key).cloned();
        let before = known.as_ref().map(|(document, _)| document.as_str());
        if let Some(after) = appended(before, change).filter(|after| before != Some(after)) {
            self.0.insert(key.clone(), (after, known.map_or(1, |(_, version)| version + 1)));
        }
        Answer::Done
    }
}

/// Partitions of both kinds: the items of a calendar's hour are swept one day.
const PARTITIONS: [&str; 3] = ["C#1", "C#2", "D#2026-11-23T05#0"];
/// Places whose order is that of their bytes, some the beginning of others.
const PLACES: [&str; 8] = ["O", "O#1#", "O#1#F#a", "O#1#F#b", "O#10#", "O#é#", "O#😀#", "PROFILE"];

fn partition() -> impl Strategy<Value = &'static str> {
    prop::sample::select(&PARTITIONS[..])
}

fn place() -> impl Strategy<Value = &'static str> {
    prop::sample::select(&PLACES[..])
}

fn key() -> impl Strategy<Value = Key> {
    (partition(), place()).prop_map(|(pk, sk)| Key { pk: pk.into(), sk: sk.into() })
}

fn put() -> impl Strategy<Value = Put> {
    let expect = prop_oneof![
        2 => Just(Expect::Absent),
        2 => (0..4_u64).prop_map(Expect::Version),
        2 => Just(Expect::Anything),
    ];
    let length = prop_oneof![20 => 0..40_usize, 6 => Just(250_000), 1 => Just(420_000)];
    (key(), prop::char::range('a', 'z'), length, expect).prop_map(|(key, letter, length_bytes, expect)| Put {
        key,
        letter,
        length_bytes,
        expect,
    })
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        2 => prop::char::range('a', 'z').prop_map(Change::Append),
        1 => Just(Change::LeaveAsItIs),
        1 => Just(Change::Nothing),
    ]
}

/// Up to 40 operations.
pub(crate) fn operations() -> impl Strategy<Value = Vec<Operation>> {
    let freshness = prop::sample::select(&[Freshness::MayBeStale, Freshness::Latest][..]);
    let prefix = || prop::sample::select(&["O", "O#1#", "O#1", "PROFILE", "é"][..]);
    let operation = prop_oneof![
        2 => (key(), freshness).prop_map(|(key, freshness)| Operation::Get(key, freshness)),
        1 => prop::collection::vec(key(), 0..5).prop_map(Operation::GetMany),
        8 => put().prop_map(Operation::Put),
        3 => prop::collection::vec(put(), 0..4).prop_map(Operation::PutTogether),
        4 => prop::collection::vec(put(), 0..6).prop_map(Operation::PutEach),
        2 => (key(), change()).prop_map(|(key, change)| Operation::Change(key, change)),
        2 => (partition(), prefix()).prop_map(|(pk, prefix)| Operation::AllWithPrefix(pk, prefix)),
        1 => (partition(), place(), place()).prop_map(|(pk, from, to)| Operation::KeysBetween(pk, from, to)),
        1 => (partition(), prefix(), 1..4_i32)
            .prop_map(|(pk, prefix, limit)| Operation::LastWithPrefix(pk, prefix, limit)),
    ];
    prop::collection::vec(operation, 1..40)
}
