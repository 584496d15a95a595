//! Several documents in one request, each by itself: unlike in a transaction some may be done and others not, and each
//! costs no more than alone.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::{
    BatchStatementErrorCodeEnum as Code, BatchStatementRequest, BatchStatementResponse, KeysAndAttributes,
};
use serde::de::DeserializeOwned;

use super::item::Attributes;
use super::{Expect, Freshness, Key, Table, TableError, Versioned, Write, item, statement};

/// The most keys of one request (API reference, `BatchGetItem`).
const KEYS: usize = 100;

/// The most statements of one request (API reference, `BatchExecuteStatement`).
const STATEMENTS: usize = 25;

/// Documents of any kinds that were read together.
#[derive(Debug, Default)]
pub struct Documents(BTreeMap<Key, Attributes>);

impl Documents {
    /// Takes out the document under this key, if there is one.
    pub fn take<T: DeserializeOwned>(&mut self, key: &Key) -> Result<Option<Versioned<T>>, TableError> {
        self.0.remove(key).map(|attributes| item::read(attributes).map(|(_, found)| found)).transpose()
    }
}

impl Table {
    /// Reads several documents, as they are one by one: not as of one moment.
    pub async fn get_many(&self, keys: &[Key], freshness: Freshness) -> Result<Documents, TableError> {
        let mut documents = Documents::default();
        for keys in keys.chunks(KEYS) {
            let found = self.get_some(keys, freshness).await?;
            documents.0.extend(found.into_iter().map(|attributes| (item::key_in(&attributes), attributes)));
        }
        Ok(documents)
    }

    async fn get_some(&self, keys: &[Key], freshness: Freshness) -> Result<Vec<Attributes>, TableError> {
        let request = KeysAndAttributes::builder()
            .set_keys(Some(keys.iter().map(item::key_of).collect()))
            .consistent_read(freshness == Freshness::Latest)
            .build()
            .map_err(|error| TableError::Refused(error.into()))?;
        let answer = self.client.batch_get_item().request_items(&self.name, request).send().await;
        let answer = answer.map_err(TableError::of)?;
        let found = answer.responses.and_then(|mut tables| tables.remove(&self.name));
        let mut found = found.unwrap_or_default();
        let left = answer.unprocessed_keys.and_then(|mut tables| tables.remove(&self.name));
        for key in left.map(|left| left.keys).unwrap_or_default() {
            // Alone, because then the client waits between its attempts.
            found.extend(self.attributes(key, freshness).await?);
        }
        Ok(found)
    }

    /// Writes several documents, in no certain order, each on its own condition: where that of one does not hold, the
    /// others are written all the same, and the answer is [`TableError::Conflict`]. Any other error comes before that one.
    pub async fn put_each(&self, mut writes: Vec<Write>) -> Result<(), TableError> {
        let mut sum = Ok(());
        while writes.len() > 1 {
            let rest = writes.split_off(writes.len().min(STATEMENTS));
            sum = worse(sum, self.put_some(std::mem::replace(&mut writes, rest)).await);
        }
        for write in writes {
            sum = worse(sum, self.put(write).await);
        }
        sum
    }

    /// Deletes several items; those that are not there are no matter.
    pub async fn delete_each(&self, keys: &[Key]) -> Result<(), TableError> {
        for keys in keys.chunks(STATEMENTS) {
            let statements: Result<Vec<_>, _> =
                keys.iter().map(|key| statement::deleting(key, &self.name)).collect();
            let request = self.client.batch_execute_statement().set_statements(Some(statements?));
            let answer = request.send().await.map_err(TableError::of)?;
            let errors = answer.responses.unwrap_or_default().into_iter().filter_map(|answer| answer.error);
            let is_gone = |code: &Code| *code == Code::ConditionalCheckFailed;
            if let Some(error) = errors.into_iter().find(|error| !error.code.as_ref().is_some_and(is_gone)) {
                return Err(TableError::Unavailable(error.message.unwrap_or_default().into()));
            }
        }
        Ok(())
    }

    async fn put_some(&self, writes: Vec<Write>) -> Result<(), TableError> {
        let statements: Result<Vec<BatchStatementRequest>, TableError> =
            writes.iter().map(|write| self.statement(write)).collect();
        let request = self.client.batch_execute_statement().set_statements(Some(statements?));
        let answer = request.send().await.map_err(TableError::of)?;
        let mut answers = answer.responses.unwrap_or_default().into_iter();
        let mut sum = Ok(());
        for write in writes {
            sum = worse(sum, self.finish(write, answers.next()).await);
        }
        sum
    }

    fn statement(&self, write: &Write) -> Result<BatchStatementRequest, TableError> {
        statement::of(write, &self.name, self.retention.swept_at_seconds(&write.key))
    }

    /// What became of one write. What was not done is done alone, because then the client waits between its attempts, and
    /// says what is wrong.
    async fn finish(&self, write: Write, answer: Option<BatchStatementResponse>) -> Result<(), TableError> {
        let is_conditional = write.expect != Expect::Anything;
        match answer.map(|answer| answer.error.and_then(|error| error.code)) {
            Some(None) => Ok(()),
            Some(Some(Code::ConditionalCheckFailed | Code::DuplicateItem)) if is_conditional => {
                Err(TableError::Conflict)
            }
            _ => self.put(write).await,
        }
    }
}

/// Of two outcomes the one that matters more: whoever hears of a conflict may rely on everything else being done.
fn worse(one: Result<(), TableError>, other: Result<(), TableError>) -> Result<(), TableError> {
    match (&one, &other) {
        (Ok(()), _) | (Err(TableError::Conflict), Err(_)) => other,
        _ => one,
    }
}
