//! The table through the real SDK client: what each kind of request costs, embedded and over HTTP.

#![expect(clippy::unwrap_used, reason = "a test ends where it fails")]

mod account;
mod dynamodb_server;

use account::{FUNCTION, clock, in_memory, table, text};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::batch_execute_statement::BatchExecuteStatementOutput;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::types::{
    AttributeValue, BatchStatementRequest, Delete, KeysAndAttributes, Put, PutRequest,
    ReturnValuesOnConditionCheckFailure, TransactWriteItem, WriteRequest,
};
use rihla_local::aws::{Aws, Layout};

const TABLE: &str = "rihla";

/// What the last requests cost: read units, write units.
struct Meter<'aws>(&'aws Aws, f64, f64);

impl Meter<'_> {
    fn read(&mut self) -> (f64, f64) {
        let totals = self.0.ledger().totals();
        let used = (totals.read_units - self.1, totals.write_units - self.2);
        (self.1, self.2) = (totals.read_units, totals.write_units);
        used
    }
}

/// An item of `kilobytes` in all, exactly.
fn item(sort: &str, kilobytes: usize) -> impl Iterator<Item = (String, AttributeValue)> {
    let rest = (kilobytes * 1024).saturating_sub("PK".len() + 1 + "SK".len() + sort.len() + "filler".len());
    let fields = [("PK", "a".to_string()), ("SK", sort.into()), ("filler", "x".repeat(rest))];
    fields.into_iter().map(|(name, value)| (name.to_string(), AttributeValue::S(value)))
}

fn put(kilobytes: usize, sort: &str) -> Put {
    Put::builder().table_name(TABLE).set_item(Some(item(sort, kilobytes).collect())).build().unwrap()
}

fn transact(part: Put) -> TransactWriteItem {
    TransactWriteItem::builder().put(part).build()
}

async fn write(client: &Client, sort: &str, kilobytes: usize) {
    let request = client.put_item().table_name(TABLE).set_item(Some(item(sort, kilobytes).collect()));
    request.send().await.unwrap();
}

/// Goes through the rules of "Read/write consumption" in the Developer Guide, one by one.
async fn costs(aws: &Aws) {
    let client = table(&aws.function(FUNCTION));
    let mut meter = Meter(aws, 0.0, 0.0);
    writes(&client, &mut meter).await;
    changes(&client, &mut meter).await;
    refusals(&client, &mut meter).await;
    reads(&client, &mut meter).await;
    transactions(&client, &mut meter).await;
    statements(&client, &mut meter).await;
}

async fn writes(client: &Client, meter: &mut Meter<'_>) {
    write(client, "one", 1).await;
    assert_eq!(meter.read(), (0.0, 1.0), "a new item of 1 KB");
    write(client, "three", 3).await;
    assert_eq!(meter.read(), (0.0, 3.0), "a new item of 3 KB");
    write(client, "three", 1).await;
    assert_eq!(meter.read(), (0.0, 3.0), "the larger of the item before and after");
    write(client, "three", 3).await;
    assert_eq!(meter.read(), (0.0, 3.0));
}

async fn changes(client: &Client, meter: &mut Meter<'_>) {
    let update = client.update_item().table_name(TABLE).key("PK", text("a")).key("SK", text("three"));
    let update = update.update_expression("SET marked = :yes").expression_attribute_values(":yes", text("y"));
    update.send().await.unwrap();
    assert_eq!(meter.read(), (0.0, 4.0), "an update is billed by the whole item, here just over 3 KB");
    let delete = client.delete_item().table_name(TABLE).key("PK", text("a"));
    delete.clone().key("SK", text("three")).send().await.unwrap();
    assert_eq!(meter.read(), (0.0, 4.0), "a deletion is billed by the deleted item");
    delete.key("SK", text("nothing")).send().await.unwrap();
    assert_eq!(meter.read(), (0.0, 1.0), "a deletion of nothing");
    let puts = ["b1", "b2"].map(|sort| {
        let put = PutRequest::builder().set_item(Some(item(sort, 2).collect())).build().unwrap();
        WriteRequest::builder().put_request(put).build()
    });
    client.batch_write_item().request_items(TABLE, puts.into()).send().await.unwrap();
    assert_eq!(meter.read(), (0.0, 4.0), "a batch is the sum of its writes");
}

/// Whether a refused condition tells the item; nothing if it is another error.
fn item_told(error: &PutItemError) -> Option<bool> {
    match error {
        PutItemError::ConditionalCheckFailedException(refused) => Some(refused.item.is_some()),
        _ => None,
    }
}

async fn refusals(client: &Client, meter: &mut Meter<'_>) {
    write(client, "kept", 3).await;
    meter.read();
    let new = client.put_item().table_name(TABLE).set_item(Some(item("kept", 1).collect()));
    let refused = new.condition_expression("attribute_not_exists(PK)");
    let error = refused.clone().send().await.unwrap_err().into_service_error();
    assert_eq!(meter.read(), (0.0, 3.0), "a refused condition is billed by the item that is there");
    assert_eq!(item_told(&error), Some(false), "the item was not asked for");
    let asked = refused.return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
    let error = asked.send().await.unwrap_err().into_service_error();
    assert_eq!(item_told(&error), Some(true));
    assert_eq!(meter.read(), (0.0, 3.0));
    let absent = client.update_item().table_name(TABLE).key("PK", text("a")).key("SK", text("absent"));
    let absent = absent.update_expression("REMOVE x").condition_expression("attribute_exists(PK)");
    absent.send().await.unwrap_err();
    assert_eq!(meter.read(), (0.0, 1.0), "a refused condition on nothing is one unit");
    let invalid = client.put_item().table_name(TABLE).item("PK", text("a"));
    invalid.send().await.unwrap_err();
    assert_eq!(meter.read(), (0.0, 0.0), "an invalid request is free");
}

async fn reads(client: &Client, meter: &mut Meter<'_>) {
    write(client, "read", 5).await;
    meter.read();
    let get = |sort: &str, strong: bool| {
        let key = client.get_item().table_name(TABLE).key("PK", text("a")).key("SK", text(sort));
        key.consistent_read(strong).send()
    };
    get("read", true).await.unwrap();
    assert_eq!(meter.read(), (2.0, 0.0), "a strong read of 5 KB");
    get("read", false).await.unwrap();
    assert_eq!(meter.read(), (1.0, 0.0), "an eventual read of 5 KB");
    get("nothing", false).await.unwrap();
    assert_eq!(meter.read(), (0.5, 0.0), "a read of nothing");
    let keys = ["read", "one"].map(|sort| [("PK".to_string(), text("a")), ("SK".into(), text(sort))].into());
    let keys = KeysAndAttributes::builder().set_keys(Some(keys.into())).build().unwrap();
    client.batch_get_item().request_items(TABLE, keys).send().await.unwrap();
    assert_eq!(meter.read(), (1.5, 0.0), "a batch rounds each item up");
    let query = client.query().table_name(TABLE).key_condition_expression("PK = :pk AND begins_with(SK, :b)");
    let query =
        query.expression_attribute_values(":pk", text("a")).expression_attribute_values(":b", text("b"));
    query.consistent_read(true).send().await.unwrap();
    assert_eq!(meter.read(), (1.0, 0.0), "a query sums its items, 4 KB here, before it rounds up");
}

async fn transactions(client: &Client, meter: &mut Meter<'_>) {
    let token = "a-token";
    let transaction = |first: Put, second: Put| {
        client.transact_write_items().transact_items(transact(first)).transact_items(transact(second))
    };
    let good = transaction(put(1, "t1"), put(2, "t2")).client_request_token(token);
    good.clone().send().await.unwrap();
    assert_eq!(meter.read(), (0.0, 6.0), "a transaction costs twice its writes");
    good.send().await.unwrap();
    assert_eq!(meter.read(), (4.0, 0.0), "repeated with the same token it is a read");
    let mut refused = put(2, "t1");
    refused.condition_expression = Some("attribute_not_exists(PK)".into());
    let error = transaction(refused, put(1, "t3")).send().await.unwrap_err().into_service_error();
    assert!(error.is_transaction_canceled_exception());
    assert_eq!(meter.read(), (0.0, 6.0), "a refused transaction costs what it would have");
}

/// A statement that makes an item of two kilobytes.
fn insert(sort: &str) -> BatchStatementRequest {
    let statement = format!("INSERT INTO \"{TABLE}\" VALUE {{'PK':?,'SK':?,'filler':?}}");
    let parameters = [text("a"), text(sort), text(&"x".repeat(1_500))];
    let request =
        BatchStatementRequest::builder().statement(statement).set_parameters(Some(parameters.into()));
    request.build().unwrap()
}

/// A statement that changes an item, if there is one.
fn mark(sort: &str) -> BatchStatementRequest {
    let statement = format!("UPDATE \"{TABLE}\" SET \"v\"=? WHERE \"PK\"=? AND \"SK\"=?");
    let parameters = [text("1"), text("a"), text(sort)];
    let request =
        BatchStatementRequest::builder().statement(statement).set_parameters(Some(parameters.into()));
    request.build().unwrap()
}

async fn statements(client: &Client, meter: &mut Meter<'_>) {
    let batch = |statements: [BatchStatementRequest; 2]| {
        client.batch_execute_statement().set_statements(Some(statements.into())).send()
    };
    let errors = |answer: BatchExecuteStatementOutput| {
        answer.responses().iter().map(|one| one.error().is_some()).collect::<Vec<_>>()
    };
    batch([insert("s1"), insert("s2")]).await.unwrap();
    assert_eq!(meter.read(), (0.0, 4.0), "a batch of statements is the sum of its writes");
    let answer = batch([insert("s1"), mark("s2")]).await.unwrap();
    assert_eq!(errors(answer), [true, false], "each by itself");
    assert_eq!(meter.read(), (0.0, 4.0), "one that is refused costs what it would have");
    let answer = batch([mark("nothing"), mark("nowhere")]).await.unwrap();
    assert_eq!(errors(answer), [true, true]);
    assert_eq!(meter.read(), (0.0, 2.0), "where all are refused, one unit each");
}

#[tokio::test]
async fn what_requests_cost() {
    costs(&in_memory()).await;
}

#[tokio::test]
async fn what_requests_cost_over_http() {
    costs(&Aws::with_dynamodb_at(dynamodb_server::start(), clock(), Layout::default()).unwrap()).await;
}

#[tokio::test]
async fn a_batch_of_statements_needs_the_permission_of_each_kind() {
    let aws = in_memory();
    let request = table(&aws.function(FUNCTION)).batch_execute_statement();
    request.statements(insert("s")).statements(mark("t")).send().await.unwrap();
    let needed = &aws.ledger().permissions()[FUNCTION];
    let needed: Vec<_> = needed.iter().map(|one| (one.action.as_str(), one.resource.as_str())).collect();
    assert_eq!(needed, [("dynamodb:PartiQLInsert", "rihla"), ("dynamodb:PartiQLUpdate", "rihla")]);
}

#[tokio::test]
async fn a_transaction_needs_the_permission_of_each_of_its_parts() {
    let aws = in_memory();
    let delete =
        Delete::builder().table_name(TABLE).key("PK", text("a")).key("SK", text("b")).build().unwrap();
    let delete = TransactWriteItem::builder().delete(delete).build();
    let request = table(&aws.function(FUNCTION)).transact_write_items();
    request.transact_items(transact(put(1, "t"))).transact_items(delete).send().await.unwrap();
    let needed = &aws.ledger().permissions()[FUNCTION];
    let needed: Vec<_> = needed.iter().map(|one| (one.action.as_str(), one.resource.as_str())).collect();
    assert_eq!(needed, [("dynamodb:DeleteItem", "rihla"), ("dynamodb:PutItem", "rihla")]);
}
