//! Users, as their own events and the API tell them. Those of the staff are no customers.

use rihla_core::event::{Event, Fact, Person};
use rihla_core::instant::Instant;
use serde::Deserialize;

use super::Envelope;
use crate::json::{Id, Loose};
use crate::{Reading, Unreadable, full_name, person};

/// A user: <https://developer.zendesk.com/api-reference/ticketing/users/users/#json-format>.
#[derive(Deserialize)]
pub(super) struct User<'a> {
    id: Id,
    #[serde(borrow, default)]
    email: Loose<'a>,
    #[serde(borrow, default)]
    phone: Loose<'a>,
    #[serde(borrow, default)]
    name: Loose<'a>,
    #[serde(borrow, default)]
    locale: Loose<'a>,
    #[serde(borrow, default)]
    iana_time_zone: Loose<'a>,
    #[serde(borrow, default)]
    role: Loose<'a>,
    updated_at: Option<Instant>,
}

/// Reads an event of a user.
pub(super) fn read(envelope: &Envelope<'_>, topic: &str) -> Result<Reading, Unreadable> {
    let user: User<'_> = envelope.detail()?;
    Ok(user.reading(topic, envelope.time()?))
}

impl User<'_> {
    /// The profile, as of the user's own time where it is told.
    pub(super) fn reading(&self, topic: &str, told_at: Instant) -> Reading {
        if self.role.trimmed().is_some_and(|role| role != "end-user") {
            return Reading::no_interest(topic, "somebody of the shop");
        }
        let at = self.updated_at.unwrap_or(told_at);
        Reading::events(vec![Event { at, fact: Fact::ProfileChanged(self.person()) }])
    }

    fn person(&self) -> Person {
        let mut person = Person {
            customer: Some(self.id.0.clone()),
            email: person::email(self.email.text()),
            phone: person::phone(self.phone.text()),
            locale: person::locale(self.locale.text()),
            zone: self.iana_time_zone.limited(60),
            ..Person::default()
        };
        full_name::give(&mut person, self.name.trimmed());
        person
    }
}
