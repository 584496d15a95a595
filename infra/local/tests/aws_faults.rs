//! Faults at calls: each kind, and what is left of the call.

#![expect(clippy::unwrap_used, reason = "a test ends where it fails")]

mod account;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use account::{FUNCTION, code, in_memory, table, text};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::SdkError;
use rihla_aws::table::{Expect, Freshness, Key, Table, Write};
use rihla_local::aws::{Aws, Call, Ending, Fault, Part, Refusal};

async fn put(client: &Client, sort: &str) -> Result<(), String> {
    let request = client.put_item().table_name("rihla").item("PK", text("a")).item("SK", text(sort));
    request.send().await.map(drop).map_err(|error| format!("{error:?}"))
}

async fn is_there(client: &Client, sort: &str) -> bool {
    let request = client.get_item().table_name("rihla").key("PK", text("a")).key("SK", text(sort));
    request.send().await.unwrap().item.is_some()
}

/// Only the call with this number meets `fault`.
fn at(number: u64, fault: Fault) -> impl Fn(&Call) -> Fault + Send + Sync {
    move |call| if call.sequence == number { fault } else { Fault::None }
}

#[tokio::test]
async fn a_single_fault_that_the_sdk_retries_is_not_seen() {
    for fault in [
        Fault::Refuse(Refusal::Throttled),
        Fault::Refuse(Refusal::Unavailable),
        Fault::TimeOut,
        Fault::LoseAnswer,
    ] {
        let aws = in_memory();
        aws.faults().set(at(1, fault));
        let client = table(&aws.function(FUNCTION));
        put(&client, "x").await.unwrap_or_else(|error| panic!("{fault:?}: {error}"));
        assert_eq!(aws.ledger().calls(), 2, "{fault:?}");
    }
}

#[tokio::test]
async fn a_refused_or_timed_out_call_did_nothing_and_a_lost_answer_did_it() {
    for (fault, done) in [
        (Fault::Refuse(Refusal::Unavailable), false),
        (Fault::Refuse(Refusal::Throttled), false),
        (Fault::TimeOut, false),
        (Fault::LoseAnswer, true),
    ] {
        let aws = in_memory();
        aws.faults().set(move |_| fault);
        let client = table(&aws.function(FUNCTION));
        put(&client, "x").await.expect_err("three attempts, three faults");
        aws.faults().clear();
        assert_eq!(is_there(&client, "x").await, done, "{fault:?}");
    }
}

#[tokio::test]
async fn a_time_out_looks_to_the_client_like_one() {
    let aws = in_memory();
    aws.faults().set(|_| Fault::LoseAnswer);
    let client = table(&aws.function(FUNCTION));
    let error = client.describe_table().table_name("rihla").send().await.unwrap_err();
    let SdkError::DispatchFailure(failure) = error else { panic!("{error:?}") };
    assert!(failure.is_timeout());
}

#[tokio::test]
async fn access_denied_is_final() {
    let aws = in_memory();
    aws.faults().set(|_| Fault::Refuse(Refusal::AccessDenied));
    let client = table(&aws.function(FUNCTION));
    assert_eq!(code(client.describe_table().table_name("rihla").send().await), "AccessDeniedException");
    assert_eq!(aws.ledger().calls(), 1);
}

/// Writes three items, and counts how far it came.
async fn three_writes(aws: &Aws, fault: Fault) -> (Result<(), Ending>, u64, Vec<bool>) {
    let function = aws.function(FUNCTION);
    let client = table(&function);
    let after = Arc::new(AtomicU64::new(0));
    aws.faults().set(at(2, fault));
    let ended = function.run(async {
        for sort in ["1", "2", "3"] {
            put(&client, sort).await.unwrap();
            after.fetch_add(1, Ordering::Relaxed);
        }
    });
    let ended = ended.await;
    aws.faults().clear();
    let fresh = table(&aws.function("respond"));
    let there = vec![is_there(&fresh, "1").await, is_there(&fresh, "2").await, is_there(&fresh, "3").await];
    (ended, after.load(Ordering::Relaxed), there)
}

#[tokio::test]
async fn a_process_that_dies_does_nothing_more() {
    let before = three_writes(&in_memory(), Fault::DieBefore).await;
    assert_eq!(before, (Err(Ending::Died), 1, vec![true, false, false]));
    let after = three_writes(&in_memory(), Fault::DieAfter).await;
    assert_eq!(after, (Err(Ending::Died), 1, vec![true, true, false]));
}

#[tokio::test]
async fn a_spawned_task_dies_with_its_process() {
    let aws = in_memory();
    aws.faults().set(at(1, Fault::DieBefore));
    let function = aws.function(FUNCTION);
    let client = table(&function);
    let ended = function.run(async move { tokio::spawn(async move { put(&client, "x").await }).await });
    assert_eq!(ended.await.map(drop), Err(Ending::Died));
}

#[tokio::test]
async fn after_its_death_a_function_runs_again() {
    let aws = in_memory();
    let function = aws.function(FUNCTION);
    let client = table(&function);
    aws.faults().set(at(1, Fault::DieBefore));
    function.run(put(&client, "x")).await.unwrap_err();
    function.run(put(&client, "x")).await.unwrap().unwrap();
    assert_eq!(aws.ledger().totals().invocations[FUNCTION], 2);
}

#[tokio::test]
async fn the_trace_tells_every_call_in_order() {
    let aws = in_memory();
    aws.ledger().start_trace();
    aws.faults().set(at(1, Fault::Refuse(Refusal::Throttled)));
    put(&table(&aws.function(FUNCTION)), "x").await.unwrap();
    is_there(&table(&aws.function("respond")), "x").await;
    let trace = aws.ledger().take_trace();
    let told: Vec<_> = trace
        .iter()
        .map(|one| (one.call.sequence, &*one.call.function, one.call.action.as_str(), one.usage.write_units))
        .collect();
    assert_eq!(
        told,
        [(1, FUNCTION, "PutItem", 0.0), (2, FUNCTION, "PutItem", 1.0), (3, "respond", "GetItem", 0.0)]
    );
}

#[tokio::test]
async fn a_ledger_goes_on_from_its_snapshot() {
    let aws = in_memory();
    put(&table(&aws.function(FUNCTION)), "x").await.unwrap();
    let kept = serde_json::to_string(&aws.ledger().snapshot()).unwrap();
    let next = in_memory();
    next.ledger().restore(serde_json::from_str(&kept).unwrap());
    put(&table(&next.function(FUNCTION)), "x").await.unwrap();
    assert_eq!(next.ledger().totals().dynamodb_requests, 2);
}

fn key(sort: &str) -> Key {
    Key { pk: "a".to_owned(), sk: sort.to_owned() }
}

/// The service is too busy for a part: the rest is asked for alone.
#[tokio::test]
async fn of_several_things_none_is_left_out_because_the_service_did_a_part() {
    for part in [Part::First, Part::Others] {
        let aws = in_memory();
        let table = Table::new(table(&aws.function(FUNCTION)), "rihla", account::retention());
        let sorts = ["1", "2", "3"];
        let left = if part == Part::First { 2 } else { 1 };
        aws.faults().set(at(1, Fault::DoPart(part)));
        let writes = sorts.map(|sort| Write::new(key(sort), &sort, Expect::Absent));
        table.put_each(writes.into()).await.unwrap();
        assert_eq!(aws.ledger().calls(), 1 + left, "{part:?}");
        aws.faults().set(at(2 + left, Fault::DoPart(part)));
        let mut found = table.get_many(&sorts.map(key), Freshness::Latest).await.unwrap();
        assert_eq!(aws.ledger().calls(), 2 * (1 + left), "{part:?}");
        for sort in sorts {
            assert_eq!(found.take::<String>(&key(sort)).unwrap().unwrap().document, sort, "{part:?}");
        }
    }
}

/// The same, and the process dies.
#[tokio::test]
async fn a_process_that_dies_after_a_part_left_the_rest_undone() {
    for (part, there) in [(Part::First, [true, false, false]), (Part::Others, [false, true, true])] {
        let aws = in_memory();
        let function = aws.function(FUNCTION);
        let several = Table::new(table(&function), "rihla", account::retention());
        aws.faults().set(at(1, Fault::DieAfterPart(part)));
        let writes = ["1", "2", "3"].map(|sort| Write::new(key(sort), &sort, Expect::Absent));
        assert_eq!(function.run(several.put_each(writes.into())).await.err(), Some(Ending::Died));
        aws.faults().clear();
        let fresh = table(&aws.function("respond"));
        for (sort, there) in ["1", "2", "3"].into_iter().zip(there) {
            assert_eq!(is_there(&fresh, sort).await, there, "{part:?} {sort}");
        }
    }
}
