//! The simulation says what the functions do: the same orders through both, and each follow-up comes to the same end at the
//! same time.

use std::collections::BTreeMap;
use std::path::Path;

use rihla_core::instant::Instant;
use rihla_core::ledger::State;
use rihla_local::command::Place;
use rihla_local::command::account::AccountFolder;
use rihla_local::command::replay::{self, ReplayArguments};
use rihla_local::desk::{Record, Stored};
use rihla_local::journeys::outcome::{End, FollowUp, follow_ups};
use rihla_local::journeys::past::Past;
use rihla_local::journeys::simulation::{Simulated, simulate};

use crate::data::{empty_folder, real_tables, small_tables};

/// How a follow-up ended, and when.
pub(crate) type Ends = BTreeMap<String, (String, Option<Instant>)>;

#[test]
fn it_agrees_with_the_functions_on_a_real_shops_orders() {
    let Some(tables) = real_tables("olist_dev") else { return };
    let (by_functions, by_simulation) = both(&tables, 150, "agreement-olist");
    assert!(by_functions.len() > 400, "{}", by_functions.len());
    assert_same(&by_functions, &by_simulation);
}

#[test]
fn it_agrees_with_the_functions_on_small_tables() {
    for (name, orders) in [("olist", 4), ("online_retail", 4)] {
        let (by_functions, by_simulation) =
            both(&small_tables(name), orders, &format!("agreement-small-{name}"));
        assert!(!by_functions.is_empty(), "{name}");
        assert_same(&by_functions, &by_simulation);
    }
}

/// The replay looks for answers when a delivery comes, and so gives some of them hours after they were given: the simulation
/// is told the times at which it did.
fn both(tables: &Path, orders: usize, folder: &str) -> (Ends, Ends) {
    let account = replayed(tables, orders, folder);
    let mut past = Past::read(tables, Some(orders)).unwrap();
    let answered = answered(&account);
    for review in &mut past.reviews {
        review.answered_at = answered.get(&review.order).copied().unwrap_or(review.answered_at);
    }
    let simulated = simulate(&past, &past.told_to(rihla_infra::shop())).unwrap();
    (ends(&account), simulated_ends(&simulated))
}

pub(crate) fn simulated_ends(simulated: &Simulated) -> Ends {
    let follow_ups = follow_ups(simulated).into_iter();
    // What was not looked at yet has no entry in the ledger.
    let looked_at = follow_ups.filter(|(_, one)| one.end != End::Open || !one.deferrals.is_empty());
    looked_at.map(|((_, key), follow_up)| (key.to_string(), end(&follow_up))).collect()
}

/// To the second: the queue puts a look off to the next whole one, and so does the simulation.
pub(crate) fn assert_same(by_functions: &Ends, by_simulation: &Ends) {
    let keys = |ends: &Ends| ends.keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(by_functions), keys(by_simulation));
    for (key, (end, at)) in by_functions {
        let (simulated_end, simulated_at) = &by_simulation[key];
        assert_eq!(end, simulated_end, "{key}");
        let apart = at.zip(*simulated_at).map(|(one, other)| one.milliseconds() - other.milliseconds());
        assert!(apart.is_none_or(|apart| apart.abs() <= 1_000), "{key}: {at:?}, {simulated_at:?}");
    }
}

fn end(follow_up: &FollowUp) -> (String, Option<Instant>) {
    match &follow_up.end {
        End::Sent { at } => ("sent".to_owned(), Some(*at)),
        End::Refused { at, guard } | End::Expired { at, guard } => (format!("refused {guard}"), Some(*at)),
        End::LetGo | End::Open => ("waits".to_owned(), None),
    }
}

/// What `rihla replay` leaves in its account.
fn replayed(tables: &Path, orders: usize, folder: &str) -> Vec<Stored> {
    let folder = empty_folder(folder);
    let place = Place { folder: folder.clone(), port: 7070 };
    let (data, limit, shuffle) = (tables.to_owned(), Some(orders), None);
    let arguments = ReplayArguments { data, limit, shuffle, twice: false, json: true, fresh: true, place };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    tokio::task::LocalSet::new().block_on(&runtime, replay::run(&arguments)).unwrap();
    let account = AccountFolder::new(&folder, "replay", false).unwrap();
    Stored::all(&account.on_virtual_clock(Instant::from_seconds(0)).unwrap())
}

pub(crate) fn ends(account: &[Stored]) -> Ends {
    let entries = account.iter().filter_map(|item| match &item.record {
        Record::Entry(_, key, entry) => Some((key.to_string(), entry)),
        _ => None,
    });
    let ends = entries.map(|(key, entry)| {
        let decided_at = Some(entry.decided_at);
        let end = match &entry.state {
            State::Sent { .. } => ("sent".to_owned(), decided_at),
            State::Refused { guard } => (format!("refused {guard}"), decided_at),
            State::Deferred { .. } => ("waits".to_owned(), None),
            State::InDoubt => ("in doubt".to_owned(), decided_at),
        };
        (key, end)
    });
    ends.collect()
}

/// When each order's question was answered.
fn answered(account: &[Stored]) -> BTreeMap<String, Instant> {
    let answers = account.iter().filter_map(|item| match &item.record {
        Record::Answer(_, key, answer) => {
            Some((key.as_str().split('#').nth(2)?.to_owned(), answer.answered_at))
        }
        _ => None,
    });
    answers.collect()
}
