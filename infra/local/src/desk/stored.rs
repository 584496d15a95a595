//! The items of the table, told apart by their keys.

use rihla_aws::table::Key;
use rihla_core::answer::Answer;
use rihla_core::checkout::Checkout;
use rihla_core::conversation::{Conversation, Message};
use rihla_core::follow_up::FollowUpKey;
use rihla_core::identifier::CustomerId;
use rihla_core::identity::{Circle, Forest};
use rihla_core::ledger::LedgerEntry;
use rihla_core::order::{Order, OrderKey};
use rihla_core::profile::Profile;
use rihla_core::trigger::{On, Trigger};
use serde_json::{Value, json};

use crate::aws::Aws;

/// One item of a customer's record.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Whose it is.
    pub customer: CustomerId,
    /// What it is.
    pub record: Record,
}

/// What an item of a customer's record is.
#[derive(Clone, Debug)]
pub enum Record {
    /// The profile.
    Profile(Box<Profile>),
    /// An order.
    Order(OrderKey, Box<Order>),
    /// An entry of the ledger.
    Entry(Trigger, FollowUpKey, Box<LedgerEntry>),
    /// An answer to a follow-up.
    Answer(Trigger, FollowUpKey, Answer),
    /// A conversation, with its place: its source and the hash of its id.
    Conversation(String, Box<Conversation>),
    /// A message of the conversation of that place.
    Message(String, Message),
    /// A checkout of a source.
    Checkout(String, Box<Checkout>),
}

/// Some items of a customer, the last first.
#[derive(Debug, Default)]
pub struct Page {
    /// The items, each with its place.
    pub items: Vec<(String, Stored)>,
    /// Whether there are more.
    pub has_more: bool,
}

impl Stored {
    /// Everything that belongs to customers.
    pub fn all(aws: &Aws) -> Vec<Self> {
        let mut found = Vec::new();
        aws.each_item(|item| found.extend(Self::read(item)));
        found
    }

    /// Who is one with whom, of the profiles among these.
    pub fn forest(items: &[Self]) -> Forest {
        let mut circle = Circle::default();
        for item in items {
            if let Record::Profile(profile) = &item.record {
                circle.add(item.customer.clone(), Profile::clone(profile));
            }
        }
        circle.forest()
    }

    /// What lies in one place of a customer's record.
    pub fn at(aws: &Aws, customer: &CustomerId, place: &str) -> Option<Record> {
        let key = json!({ "PK": { "S": format!("C#{customer}") }, "SK": { "S": place } });
        let request = json!({ "TableName": aws.layout().table, "Key": key });
        Some(Self::read(&aws.peek("GetItem", &request)["Item"])?.record)
    }

    /// The last `limit` items of a customer's whose place begins with `prefix`, of those before the place `before`.
    pub fn last(aws: &Aws, customer: &CustomerId, prefix: &str, before: Option<&str>, limit: usize) -> Page {
        let pk = json!({ "S": format!("C#{customer}") });
        let mut request = json!({
            "TableName": aws.layout().table,
            "KeyConditionExpression": "PK = :pk AND begins_with(SK, :prefix)",
            "ExpressionAttributeValues": { ":pk": pk, ":prefix": { "S": prefix } },
            "ScanIndexForward": false,
            "Limit": limit,
        });
        if let Some(place) = before {
            request["ExclusiveStartKey"] = json!({ "PK": pk, "SK": { "S": place } });
        }
        let answer = aws.peek("Query", &request);
        let place = |item: &Value| item["SK"]["S"].as_str().map(ToOwned::to_owned);
        let found = answer["Items"].as_array().into_iter().flatten();
        Page {
            items: found.filter_map(|item| Some((place(item)?, Self::read(item)?))).collect(),
            has_more: !answer["LastEvaluatedKey"].is_null(),
        }
    }

    fn read(item: &Value) -> Option<Self> {
        let customer = CustomerId::from_text(item["PK"]["S"].as_str()?.strip_prefix("C#")?);
        let (place, document) = (item["SK"]["S"].as_str()?, item["d"]["S"].as_str()?);
        Some(Self { customer, record: Record::read(place, document)? })
    }
}

impl Record {
    fn read(place: &str, document: &str) -> Option<Self> {
        if place == "PROFILE" {
            return serde_json::from_str(document).ok().map(Self::Profile);
        }
        if let Some(message) = place.strip_prefix("M#") {
            let conversation = message.splitn(3, '#').take(2).collect::<Vec<_>>().join("#");
            return Some(Self::Message(conversation, serde_json::from_str(document).ok()?));
        }
        let (trigger, rest) = Key::of_followed(place)?;
        if rest.is_empty() {
            return Self::followed(trigger, document);
        }
        let (kind, follow_up) = rest.split_once('#')?;
        let follow_up = Key::follow_up(&trigger, follow_up);
        match kind {
            "F" => Some(Self::Entry(trigger, follow_up, serde_json::from_str(document).ok()?)),
            "A" => Some(Self::Answer(trigger, follow_up, serde_json::from_str(document).ok()?)),
            _ => None,
        }
    }

    fn followed(trigger: Trigger, document: &str) -> Option<Self> {
        Some(match trigger.on {
            On::Order => {
                let key = OrderKey { source: trigger.source, order: trigger.id };
                Self::Order(key, serde_json::from_str(document).ok()?)
            }
            On::Cart => Self::Checkout(trigger.source.to_string(), serde_json::from_str(document).ok()?),
            On::Conversation => Self::Conversation(trigger.place(), serde_json::from_str(document).ok()?),
        })
    }
}
