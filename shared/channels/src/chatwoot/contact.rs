//! Contacts: by themselves, and within conversations and messages.

use rihla_core::event::Person;
use rihla_core::instant::Instant;
use serde::Deserialize;

use super::profile;
use crate::json::{self, AnyMoment, Id, Loose};
use crate::{Reading, Unreadable, full_name, person};

/// A contact, or whoever else speaks: bots and people of the shop have the same members.
#[derive(Deserialize)]
pub(super) struct Contact<'a> {
    pub(super) id: Option<Id>,
    #[serde(borrow, default, rename = "type")]
    pub(super) kind: Loose<'a>,
    #[serde(borrow, default)]
    email: Loose<'a>,
    #[serde(borrow, default)]
    phone_number: Loose<'a>,
    #[serde(borrow, default)]
    name: Loose<'a>,
}

/// What `contact_updated` says besides.
#[derive(Deserialize)]
struct Changes {
    changed_attributes: Option<Vec<Changed>>,
}

/// One of `changed_attributes`: an object with one member, by the name of what changed.
#[derive(Deserialize)]
struct Changed {
    updated_at: Option<Change>,
}

#[derive(Deserialize)]
struct Change {
    current_value: Option<AnyMoment>,
}

/// Reads a contact. It tells no time of its own: what changed may be its time of change, and else it is as old as the
/// delivery, where that is dated.
pub(super) fn read(body: &[u8], topic: &str, sent_at: Option<Instant>) -> Result<Reading, Unreadable> {
    let contact: Contact<'_> = json::read(body)?;
    let Changes { changed_attributes } = json::read(body)?;
    let Some(person) = contact.person() else {
        return Ok(Reading::no_interest(topic, "the contact has no id"));
    };
    let changed = changed_attributes.unwrap_or_default();
    let changed_at = changed.into_iter().find_map(|changed| changed.updated_at?.current_value);
    match changed_at.map(|at| at.0).or(sent_at) {
        Some(at) => Ok(Reading::events(vec![profile(at, person)])),
        None => {
            Ok(Reading::no_interest(topic, "it does not say when: this Chatwoot does not date what it sends"))
        }
    }
}

impl Contact<'_> {
    /// The person, known by the contact's id.
    pub(super) fn person(&self) -> Option<Person> {
        let mut person = Person {
            customer: Some(self.id.as_ref()?.0.clone()),
            email: person::email(self.email.text()),
            phone: person::phone(self.phone_number.text()),
            ..Person::default()
        };
        full_name::give(&mut person, self.name.trimmed());
        Some(person)
    }

    /// Whether it says of itself that it is somebody or something of the shop.
    pub(super) fn is_of_the_shop(&self) -> bool {
        self.kind.trimmed().is_some_and(|kind| kind != "contact")
    }
}
