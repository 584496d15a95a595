//! A received message, and the receipt with which it is deleted.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use rusqlite::Row;
use serde_json::{Map, Value, json};

use super::message_id;
use super::refusal::Refusal;
use super::request::Receive;
use crate::aws::layout::{ACCOUNT, arn};

/// A received message.
#[derive(Debug)]
pub(in crate::aws) struct Received {
    pub(in crate::aws) receipt: Receipt,
    pub(in crate::aws) body: String,
    /// The message attributes, as JSON, as they were sent.
    pub(in crate::aws) attributes: String,
    pub(super) sent_at_ms: i64,
    pub(super) first_received_at_ms: Option<i64>,
    pub(super) dead_letter_source: Option<String>,
}

/// What a receipt handle says: the message, and which of its receives this was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::aws) struct Receipt {
    pub(super) number: i64,
    pub(super) receive_count: u32,
}

impl fmt::Display for Receipt {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&BASE64.encode(format!("{}/{}", self.number, self.receive_count)))
    }
}

impl Receipt {
    pub(super) fn read(handle: &str) -> Result<Self, Refusal> {
        let text = BASE64.decode(handle).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let parts = text.as_deref().and_then(|text| text.split_once('/'));
        let read = |(number, count): (&str, &str)| {
            Some(Self { number: number.parse().ok()?, receive_count: count.parse().ok()? })
        };
        parts.and_then(read).ok_or(Refusal::InvalidReceiptHandle)
    }

    pub(in crate::aws) fn message_id(self) -> String {
        message_id(self.number)
    }
}

impl Received {
    pub(super) fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            receipt: Receipt { number: row.get(0)?, receive_count: row.get(1)? },
            body: row.get(2)?,
            attributes: row.get(3)?,
            sent_at_ms: row.get(4)?,
            first_received_at_ms: row.get(5)?,
            dead_letter_source: row.get(6)?,
        })
    }

    pub(in crate::aws) fn size_bytes(&self) -> usize {
        self.body.len() + self.attributes.len()
    }

    /// What SQS tells of the message itself.
    pub(in crate::aws) fn system_attributes(&self) -> Map<String, Value> {
        let first = self.first_received_at_ms.unwrap_or(self.sent_at_ms);
        let mut told = Map::new();
        told.insert("ApproximateReceiveCount".into(), self.receipt.receive_count.to_string().into());
        told.insert("SentTimestamp".into(), self.sent_at_ms.to_string().into());
        told.insert("SenderId".into(), ACCOUNT.into());
        told.insert("ApproximateFirstReceiveTimestamp".into(), first.to_string().into());
        if let Some(source) = &self.dead_letter_source {
            told.insert("DeadLetterQueueSourceArn".into(), arn("sqs", source).into());
        }
        told
    }

    pub(super) fn told(&self, asked: &Receive) -> Value {
        let mut system = self.system_attributes();
        let names = [&asked.attribute_names[..], &asked.message_system_attribute_names[..]].concat();
        system.retain(|name, _| names.iter().any(|asked| asked == "All" || asked == name));
        let mut attributes: Map<String, Value> = serde_json::from_str(&self.attributes).unwrap_or_default();
        attributes.retain(|name, _| asked.message_attribute_names.iter().any(|asked| covers(asked, name)));
        json!({
            "MessageId": self.receipt.message_id(),
            "ReceiptHandle": self.receipt.to_string(),
            "Body": self.body,
            "Attributes": system,
            "MessageAttributes": attributes,
        })
    }
}

/// Whether the asked name is `name`, all, or its beginning followed by `.*`.
fn covers(asked: &str, name: &str) -> bool {
    match asked.strip_suffix(".*") {
        Some(start) => name.starts_with(start),
        None => asked == name || asked == "All" || asked == ".*",
    }
}
