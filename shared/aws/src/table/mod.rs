//! The one table: documents under a key, each with a version by which two writers notice each other.

mod change;
mod error;
mod item;
mod key;
mod profiles;
mod retention;
mod several;
mod statement;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use aws_sdk_dynamodb::types::{AttributeValue, Put, TransactWriteItem};
use rihla_core::instant::Instant;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

pub(crate) use error::Source;
pub use error::TableError;
use item::{Attributes, Item};
pub use key::{CALENDAR_SHARDS, Key};
pub use profiles::Profiles;
pub use retention::Retention;
pub use several::Documents;

/// The table, through the SDK's client.
#[derive(Clone, Debug)]
pub struct Table {
    client: Client,
    name: String,
    retention: Retention,
}

/// A document with its version.
#[derive(Clone, Debug)]
pub struct Versioned<T> {
    /// The document.
    pub document: T,
    /// How often it has been written.
    pub version: u64,
    /// When it is to be gone. It may lie there for some days more.
    pub swept_at: Option<Instant>,
}

/// Which reads may be a moment old. A stale read is half the price; the condition of the write that follows catches it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// May be a moment old.
    MayBeStale,
    /// Sees every write that was answered.
    Latest,
}

/// What a write expects to find. If it finds something else it does nothing: [`TableError::Conflict`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    /// No item.
    Absent,
    /// The item of this version.
    Version(u64),
    /// Whatever is there: for items whose key determines what they say.
    Anything,
}

/// Sort keys of a partition.
#[derive(Debug)]
pub struct Keys {
    /// In their order.
    pub keys: Vec<String>,
    /// Whether there are more.
    pub has_more: bool,
}

/// A page of a query: sort keys and documents, in their order, and whether the partition holds more.
struct Page<T> {
    items: Vec<(String, Versioned<T>)>,
    has_more: bool,
}

/// A write to be made together with others.
#[derive(Debug)]
pub struct Write {
    key: Key,
    item: Item,
    expect: Expect,
}

impl Write {
    /// Of `document`, if what is there is as expected.
    pub fn new<T: Serialize>(key: Key, document: &T, expect: Expect) -> Self {
        Self { item: Item::of(document, expect), key, expect }
    }
}

impl<T> Versioned<T> {
    /// Whether its time has passed, although it lies there yet.
    pub fn is_past(&self, now: Instant) -> bool {
        self.swept_at.is_some_and(|at| at <= now)
    }

    /// What a write on top of this expects.
    pub fn expect(known: Option<&Self>) -> Expect {
        known.map_or(Expect::Absent, |known| Expect::Version(known.version))
    }
}

impl Table {
    /// The table of that name. Whoever writes says how long things are kept: a write puts the moment anew.
    pub fn new(client: Client, name: impl Into<String>, retention: Retention) -> Self {
        Self { client, name: name.into(), retention }
    }

    /// Opens the connection by asking for an item that does not exist. Whatever comes of it is no matter.
    pub async fn warm_up(&self) {
        let _ = self.get::<()>(&Key::warm_up(), Freshness::MayBeStale).await;
    }

    /// Reads one document.
    pub async fn get<T: DeserializeOwned>(
        &self,
        key: &Key,
        freshness: Freshness,
    ) -> Result<Option<Versioned<T>>, TableError> {
        let found = self.attributes(item::key_of(key), freshness).await?;
        found.map(|attributes| item::read(attributes).map(|(_, found)| found)).transpose()
    }

    async fn attributes(
        &self,
        key: Attributes,
        freshness: Freshness,
    ) -> Result<Option<Attributes>, TableError> {
        let request = self.client.get_item().table_name(&self.name).set_key(Some(key));
        let answer = request.consistent_read(freshness == Freshness::Latest).send().await;
        Ok(answer.map_err(TableError::of)?.item)
    }

    /// Writes one document.
    pub async fn put(&self, write: Write) -> Result<(), TableError> {
        let Write { key, item, expect } = write;
        let (condition, names, values) = item::condition(expect);
        let item = item.under(&key, self.retention.swept_at_seconds(&key));
        let request = self.client.put_item().table_name(&self.name).set_item(Some(item));
        let request = request.set_condition_expression(condition).set_expression_attribute_names(names);
        request.set_expression_attribute_values(values).send().await.map(drop).map_err(TableError::of)
    }

    /// Writes several documents, all or none. Twice the price of single writes.
    pub async fn put_together(&self, writes: Vec<Write>) -> Result<(), TableError> {
        let mut puts = Vec::with_capacity(writes.len());
        for Write { key, item, expect } in writes {
            let (condition, names, values) = item::condition(expect);
            let item = item.under(&key, self.retention.swept_at_seconds(&key));
            let put = Put::builder().table_name(&self.name).set_item(Some(item));
            let put = put.set_condition_expression(condition).set_expression_attribute_names(names);
            let put = put.set_expression_attribute_values(values).build();
            let put = put.map_err(|error| TableError::Refused(error.into()))?;
            puts.push(TransactWriteItem::builder().put(put).build());
        }
        let request = self.client.transact_write_items().set_transact_items(Some(puts));
        request.send().await.map(drop).map_err(TableError::of)
    }

    /// Everything of a partition whose sort key begins so, in its order.
    pub async fn all_with_prefix<T: DeserializeOwned>(
        &self,
        pk: &str,
        prefix: &str,
        freshness: Freshness,
    ) -> Result<Vec<(String, Versioned<T>)>, TableError> {
        let mut all = Vec::new();
        let mut after: Option<String> = None;
        loop {
            let request = self.query(pk, "begins_with(SK, :prefix)", after.as_deref());
            let request =
                request.expression_attribute_values(":prefix", AttributeValue::S(prefix.to_owned()));
            let page = self.page(request.consistent_read(freshness == Freshness::Latest)).await?;
            all.extend(page.items);
            match all.last() {
                Some((last, _)) if page.has_more => after = Some(last.clone()),
                _ => return Ok(all),
            }
        }
    }

    /// The first `limit` items of a partition behind a place, whatever they are.
    pub async fn behind(
        &self,
        pk: &str,
        after: Option<&str>,
        limit: i32,
    ) -> Result<Vec<(String, Versioned<Box<RawValue>>)>, TableError> {
        let request = self.query(pk, "SK > :after", None);
        let after = AttributeValue::S(after.unwrap_or("!").to_owned());
        let request = request.expression_attribute_values(":after", after).limit(limit);
        self.page(request.consistent_read(true)).await.map(|page| page.items)
    }

    /// The first `limit` of the sort keys between two, both included, as they are at this moment; the oldest first.
    pub async fn keys_between(
        &self,
        pk: &str,
        (from, to): (&str, &str),
        limit: i32,
    ) -> Result<Keys, TableError> {
        let request = self
            .query(pk, "SK BETWEEN :from AND :to", None)
            .expression_attribute_values(":from", AttributeValue::S(from.to_owned()))
            .expression_attribute_values(":to", AttributeValue::S(to.to_owned()))
            .projection_expression("SK")
            .limit(limit);
        let answer = request.consistent_read(true).send().await.map_err(TableError::of)?;
        let has_more = answer.last_evaluated_key.is_some();
        let keys = answer.items.unwrap_or_default().into_iter().map(item::sort_key);
        Ok(Keys { keys: keys.collect(), has_more })
    }

    /// The last `limit` items of a partition whose sort key begins so, the last first.
    pub async fn last_with_prefix<T: DeserializeOwned>(
        &self,
        pk: &str,
        prefix: &str,
        limit: i32,
    ) -> Result<Vec<(String, Versioned<T>)>, TableError> {
        let request = self
            .query(pk, "begins_with(SK, :prefix)", None)
            .expression_attribute_values(":prefix", AttributeValue::S(prefix.to_owned()))
            .scan_index_forward(false)
            .limit(limit);
        self.page(request).await.map(|page| page.items)
    }

    /// The last `limit` items of a partition whose sort key begins so, of those before a place, the last first.
    pub async fn before(
        &self,
        pk: &str,
        prefix: &str,
        before: Option<&str>,
        limit: i32,
    ) -> Result<Vec<(String, Versioned<Box<RawValue>>)>, TableError> {
        let request = self
            .query(pk, "begins_with(SK, :prefix)", before)
            .expression_attribute_values(":prefix", AttributeValue::S(prefix.to_owned()))
            .scan_index_forward(false)
            .limit(limit);
        self.page(request).await.map(|page| page.items)
    }

    fn query(&self, pk: &str, condition: &str, after: Option<&str>) -> QueryFluentBuilder {
        let start = after.map(|sk| item::key_of(&Key { pk: pk.to_owned(), sk: sk.to_owned() }));
        self.client
            .query()
            .table_name(&self.name)
            .key_condition_expression(format!("PK = :pk AND {condition}"))
            .expression_attribute_values(":pk", AttributeValue::S(pk.to_owned()))
            .set_exclusive_start_key(start)
    }

    async fn page<T: DeserializeOwned>(&self, request: QueryFluentBuilder) -> Result<Page<T>, TableError> {
        let answer = request.send().await.map_err(TableError::of)?;
        let has_more = answer.last_evaluated_key.is_some();
        let read = |attributes| item::read(attributes).map(|(key, found): (Key, _)| (key.sk, found));
        let items: Result<Vec<_>, _> = answer.items.unwrap_or_default().into_iter().map(read).collect();
        Ok(Page { items: items?, has_more })
    }
}
