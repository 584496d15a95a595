//! Entries: what happened at one business account, a change for each.

use rihla_core::event::{Event, Speaker};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::customer::Contact;
use super::message::{self, Direction};
use super::preference::{self, Preference, Status};
use crate::json::{self, Text};
use crate::reading::Unknown;
use crate::{Reading, Unreadable};

/// What happened at one business account.
#[derive(Deserialize)]
pub(crate) struct Entry<'a> {
    #[serde(borrow)]
    changes: Vec<Change<'a>>,
}

#[derive(Deserialize)]
struct Change<'a> {
    #[serde(borrow)]
    field: Text<'a>,
    #[serde(borrow)]
    value: &'a RawValue,
}

/// The value of a change of a field that is read.
#[derive(Deserialize)]
struct Value<'a> {
    #[serde(borrow)]
    contacts: Option<Vec<Contact<'a>>>,
    #[serde(borrow)]
    messages: Option<Vec<&'a RawValue>>,
    #[serde(borrow)]
    message_echoes: Option<Vec<&'a RawValue>>,
    #[serde(borrow)]
    statuses: Option<Vec<Status<'a>>>,
    #[serde(borrow)]
    user_preferences: Option<Vec<Preference<'a>>>,
}

/// What was found so far.
#[derive(Default)]
pub(super) struct Found {
    pub(super) events: Vec<Event>,
    pub(super) unknown: Vec<Unknown>,
    why: Option<&'static str>,
}

/// What all changes of all entries tell. `at` is the path of an entry in the body.
pub(crate) fn read(entries: &[Entry<'_>], at: fn(usize) -> String) -> Result<Reading, Unreadable> {
    let mut found = Found::default();
    for (index, entry) in entries.iter().enumerate() {
        for (number, change) in entry.changes.iter().enumerate() {
            let path = || format!("{}changes[{number}].value", at(index));
            change.read(&mut found).map_err(|unreadable| unreadable.within(&path()))?;
        }
    }
    let field = entries.iter().flat_map(|entry| &entry.changes).find_map(|change| change.field.limited(60));
    let why = found.why.unwrap_or("it holds no message and no word on consent");
    let reading = Reading::events_or(found.events, &field.unwrap_or_default(), why);
    Ok(Reading { unknown: found.unknown, ..reading })
}

impl Found {
    /// Keeps the first reason for which something tells no event.
    pub(super) fn pass(&mut self, why: &'static str) {
        self.why.get_or_insert(why);
    }
}

impl Change<'_> {
    fn read(&self, found: &mut Found) -> Result<(), Unreadable> {
        let why = match self.field.trimmed().unwrap_or_default() {
            "messages" | "smb_message_echoes" | "user_preferences" => return self.read_value(found),
            "history" => "messages from before the shop was connected",
            "account_update" => "it is about the business account",
            field if field.starts_with("message_template_") => "it is about a template",
            _ => "no field that is read here",
        };
        found.pass(why);
        Ok(())
    }

    fn read_value(&self, found: &mut Found) -> Result<(), Unreadable> {
        let value: Value<'_> = json::read(self.value.get().as_bytes())?;
        let contacts = value.contacts.unwrap_or_default();
        let inward = Direction { speaker: Speaker::Customer, contacts: &contacts };
        message::read_all("messages", value.messages, &inward, found)?;
        let outward = Direction { speaker: Speaker::Staff, contacts: &contacts };
        message::read_all("message_echoes", value.message_echoes, &outward, found)?;
        for status in value.statuses.unwrap_or_default() {
            found.pass("it tells what became of a message of the shop");
            found.events.extend(status.consents(&contacts));
            found.unknown.extend(status.unknown());
        }
        for preference in value.user_preferences.unwrap_or_default() {
            preference::read(&preference, &contacts, found)?;
        }
        Ok(())
    }
}
