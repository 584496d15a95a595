//! The limits of SQS: <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html>.

use std::collections::HashSet;

use super::refusal::Refusal;
use super::request::{Identified, NewMessage};

/// Entries in one batch.
const MAX_ENTRIES: usize = 10;
/// A message with its attributes, and a whole batch: 1 MiB.
const MAX_SIZE_BYTES: usize = 1024 * 1024;
/// A message's delay: 15 minutes.
const MAX_DELAY_SECONDS: i64 = 900;
/// A message's time in flight: 12 hours.
const MAX_VISIBILITY_SECONDS: i64 = 43_200;
/// A message's attributes.
const MAX_ATTRIBUTES: usize = 10;
/// The length of a batch entry's id.
const MAX_ID_CHARACTERS: usize = 80;

/// Refuses a batch as a whole; `kind` is the name of its entries' shape.
pub(super) fn check_batch<Entry>(kind: &'static str, entries: &[Identified<Entry>]) -> Result<(), Refusal> {
    if entries.is_empty() {
        return Err(Refusal::EmptyBatch(kind));
    }
    if entries.len() > MAX_ENTRIES {
        return Err(Refusal::TooManyEntries(entries.len()));
    }
    let mut seen = HashSet::new();
    for entry in entries {
        check_id(&entry.id)?;
        if !seen.insert(&entry.id) {
            return Err(Refusal::IdsNotDistinct(entry.id.clone()));
        }
    }
    Ok(())
}

fn check_id(id: &str) -> Result<(), Refusal> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    let good = (1..=MAX_ID_CHARACTERS).contains(&id.len()) && id.bytes().all(plain);
    good.then_some(()).ok_or(Refusal::InvalidBatchEntryId)
}

/// Refuses a batch that is too long in all.
pub(super) fn check_batch_size(size_bytes: usize) -> Result<(), Refusal> {
    if size_bytes > MAX_SIZE_BYTES { Err(Refusal::BatchTooLong(size_bytes)) } else { Ok(()) }
}

/// Refuses a message that breaks a limit; its body if it does not.
pub(super) fn check_message(message: &NewMessage) -> Result<&str, Refusal> {
    let body = message.message_body.as_deref().ok_or(Refusal::MissingParameter("MessageBody"))?;
    if body.is_empty() {
        return Err(Refusal::MissingParameter("MessageBody"));
    }
    if size_bytes(message) > MAX_SIZE_BYTES {
        return Err(invalid(
            "One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.",
        ));
    }
    if !body.chars().all(is_allowed) {
        return Err(Refusal::InvalidMessageContents);
    }
    if message.message_attributes.len() > MAX_ATTRIBUTES {
        let sent = message.message_attributes.len();
        return Err(invalid(&format!(
            "Number of message attributes [{sent}] exceeds the allowed maximum [10]."
        )));
    }
    check_delay(message.delay_seconds)?;
    Ok(body)
}

fn check_delay(seconds: i64) -> Result<(), Refusal> {
    check_range("DelaySeconds", seconds, 0, MAX_DELAY_SECONDS)
}

/// Refuses a visibility time-out over twelve hours.
pub(super) fn check_visibility(seconds: i64) -> Result<(), Refusal> {
    check_range("VisibilityTimeout", seconds, 0, MAX_VISIBILITY_SECONDS)
}

/// Refuses to hand out none, or more than ten messages.
pub(super) fn check_receive_count(count: i64) -> Result<(), Refusal> {
    check_range("MaxNumberOfMessages", count, 1, 10)
}

fn check_range(name: &str, value: i64, least: i64, most: i64) -> Result<(), Refusal> {
    if (least..=most).contains(&value) {
        return Ok(());
    }
    let reason = format!("{name} must be >= {least} and <= {most}.");
    Err(invalid(&format!("Value {value} for parameter {name} is invalid. Reason: {reason}")))
}

fn invalid(message: &str) -> Refusal {
    Refusal::InvalidParameterValue(message.into())
}

/// What counts against the limit and the bill: the body and each attribute's name, type and value.
pub(super) fn size_bytes(message: &NewMessage) -> usize {
    let length = |text: &Option<String>| text.as_ref().map_or(0, String::len);
    let attributes = message.message_attributes.iter().map(|(name, attribute)| {
        // Three bytes of a binary value are four characters of its base64.
        let binary = length(&attribute.binary_value) / 4 * 3;
        name.len() + attribute.data_type.len() + length(&attribute.string_value) + binary
    });
    length(&message.message_body) + attributes.sum::<usize>()
}

/// What SQS lets through of Unicode.
fn is_allowed(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}
