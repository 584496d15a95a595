//! The items of the table, told apart by their keys.

use rihla_aws::answer::Answer;
use rihla_core::checkout::Checkout;
use rihla_core::conversation::{Conversation, Message};
use rihla_core::follow_up::FollowUpKey;
use rihla_core::identifier::CustomerId;
use rihla_core::identity::{Circle, Forest};
use rihla_core::ledger::LedgerEntry;
use rihla_core::look::STEP;
use rihla_core::order::{Order, OrderKey};
use rihla_core::profile::Profile;
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
    Entry(OrderKey, FollowUpKey, Box<LedgerEntry>),
    /// An answer to a follow-up.
    Answer(OrderKey, FollowUpKey, Answer),
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
        match place.split_at_checked(2)? {
            ("T#", at) => {
                return Some(Self::Conversation(at.to_owned(), serde_json::from_str(document).ok()?));
            }
            ("M#", at) => {
                let conversation = at.splitn(3, '#').take(2).collect::<Vec<_>>().join("#");
                return Some(Self::Message(conversation, serde_json::from_str(document).ok()?));
            }
            ("K#", at) => {
                let source = at.split('#').next()?.to_owned();
                return Some(Self::Checkout(source, serde_json::from_str(document).ok()?));
            }
            _ => {}
        }
        let mut parts = place.strip_prefix("O#")?.splitn(3, '#');
        let order: OrderKey = format!("{}#{}", parts.next()?, parts.next()?).parse().ok()?;
        let rest = parts.next()?;
        let key = |journey: &str| FollowUpKey::new(journey, &order.to_string(), STEP);
        Some(match rest.split_once('#') {
            None => Self::Order(order, serde_json::from_str(document).ok()?),
            Some(("F", journey)) => {
                Self::Entry(order.clone(), key(journey), serde_json::from_str(document).ok()?)
            }
            Some(("A", journey)) => {
                Self::Answer(order.clone(), key(journey), serde_json::from_str(document).ok()?)
            }
            Some(_) => return None,
        })
    }
}
