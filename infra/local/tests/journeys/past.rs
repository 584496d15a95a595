//! What happened is read from whatever a shop has of it.

use std::fs;

use rihla_local::journeys::outcome::Outcome;
use rihla_local::journeys::past::{Past, PastError};
use rihla_local::journeys::simulation::simulate;
use rihla_local::replay;

use crate::data::{empty_folder, small_tables};

fn outcome(past: &Past) -> Outcome {
    Outcome::of(&simulate(past, &past.told_to(rihla_infra::shop())).unwrap())
}

/// The events of the small tables as lines, three to a file of one source.
fn lines() -> Vec<String> {
    let replay = replay::read(&small_tables("olist"), None).unwrap();
    replay.deliveries.iter().map(|delivery| serde_json::to_string(&delivery.events).unwrap()).collect()
}

#[test]
fn events_as_lines_come_to_the_same_as_the_tables_in_whichever_order() {
    let tables = Past::read(&small_tables("olist"), None).unwrap();
    let folder = empty_folder("past-lines");
    let mut lines = lines();
    lines.reverse();
    fs::write(folder.join("olist.jsonl"), lines.join("\n\n") + "\n").unwrap();
    let past = Past::read(&folder, None).unwrap();
    assert_eq!(past.deliveries, tables.deliveries);
    assert_eq!(outcome(&past), Outcome { answers: 0, ..outcome(&tables) });
}

#[test]
fn a_line_that_is_no_event_is_named_with_what_is_wrong() {
    let folder = empty_folder("past-broken");
    let broken = r#"{"type": "order.paid", "timestamp": "2026-01-01T00:00:00Z", "data": {}}"#;
    fs::write(folder.join("web.jsonl"), format!("{}\n{broken}\n", lines()[0])).unwrap();
    let error = Past::read(&folder, None).unwrap_err().to_string();
    assert!(error.contains("web.jsonl:2: no event: missing field `order`"), "{error}");
}

#[test]
fn a_file_that_is_named_for_no_source_and_a_folder_of_nothing_are_refused() {
    let folder = empty_folder("past-nameless");
    fs::write(folder.join("Two words.jsonl"), "").unwrap();
    assert!(matches!(Past::read(&folder, None), Err(PastError::NoSource { .. })));
    assert!(matches!(Past::read(&empty_folder("past-empty"), None), Err(PastError::Tables(_))));
}

/// Nothing is sent for imported history. Here it is asked what would have been sent.
#[test]
fn imported_history_is_taken_as_it_happened() {
    let folder = empty_folder("past-history");
    let placed = r#"{"type": "order.placed", "timestamp": "2026-01-05T12:00:00Z",
        "data": {"order": "1", "buyer": {"email": "amal@example.com"}, "history_until": "2026-02-01T00:00:00Z"}}"#;
    fs::write(folder.join("web.jsonl"), placed.replace('\n', " ")).unwrap();
    let outcome = outcome(&Past::read(&folder, None).unwrap());
    assert!(outcome.sent > 0, "{outcome:?}");
}
