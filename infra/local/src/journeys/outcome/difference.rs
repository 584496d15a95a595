//! What other rules would change.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rihla_core::identifier::CustomerId;
use serde::Serialize;

use super::follow_up::{FollowUp, FollowUps, follow_ups};
use super::week::Message;
use super::{GuardCounts, JourneyCounts, Outcome};
use crate::journeys::simulation::Simulated;

/// What came of it with each of two sets of files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// With the first.
    pub before: Outcome,
    /// With the other.
    pub after: Outcome,
    /// Journeys and steps of which anything differs: before and after.
    pub journeys: Vec<[JourneyCounts; 2]>,
    /// Guards that stand in the way more or less often: before and after.
    pub guards: BTreeMap<String, [GuardCounts; 2]>,
    /// How many people get something else, or at another time.
    pub people: usize,
    /// What some of them get, those with the most changes first.
    pub persons: Vec<PersonDifference>,
}

/// What changes for one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PersonDifference {
    /// The person's customer id.
    pub person: CustomerId,
    /// What is no longer sent.
    pub only_before: Vec<Message>,
    /// What is sent now.
    pub only_after: Vec<Message>,
    /// What is sent at another time.
    pub moved: Vec<Moved>,
}

/// A message that is sent at another time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// As it was.
    pub before: Message,
    /// As it is.
    pub after: Message,
}

impl Difference {
    /// Between two simulations of the same past.
    pub fn between(before: &Simulated, after: &Simulated) -> Self {
        let mut persons = persons(&follow_ups(before), &follow_ups(after));
        persons.sort_by_key(|person| (Reverse(person.changes()), person.person.clone()));
        let (before, after) = (Outcome::of(before), Outcome::of(after));
        Self {
            journeys: journeys(&before, &after),
            guards: guards(&before, &after),
            people: persons.len(),
            persons,
            before,
            after,
        }
    }

    /// Whether both come to the same.
    pub fn is_none(&self) -> bool {
        self.before == self.after && self.people == 0
    }

    /// With this person alone.
    #[must_use]
    pub fn of_person(mut self, person: &CustomerId) -> Self {
        self.persons.retain(|one| one.person == *person);
        self
    }

    /// With so many people.
    #[must_use]
    pub fn of_persons(mut self, most: usize) -> Self {
        self.persons.truncate(most);
        self
    }
}

impl PersonDifference {
    fn changes(&self) -> usize {
        self.only_before.len() + self.only_after.len() + self.moved.len()
    }
}

fn journeys(before: &Outcome, after: &Outcome) -> Vec<[JourneyCounts; 2]> {
    let (before, after) = (by_step(before), by_step(after));
    let steps: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    let both = steps.into_iter().map(|step| [&before, &after].map(|counts| counts_of(counts, step)));
    both.filter(|[before, after]| before != after).collect()
}

type ByStep = BTreeMap<(String, String), JourneyCounts>;

fn by_step(outcome: &Outcome) -> ByStep {
    let step = |counts: &JourneyCounts| (counts.journey.clone(), counts.step.clone());
    outcome.journeys.iter().map(|counts| (step(counts), counts.clone())).collect()
}

fn counts_of(counts: &ByStep, step: &(String, String)) -> JourneyCounts {
    counts.get(step).cloned().unwrap_or_else(|| JourneyCounts::none_of(&step.0, &step.1))
}

fn guards(before: &Outcome, after: &Outcome) -> BTreeMap<String, [GuardCounts; 2]> {
    let names: BTreeSet<&String> = before.guards.keys().chain(after.guards.keys()).collect();
    let of = |outcome: &Outcome, name: &String| outcome.guards.get(name).copied().unwrap_or_default();
    let both = names.into_iter().map(|name| (name.clone(), [of(before, name), of(after, name)]));
    both.filter(|(_, [before, after])| before != after).collect()
}

fn persons(before: &FollowUps, after: &FollowUps) -> Vec<PersonDifference> {
    let mut found: BTreeMap<CustomerId, PersonDifference> = BTreeMap::new();
    let keys: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    for key in keys {
        let [before, after] = [before, after].map(|all| all.get(key).filter(|one| one.sent_at().is_some()));
        let Some(either) = before.or(after) else { continue };
        if before.and_then(FollowUp::sent_at) == after.and_then(FollowUp::sent_at) {
            continue;
        }
        let person = &either.planned.person;
        let difference = found.entry(person.clone()).or_insert_with(|| nothing_of(person));
        match [before, after].map(|one| one.and_then(Message::of)) {
            [Some(before), Some(after)] => difference.moved.push(Moved { before, after }),
            [before, after] => {
                difference.only_before.extend(before);
                difference.only_after.extend(after);
            }
        }
    }
    found.into_values().collect()
}

fn nothing_of(person: &CustomerId) -> PersonDifference {
    let person = person.clone();
    PersonDifference { person, only_before: Vec::new(), only_after: Vec::new(), moved: Vec::new() }
}
