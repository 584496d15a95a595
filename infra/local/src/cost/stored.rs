//! What lies in the table, by kind, with the sizes by which DynamoDB bills it.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use crate::aws::Aws;

/// Beside each item's own bytes the storage of so many is billed (DynamoDB Developer Guide, "Table size and item size").
const OVERHEAD_BYTES: usize = 100;

/// The items of one kind.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Kind {
    /// What they are.
    pub kind: &'static str,
    /// How many there are.
    pub count: usize,
    /// The largest.
    pub largest_bytes: usize,
    /// What they are billed for lying there.
    pub billed_bytes: usize,
}

/// All items, by kind.
pub(super) fn kinds(aws: &Aws) -> Vec<Kind> {
    let mut kinds: BTreeMap<&'static str, Kind> = BTreeMap::new();
    aws.each_item(|item| {
        let (name, size) = (name(item), size_bytes(item));
        let kind = kinds.entry(name).or_default();
        kind.kind = name;
        kind.count += 1;
        kind.largest_bytes = kind.largest_bytes.max(size);
        kind.billed_bytes += size + OVERHEAD_BYTES;
    });
    kinds.into_values().collect()
}

fn name(item: &Value) -> &'static str {
    let [pk, sk] = ["PK", "SK"].map(|key| item[key]["S"].as_str().unwrap_or_default());
    match (pk.split('#').next(), sk) {
        (Some("C"), "PROFILE") => "profile",
        (Some("C"), place) if place.contains("#F#") => "ledger entry",
        (Some("C"), place) if place.contains("#A#") => "answer",
        (Some("C"), _) => "order",
        (Some("I"), _) => "pointer",
        (Some("D"), _) => "look",
        (Some("P"), _) => "basket",
        _ => "other",
    }
}

/// By the rules of the DynamoDB Developer Guide, "Item sizes and formats": names and texts by their UTF-8 bytes, a
/// number by half its digits and one.
fn size_bytes(item: &Value) -> usize {
    let attributes = item.as_object().into_iter().flatten();
    attributes.map(|(name, value)| name.len() + value_bytes(value)).sum()
}

fn value_bytes(value: &Value) -> usize {
    let number = value["N"].as_str().map(|digits| digits.len().div_ceil(2) + 1);
    number.or_else(|| value["S"].as_str().map(str::len)).unwrap_or_default()
}
