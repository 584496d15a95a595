//! DynamoDB: an embedded `dynoxide` database, or one behind its own HTTP server; priced either way.

mod calendar;
mod capacity;
mod embedded;
mod hop;
mod partly;
mod request;

use std::path::Path;

use serde_json::json;

use super::answer::Answer;
use super::call::Service;
use super::layout::Layout;
use super::seam::Acted;
use super::usage::Usage;

pub(super) use request::permissions;

/// Why there is no table to work on.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The database's file could not be opened.
    #[error("cannot open the table's database")]
    Open(#[source] dynoxide::DynoxideError),
    /// The table could not be made.
    #[error("cannot make the table {table}: {answer}")]
    Create {
        /// The table's name.
        table: String,
        /// The database's answer.
        answer: String,
    },
}

/// The database in which the table lies.
#[derive(Debug)]
pub(super) struct DynamoDb {
    backend: Backend,
    /// Kept where everything in the table was written by this process.
    hours: Option<calendar::CalendarHours>,
}

enum Backend {
    Embedded(dynoxide::Database),
    Http(hop::Hop),
}

impl std::fmt::Debug for Backend {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Embedded(_) => "Embedded",
            Self::Http(_) => "Http",
        })
    }
}

impl DynamoDb {
    pub(super) fn memory() -> Result<Self, TableError> {
        let database = dynoxide::Database::memory().map_err(TableError::Open)?;
        Ok(Self { backend: Backend::Embedded(database), hours: Some(calendar::CalendarHours::default()) })
    }

    pub(super) fn open(path: &Path) -> Result<Self, TableError> {
        let database = embedded::open(path).map_err(TableError::Open)?;
        Ok(Self { backend: Backend::Embedded(database), hours: None })
    }

    pub(super) fn at(address: std::net::SocketAddr) -> Self {
        Self { backend: Backend::Http(hop::Hop::new(address)), hours: None }
    }

    /// Makes the table of `layout` if it is not there.
    pub(super) fn set_up(&self, layout: &Layout) -> Result<(), TableError> {
        let table = &layout.table;
        let known = self.send("DescribeTable", json!({ "TableName": table }).to_string().as_bytes());
        if known.is_good() {
            return Ok(());
        }
        let ttl = json!({
            "TableName": table,
            "TimeToLiveSpecification": { "AttributeName": "ttl", "Enabled": true },
        });
        for (action, body) in [("CreateTable", creation(layout)), ("UpdateTimeToLive", ttl)] {
            let answer = self.send(action, body.to_string().as_bytes());
            if !answer.is_good() {
                let answer = String::from_utf8_lossy(&answer.body).into_owned();
                return Err(TableError::Create { table: table.clone(), answer });
            }
        }
        Ok(())
    }

    /// Carries out one request of a client and prices it.
    pub(super) fn act(&self, action: &str, body: &[u8]) -> Acted {
        if let Some(hours) = &self.hours {
            hours.note(action, body);
        }
        let asked = capacity::Asked::read(body);
        let mut answer = self.send(action, &asked.with_capacity(action, body));
        let usage = capacity::usage(action, body, &answer);
        if !answer.is_good() {
            asked.hide_unasked_item(&mut answer);
        }
        Acted { answer, usage: Usage { requests: 1, ..usage } }
    }

    /// Whether looks may lie in an hour such as `2026-11-23T05`; certain only where there are none.
    pub(super) fn may_hold_looks(&self, hour: &str) -> bool {
        self.hours.as_ref().is_none_or(|hours| hours.contain(hour))
    }

    fn send(&self, action: &str, body: &[u8]) -> Answer {
        let (status, body) = match &self.backend {
            Backend::Embedded(database) => embedded::send(database, action, body),
            Backend::Http(hop) => hop.send(action, body),
        };
        Answer::json(Service::DynamoDb, status, body)
    }
}

fn creation(layout: &Layout) -> serde_json::Value {
    let mut table = json!({
        "TableName": layout.table,
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [
            { "AttributeName": "PK", "AttributeType": "S" },
            { "AttributeName": "SK", "AttributeType": "S" },
        ],
        "KeySchema": [
            { "AttributeName": "PK", "KeyType": "HASH" },
            { "AttributeName": "SK", "KeyType": "RANGE" },
        ],
    });
    if layout.stream {
        table["StreamSpecification"] =
            json!({ "StreamEnabled": true, "StreamViewType": "NEW_AND_OLD_IMAGES" });
    }
    table
}
