//! The operations of the table against a model: a map in memory that does what they promise. Random sequences over few
//! keys give the same answers, on the embedded database and over its own HTTP server.

#![expect(clippy::unwrap_used, reason = "a test ends where it fails")]

mod account;
mod dynamodb_server;
mod model;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseResult, TestRunner};
use rihla_aws::table::{Freshness, Key, Table, TableError, Versioned, Write};
use rihla_local::aws::{Aws, Layout};

use account::{FUNCTION, clock, in_memory};
use model::{Answer, Model, Operation, Row, appended, operations};

/// The table as the functions have it: through the real client.
fn table(aws: &Aws) -> Table {
    Table::new(account::table(&aws.function(FUNCTION)), aws.layout().table.clone(), account::retention())
}

fn outcome(result: Result<(), TableError>) -> Answer {
    match result {
        Ok(()) => Answer::Done,
        Err(TableError::Conflict) => Answer::Conflict,
        Err(TableError::Refused(_)) => Answer::Refused,
        Err(error) => Answer::Other(format!("{error:?}")),
    }
}

fn rows(result: Result<Vec<(String, Versioned<String>)>, TableError>) -> Answer {
    match result {
        Ok(items) => Answer::Rows(
            items
                .into_iter()
                .map(|(sk, found)| Row { sk, document: found.document, version: found.version })
                .collect(),
        ),
        Err(error) => outcome(Err(error)),
    }
}

/// The keys between two, page by page: the next page begins with the last key of the one before.
async fn keys_between(table: &Table, pk: &str, (from, to): (&str, &str)) -> Answer {
    const PAGE: i32 = 2;
    let (mut all, mut from): (Vec<String>, _) = (Vec::new(), from.to_owned());
    loop {
        let page = match table.keys_between(pk, (&from, to), PAGE).await {
            Ok(page) => page,
            Err(error) => return outcome(Err(error)),
        };
        all.extend(page.keys.into_iter().filter(|key| all.last() != Some(key)).collect::<Vec<_>>());
        match all.last() {
            Some(last) if page.has_more => from.clone_from(last),
            _ => return Answer::Keys(all),
        }
    }
}

/// Those of the keys under which there is something, in their order.
async fn get_many(table: &Table, keys: &[Key]) -> Result<Vec<(String, Versioned<String>)>, TableError> {
    let mut documents = table.get_many(keys, Freshness::Latest).await?;
    let mut keys: Vec<&Key> = keys.iter().collect();
    keys.sort();
    let mut found = Vec::new();
    for key in keys {
        found.extend(documents.take(key)?.map(|document| (key.sk.clone(), document)));
    }
    Ok(found)
}

async fn carry_out(table: &Table, operation: &Operation) -> Answer {
    match operation {
        Operation::Get(key, freshness) => {
            let found = table.get::<String>(key, *freshness).await;
            rows(found.map(|found| found.into_iter().map(|found| (key.sk.clone(), found)).collect()))
        }
        Operation::GetMany(keys) => rows(get_many(table, keys).await),
        Operation::Put(put) => {
            outcome(table.put(Write::new(put.key.clone(), &put.document(), put.expect)).await)
        }
        Operation::PutTogether(puts) => {
            let writes = puts.iter().map(|put| Write::new(put.key.clone(), &put.document(), put.expect));
            outcome(table.put_together(writes.collect()).await)
        }
        Operation::PutEach(puts) => {
            let writes = puts.iter().map(|put| Write::new(put.key.clone(), &put.document(), put.expect));
            outcome(table.put_each(writes.collect()).await)
        }
        Operation::Change(key, change) => {
            outcome(table.change::<String>(key, |known| appended(known.map(String::as_str), *change)).await)
        }
        Operation::AllWithPrefix(pk, prefix) => {
            rows(table.all_with_prefix(pk, prefix, Freshness::Latest).await)
        }
        Operation::KeysBetween(pk, from, to) => keys_between(table, pk, (from, to)).await,
        Operation::LastWithPrefix(pk, prefix, limit) => {
            rows(table.last_with_prefix(pk, prefix, *limit).await)
        }
    }
}

fn same_answers(aws: &Aws, operations: &[Operation]) -> TestCaseResult {
    let (table, mut model) = (table(aws), Model::default());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    for (number, operation) in operations.iter().enumerate() {
        let answer = runtime.block_on(carry_out(&table, operation));
        prop_assert_eq!(answer, model.carry_out(operation), "operation {}: {:?}", number, operation);
    }
    Ok(())
}

fn compare(cases: u32, account: impl Fn() -> Aws) {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    TestRunner::new(config).run(&operations(), |operations| same_answers(&account(), &operations)).unwrap();
}

#[test]
fn the_embedded_database_answers_as_the_model() {
    compare(150, in_memory);
}

#[test]
fn the_database_behind_http_answers_as_the_model() {
    compare(30, || Aws::with_dynamodb_at(dynamodb_server::start(), clock(), Layout::default()).unwrap());
}
