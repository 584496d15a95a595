//! Whether a delivery would outlive a power cut at this moment: it lies in the table or in a queue. Read as plain text,
//! by nothing of the code that records.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use crate::aws::{Aws, StoreError};
use crate::shop::Posted;

/// Where a delivery lies that is not recorded yet.
const PARKED: [&str; 2] = ["inbox", "inbox-dead"];

/// The facts whose time stays in the record for ever, whatever else is told. Of the others a later word may have taken
/// the place; whether they are lost shows at the end.
const KEEP_THEIR_TIME: [&str; 6] = [
    "order.placed",
    "order.paid",
    "order.cancelled",
    "order.refunded",
    "parcel.moved",
    "conversation.message",
];

/// Whether what `posted` tells is kept somewhere.
pub(super) fn is_durable(aws: &Aws, posted: &Posted) -> Result<bool, StoreError> {
    let Some(time) = kept_time(&posted.body) else { return Ok(true) };
    if is_in_the_table(aws, &time) {
        return Ok(true);
    }
    let body = STANDARD.encode(&posted.body);
    for queue in PARKED {
        if aws.queues().peek(queue, 100)?.iter().any(|message| message.body.contains(&body)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The time of the fact as it stands in records, in milliseconds.
fn kept_time(body: &[u8]) -> Option<String> {
    let event: Value = serde_json::from_slice(body).ok()?;
    let is_kept = KEEP_THEIR_TIME.contains(&event["type"].as_str()?);
    let time: jiff::Timestamp = event["timestamp"].as_str().filter(|_| is_kept)?.parse().ok()?;
    Some(time.as_millisecond().to_string())
}

/// Whether a customer's items, or what waits for an order, name that time.
fn is_in_the_table(aws: &Aws, time: &str) -> bool {
    let mut is_there = false;
    aws.each_item(|item| {
        let text = |name: &str| item[name]["S"].as_str().unwrap_or_default();
        let is_record = text("PK").starts_with("C#") || text("PK").starts_with("I#");
        is_there |= is_record && (text("d").contains(time) || text("SK").contains(time));
    });
    is_there
}
