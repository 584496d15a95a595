//! The items of the table, told apart by their keys.

use rihla_aws::answer::Answer;
use rihla_core::follow_up::FollowUpKey;
use rihla_core::identifier::CustomerId;
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
}

impl Stored {
    /// Everything that belongs to customers.
    pub fn all(aws: &Aws) -> Vec<Self> {
        let mut found = Vec::new();
        aws.each_item(|item| found.extend(Self::read(item)));
        found
    }

    /// Everything that belongs to one customer.
    pub fn of(aws: &Aws, customer: &CustomerId) -> Vec<Self> {
        let request = json!({
            "TableName": aws.layout().table,
            "KeyConditionExpression": "PK = :pk",
            "ExpressionAttributeValues": { ":pk": { "S": format!("C#{customer}") } },
        });
        let mut found = Vec::new();
        aws.peek_each("Query", request, |item| found.extend(Self::read(item)));
        found
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
