//! `docs/channels.md`, from what the providers say of themselves.

use std::collections::BTreeSet;

use rihla_channels::{Holds, PROVIDERS, Provider, Topic};
use rihla_core::event::ConversationState;
use rihla_core::parcel::ParcelState;

const INTRODUCTION: &str = "\
# Channels

What each provider sends, and what is read of it. Made from the code, and compared with it by a test: write it anew with
`cargo run -p rihla-channels --example channels_table > docs/channels.md`. How to connect a provider is on the page that its
name leads to; how to add one is on [adding a channel](adding-a-channel.md).

`infra/sources.yaml` calls a provider by the name in the second column.
";

const HOLDS: &str = "\
*Whole*: a delivery holds all that changed. *Names*: it says only what it is that changed; the rest is asked of the provider's
API where the source has a token, and without one only what is named is recorded. *Known again by*: a delivery that comes twice
changes nothing the second time, because what it tells is kept under these.
";

const PARCELS: &str = "\
Every carrier's and shop's states are read to one scale; later in the list is further on. A value that is not known here is kept
as unknown, and counted.
";

const CONVERSATIONS: &str = "\
Chat, WhatsApp, text messages, telephone and support desk are one kind of conversation. A message is the customer's, the staff's
or a program's (a bot, a template, a campaign); notes that only the staff can read are not kept. A customer who writes after a
conversation was resolved opens it again.
";

/// All of it.
pub(crate) fn markdown() -> String {
    let parts = [
        INTRODUCTION.to_owned(),
        overview(),
        HOLDS.to_owned(),
        scale::<ParcelState>("Parcels", PARCELS, &["parcel.moved"]),
        scale::<ConversationState>(
            "Conversations",
            CONVERSATIONS,
            &["conversation.changed", "conversation.message"],
        ),
        "## Topics, one by one\n".to_owned(),
    ];
    let topics = PROVIDERS.iter().map(|provider| topics(provider));
    parts.into_iter().chain(topics).collect::<Vec<_>>().join("\n")
}

fn overview() -> String {
    let mut rows = table(&[
        "provider",
        "name",
        "verified by",
        "topics read",
        "events",
        "a delivery holds",
        "known again by",
        "time limit, repeats",
    ]);
    for provider in PROVIDERS {
        let about = provider.about;
        let read = provider.topics.iter().filter(|topic| !topic.tells.is_empty()).count();
        rows += &row(&[
            &format!("[{}](channels/{}.md)", about.title, provider.name),
            &format!("`{}`", provider.name),
            about.verified,
            &read.to_string(),
            &events(provider),
            holds(provider),
            about.ids,
            about.limits,
        ]);
    }
    rows
}

/// The types of events that any of its topics may tell.
fn events(provider: &Provider) -> String {
    let types: BTreeSet<&str> = provider.topics.iter().flat_map(|topic| topic.tells).copied().collect();
    code(types)
}

fn holds(provider: &Provider) -> &'static str {
    match provider.about.holds {
        Holds::Whole => "whole",
        Holds::Names => "names",
        Holds::Both => "some topics whole, some names",
    }
}

/// The values of a scale, in their order, with what they mean; and who tells it.
fn scale<T: schemars::JsonSchema>(title: &str, about: &str, events: &[&str]) -> String {
    let mut text = format!("## {title}\n\n{about}\n{}", table(&["state", "meaning"]));
    let schema = serde_json::to_value(schemars::schema_for!(T)).expect("a schema is plain data");
    for state in schema["oneOf"].as_array().into_iter().flatten() {
        let word = |member: &str| state[member].as_str().unwrap_or_default().replace('\n', " ");
        text += &row(&[&format!("`{}`", word("const")), &word("description")]);
    }
    let tells = |provider: &&&Provider| {
        provider.topics.iter().any(|topic| topic.tells.iter().any(|told| events.contains(told)))
    };
    let tellers: Vec<&str> = PROVIDERS.iter().filter(tells).map(|provider| provider.about.title).collect();
    text + &format!("\nTold ({}) by {}.\n", code(events.iter().copied()), tellers.join(", "))
}

fn topics(provider: &Provider) -> String {
    let (read, passed): (Vec<&Topic>, Vec<&Topic>) =
        provider.topics.iter().partition(|topic| !topic.tells.is_empty());
    let mut text =
        format!("### {}\n\n{}", provider.about.title, table(&["topic", "events that it may tell"]));
    for topic in read {
        text += &row(&[&format!("`{}`", topic.name), &code(topic.tells.iter().copied())]);
    }
    if !passed.is_empty() {
        let names = code(passed.iter().map(|topic| topic.name));
        text = format!("{text}\nKnown, and of no interest: {names}.\n");
    }
    text
}

fn code<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    words.into_iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// The head of a table.
fn table(columns: &[&str]) -> String {
    row(columns) + "|" + &"---|".repeat(columns.len()) + "\n"
}

fn row(cells: &[&str]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
    format!("| {} |\n", cells.join(" | "))
}
