//! Contacts: users and leads.

use rihla_core::event::{Fact, Person, Place, PrivacyRequest, PrivacyRequested};
use serde::Deserialize;

use super::{Notification, event};
use crate::json::{AnyMoment, Id, Loose};
use crate::{Reading, Unreadable, full_name, person};

/// A contact: <https://developers.intercom.com/docs/references/rest-api/api.intercom.io/contacts/contact>.
#[derive(Deserialize)]
pub(super) struct Contact<'a> {
    pub(super) id: Option<Id>,
    #[serde(borrow, default)]
    email: Loose<'a>,
    #[serde(borrow, default)]
    phone: Loose<'a>,
    #[serde(borrow, default)]
    name: Loose<'a>,
    #[serde(borrow, default)]
    language_override: Loose<'a>,
    #[serde(borrow, default)]
    browser_language: Loose<'a>,
    #[serde(borrow)]
    location: Option<Location<'a>>,
    pub(super) unsubscribed_from_emails: Option<bool>,
    updated_at: Option<AnyMoment>,
}

#[derive(Deserialize)]
struct Location<'a> {
    #[serde(borrow, default)]
    country_code: Loose<'a>,
    #[serde(borrow, default)]
    city: Loose<'a>,
}

/// Item of `conversation.contact.attached`.
#[derive(Deserialize)]
struct Attached<'a> {
    #[serde(borrow)]
    contact: Contact<'a>,
}

/// Item of `contact.deleted`: an id and little else.
#[derive(Deserialize)]
struct Deleted {
    id: Id,
}

/// Reads a contact as it is now.
pub(super) fn read(notification: &Notification<'_>, topic: &str) -> Result<Reading, Unreadable> {
    notification.item::<Contact<'_>>()?.reading(notification, topic)
}

/// Reads who joined a conversation; the conversation itself comes in words of Intercom's own that are not documented.
pub(super) fn read_attached(notification: &Notification<'_>, topic: &str) -> Result<Reading, Unreadable> {
    notification.item::<Attached<'_>>()?.contact.reading(notification, topic)
}

/// A contact that was deleted is to be forgotten here, too.
pub(super) fn read_deleted(notification: &Notification<'_>) -> Result<Reading, Unreadable> {
    let Deleted { id } = notification.item()?;
    let requested = PrivacyRequested {
        request: PrivacyRequest::Erase,
        person: Person { customer: Some(id.0), ..Person::default() },
        id: notification.id.as_ref().map(|id| id.0.clone()),
        orders: Vec::new(),
    };
    Ok(Reading::events(vec![event(notification.time()?, Fact::PrivacyRequested(requested))]))
}

impl Contact<'_> {
    fn reading(&self, notification: &Notification<'_>, topic: &str) -> Result<Reading, Unreadable> {
        if self.id.is_none() {
            return Ok(Reading::no_interest(topic, "the contact has no id"));
        }
        let at = self.updated_at.map_or_else(|| notification.time(), |at| Ok(at.0))?;
        Ok(Reading::events(vec![event(at, Fact::ProfileChanged(self.person()))]))
    }

    pub(super) fn person(&self) -> Person {
        let mut person = Person {
            customer: self.id.as_ref().map(|id| id.0.clone()),
            email: person::email(self.email.text()),
            phone: person::phone(self.phone.text()),
            locale: person::locale(self.language_override.text())
                .or_else(|| person::locale(self.browser_language.text())),
            place: self.location.as_ref().and_then(Location::place),
            ..Person::default()
        };
        full_name::give(&mut person, self.name.trimmed());
        person
    }
}

impl Location<'_> {
    /// Two or three letters stand for the country; only those of two are kept.
    fn place(&self) -> Option<Place> {
        person::place(person::country(self.country_code.text()), None, person::name(self.city.text()))
    }
}
