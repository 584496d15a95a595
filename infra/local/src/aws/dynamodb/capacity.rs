//! What a request costs, by DynamoDB's rules.
//!
//! Of what is carried out the database reports the consumed capacity, which is asked for in every
//! request. Of what a condition refuses it reports nothing, as AWS does, though AWS bills it: by the size
//! of the item that was there, at least one unit, and twice that in a transaction. That is added here.
//! Source: "Read/write consumption" in the DynamoDB Developer Guide.

use dynoxide::Item;
use dynoxide::types::{item_size, write_capacity_units};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::aws::answer::Answer;
use crate::aws::usage::Usage;

/// What the client asked to be told.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct Asked {
    return_consumed_capacity: Option<String>,
    return_values_on_condition_check_failure: Option<String>,
}

impl Asked {
    pub(super) fn read(body: &[u8]) -> Self {
        serde_json::from_slice(body).unwrap_or_default()
    }

    /// `body` with the two questions added that the price needs, where the client did not ask them.
    pub(super) fn with_capacity(&self, action: &str, body: &[u8]) -> Vec<u8> {
        let mut questions = String::new();
        if self.return_consumed_capacity.is_none() && action != "DescribeTable" {
            questions += r#""ReturnConsumedCapacity":"TOTAL","#;
        }
        if self.return_values_on_condition_check_failure.is_none() && is_single_write(action) {
            questions += r#""ReturnValuesOnConditionCheckFailure":"ALL_OLD","#;
        }
        match body {
            [b'{', rest @ ..] if rest != b"}" => [b"{", questions.as_bytes(), rest].concat(),
            _ => body.to_vec(),
        }
    }

    /// Takes the item out of a refusal if the client did not ask for it.
    pub(super) fn hide_unasked_item(&self, answer: &mut Answer) {
        if self.return_values_on_condition_check_failure.as_deref() == Some("ALL_OLD") {
            return;
        }
        if let Ok(Value::Object(mut error)) = serde_json::from_slice(&answer.body)
            && error.remove("Item").is_some()
        {
            answer.body = Value::Object(error).to_string().into_bytes();
        }
    }
}

fn is_single_write(action: &str) -> bool {
    matches!(action, "PutItem" | "UpdateItem" | "DeleteItem")
}

/// What `action` with `body` used, given its `answer`.
pub(super) fn usage(action: &str, body: &[u8], answer: &Answer) -> Usage {
    if answer.is_good() {
        let told: Told = serde_json::from_slice(&answer.body).unwrap_or_default();
        return told.usage(action);
    }
    let error: Refused = serde_json::from_slice(&answer.body).unwrap_or_default();
    let write_units = match error.kind.rsplit('#').next() {
        Some("ConditionalCheckFailedException") => {
            error.item.as_ref().map_or(1.0, |item| write_capacity_units(item_size(item)))
        }
        Some("TransactionCanceledException") => transaction_units(body),
        _ => 0.0,
    };
    Usage { write_units, ..Usage::default() }
}

/// What a refused transaction is counted at: twice each part, by the new item where there is one.
fn transaction_units(body: &[u8]) -> f64 {
    let transaction: Transaction = serde_json::from_slice(body).unwrap_or_default();
    let part =
        |part: &Part| 2.0 * part.put.as_ref().map_or(1.0, |put| write_capacity_units(item_size(&put.item)));
    transaction.transact_items.iter().map(part).sum()
}

/// The part of an answer that tells the capacity: one object, or one for each table.
#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Told<'answer> {
    #[serde(borrow)]
    consumed_capacity: Option<&'answer RawValue>,
    /// Those of a batch of statements, one for each.
    responses: Option<&'answer RawValue>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Units {
    capacity_units: f64,
    read_capacity_units: Option<f64>,
}

impl Told<'_> {
    fn usage(&self, action: &str) -> Usage {
        if action == "BatchExecuteStatement" && self.consumed_capacity.is_none() {
            return Usage { write_units: self.refused_statements(), ..Usage::default() };
        }
        let text = self.consumed_capacity.map_or("[]", RawValue::get);
        let tables: Vec<Units> = serde_json::from_str(text)
            .or_else(|_| serde_json::from_str(text).map(|one| vec![one]))
            .unwrap_or_default();
        let mut usage = Usage::default();
        for units in tables {
            // A transaction repeated with the same token is billed as a read.
            if is_read(action) || units.read_capacity_units.is_some() {
                usage.read_units += units.capacity_units;
            } else {
                usage.write_units += units.capacity_units;
            }
        }
        usage
    }
}

impl Told<'_> {
    /// Of a batch of which every statement was refused nothing is reported, either: a unit for each.
    fn refused_statements(&self) -> f64 {
        let text = self.responses.map_or("[]", RawValue::get);
        let refused: Vec<IgnoredAny> = serde_json::from_str(text).unwrap_or_default();
        refused.iter().map(|_| 1.0).sum()
    }
}

fn is_read(action: &str) -> bool {
    matches!(action, "GetItem" | "Query" | "Scan" | "BatchGetItem")
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Refused {
    #[serde(rename = "__type")]
    kind: String,
    #[serde(rename = "Item")]
    item: Option<Item>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Transaction {
    transact_items: Vec<Part>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Part {
    put: Option<Put>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Put {
    item: Item,
}
