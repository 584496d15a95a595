//! Answers the shop's own staff. It is invoked directly, so that IAM says who may ask; nothing listens to the internet.
//!
//! One request, one file. What is asked is one JSON object such as `{"links": {"customer": "…"}}`, and so is the answer:
//! `{"error": "…"}` where it cannot be done.

mod export;
mod forget;
mod links;
mod search;
mod stage;
mod timeline;

use std::sync::Arc;

use rihla_aws::clock::Clock;
use rihla_aws::record::{RecordError, Recorder};
use rihla_aws::table::{Table, TableError};
use rihla_core::identifier::{CustomerId, IdentityKey};
use rihla_core::shop::Shop;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The function.
#[derive(Debug)]
pub struct Console {
    /// The table.
    pub table: Table,
    /// What records what staff say.
    pub recorder: Recorder,
    /// What hashes identifiers.
    pub identity_key: IdentityKey,
    /// The shop's set-up.
    pub shop: Arc<Shop>,
    /// The time.
    pub clock: Clock,
}

/// What is asked.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Request {
    Links(links::Asked),
    Link(links::Word),
    Unlink(links::Word),
    Timeline(timeline::Asked),
    Search(search::Asked),
    Export(export::Asked),
    Forget(forget::Asked),
    Stage(stage::Asked),
}

/// Why it cannot be done.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("this is not a request: {0}")]
    Unreadable(#[source] serde_json::Error),
    #[error("there is no customer {0}")]
    NoSuchCustomer(CustomerId),
    #[error("{0} is to be said in a few words")]
    NotSaid(&'static str),
    #[error("a customer is one with themself")]
    OneCustomer,
    #[error("it could not be recorded, ask again: {0}")]
    NotRecorded(#[from] RecordError),
    #[error("the table could not be read, ask again: {0}")]
    NotRead(#[from] TableError),
}

impl Console {
    /// Answers one request.
    pub async fn handle(&self, request: Value) -> Value {
        match self.answer(request).await {
            Ok(answer) => answer,
            Err(failure) => json!({ "error": failure.to_string() }),
        }
    }

    async fn answer(&self, request: Value) -> Result<Value, Failure> {
        match serde_json::from_value(request).map_err(Failure::Unreadable)? {
            Request::Links(asked) => Ok(written(&self.links(&asked).await?)),
            Request::Link(word) => Ok(written(&self.link(word).await?)),
            Request::Unlink(word) => Ok(written(&self.unlink(word).await?)),
            Request::Timeline(asked) => Ok(written(&self.timeline(asked).await?)),
            Request::Search(asked) => Ok(written(&self.search(&asked).await?)),
            Request::Export(asked) => Ok(written(&self.export(asked).await?)),
            Request::Forget(asked) => Ok(written(&self.forget(asked).await?)),
            Request::Stage(asked) => Ok(written(&self.stage(&asked).await?)),
        }
    }
}

/// What staff wrote, in a few words: they lie on the customers' records.
fn in_a_few_words(text: &str, what: &'static str) -> Result<String, Failure> {
    const MOST_CHARACTERS: usize = 200;
    let plain = text.trim().chars().filter(|letter| !letter.is_control());
    let text: String = plain.take(MOST_CHARACTERS).collect();
    if text.is_empty() { Err(Failure::NotSaid(what)) } else { Ok(text) }
}

fn written(answer: &impl Serialize) -> Value {
    serde_json::to_value(answer).expect("answers are structs with text keys")
}
