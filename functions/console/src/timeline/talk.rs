//! What conversations, carts, words on consent and requests under privacy law tell.

use rihla_aws::record::RecordedRequest;
use rihla_aws::table::TableError;
use rihla_core::checkout::Checkout;
use rihla_core::conversation::{Conversation, Message};
use rihla_core::identifier::CustomerId;

use super::entry::{About, Entry, Item, of_consent, word};

/// Of messages, words on consent and requests, told by how their keys begin.
pub(super) fn entries(record: &CustomerId, items: &[Item<'_>]) -> Result<Vec<Entry>, TableError> {
    let mut entries = Vec::new();
    for item in items {
        let parts: Vec<&str> = item.sk.splitn(5, '#').collect();
        match parts[..] {
            ["M", source, conversation, _, message] => {
                let about = About::of(record, item.sk, Some(source));
                let about = about.with("conversation", conversation).with("message", message);
                entries.push(of_message(&about, &item.read()?));
            }
            ["N", ..] => entries.push(of_consent(record, item.sk, &item.read()?)),
            ["X", ..] => entries.extend(of_request(record, item.sk, &item.read()?)),
            _ => {}
        }
    }
    Ok(entries)
}

fn of_message(about: &About, message: &Message) -> Entry {
    let said = message.text.as_deref().unwrap_or("something without words");
    about.entry(message.at, "message", "", format!("{}: {said}", word(message.speaker)))
}

pub(super) fn of_conversation(about: &About, conversation: &Conversation) -> Vec<Entry> {
    let subject =
        conversation.subject.as_ref().map(|subject| format!(": {}", subject.value)).unwrap_or_default();
    let begun = conversation
        .since
        .map(|since| about.entry(since.0, "conversation", "begun", format!("a conversation began{subject}")));
    let state = conversation.state.as_ref().map(|state| {
        about.entry(
            state.at,
            "conversation",
            "state",
            format!("the conversation is {}{subject}", word(state.value)),
        )
    });
    begun.into_iter().chain(state).collect()
}

pub(super) fn of_checkout(about: &About, checkout: &Checkout) -> Vec<Entry> {
    let total = checkout.total.as_ref().map(|total| format!(" of {}", total.value)).unwrap_or_default();
    let moments = [
        (checkout.touched.as_ref().map(|touched| touched.at), format!("touched a cart{total}")),
        (checkout.left.as_ref().map(|left| left.at), format!("left a cart{total}")),
        (checkout.finished.map(|at| at.0), "a cart was ordered or emptied".to_owned()),
    ];
    moments.into_iter().filter_map(|(at, text)| Some(about.entry(at?, "cart", &text.clone(), text))).collect()
}

fn of_request(record: &CustomerId, place: &str, asked: &RecordedRequest) -> Vec<Entry> {
    let about = About::of(record, place, Some(asked.source.as_str()));
    let what = word(asked.request);
    let made = about.entry(asked.at, "request", "made", format!("asked for: {what}, due {}", asked.due_at));
    let done = asked.done_at.map(|at| about.entry(at, "request", "done", format!("done: {what}")));
    [made].into_iter().chain(done).collect()
}
