//! People: customers of the directory, and whom an order goes to.

use rihla_core::event::{ConsentChanged, ConsentState, Event, Fact, Person, Place, Purpose};
use rihla_core::instant::Instant;
use rihla_core::source::Channel;
use serde::Deserialize;

use super::envelope::Envelope;
use super::event;
use crate::json::{self, Id, Text};
use crate::{Lookup, Reading, Unreadable, person};

/// What the lookup is called.
pub(super) const CUSTOMER: &str = "customer";

/// The event's object, and the API's answer: both hold the customer alone.
#[derive(Deserialize)]
struct Holder<'a> {
    #[serde(borrow)]
    customer: Customer<'a>,
}

#[derive(Deserialize)]
struct Customer<'a> {
    id: Id,
    #[serde(borrow)]
    email_address: Option<Text<'a>>,
    #[serde(borrow)]
    phone_number: Option<Text<'a>>,
    #[serde(borrow)]
    given_name: Option<Text<'a>>,
    #[serde(borrow)]
    family_name: Option<Text<'a>>,
    #[serde(borrow)]
    address: Option<Address<'a>>,
    preferences: Option<Preferences>,
    created_at: Option<Instant>,
    updated_at: Option<Instant>,
}

#[derive(Deserialize)]
struct Preferences {
    email_unsubscribed: Option<bool>,
}

#[derive(Deserialize)]
pub(super) struct Address<'a> {
    #[serde(borrow, rename = "address_line_1")]
    pub(super) street: Option<Text<'a>>,
    #[serde(borrow)]
    locality: Option<Text<'a>>,
    #[serde(borrow)]
    administrative_district_level_1: Option<Text<'a>>,
    #[serde(borrow)]
    country: Option<Text<'a>>,
}

/// Reads `customer.created` and `customer.updated`.
pub(super) fn read(envelope: &Envelope<'_>) -> Result<Reading, Unreadable> {
    let holder: Holder<'_> = envelope.object()?;
    Ok(Reading::events(holder.customer.events(holder.customer.told_at().unwrap_or(envelope.at()))))
}

/// How a customer is asked for.
pub(super) fn lookup(id: &str) -> Lookup {
    Lookup::at_path(CUSTOMER, format!("/v2/customers/{id}"))
}

/// Reads the API's answer (<https://developer.squareup.com/reference/square/customers-api/retrieve-customer>).
pub(super) fn read_answer(answer: &[u8]) -> Result<Reading, Unreadable> {
    let Holder { customer } = json::read(answer)?;
    let at = customer.told_at().ok_or_else(|| Unreadable::missing("customer.updated_at"))?;
    Ok(Reading::events(customer.events(at)))
}

impl Customer<'_> {
    fn told_at(&self) -> Option<Instant> {
        self.updated_at.or(self.created_at)
    }

    fn events(&self, at: Instant) -> Vec<Event> {
        let person = self.person();
        let mut events = vec![event(at, Fact::ProfileChanged(person.clone()))];
        let unsubscribed = self.preferences.as_ref().and_then(|preferences| preferences.email_unsubscribed);
        if unsubscribed == Some(true) {
            events.extend(
                [Purpose::Marketing, Purpose::Newsletter].map(|purpose| withdrawn(at, &person, purpose)),
            );
        }
        events
    }

    fn person(&self) -> Person {
        let place = self.address.as_ref().and_then(Address::place);
        Person {
            customer: Some(self.id.0.clone()),
            email: person::email(self.email_address.as_ref()),
            phone: person::phone_in(self.phone_number.as_ref(), place.as_ref()),
            first_name: person::name(self.given_name.as_ref()),
            last_name: person::name(self.family_name.as_ref()),
            place,
            ..Person::default()
        }
    }
}

/// Whoever has not unsubscribed has not agreed to anything by that.
fn withdrawn(at: Instant, person: &Person, purpose: Purpose) -> Event {
    let person =
        Person { customer: person.customer.clone(), email: person.email.clone(), ..Person::default() };
    let (state, channel) = (ConsentState::Withdrawn, Channel::Email);
    event(
        at,
        Fact::ConsentChanged(ConsentChanged {
            person,
            purpose,
            state,
            channel,
            wording: None,
            basis: None,
            double_opt_in: None,
        }),
    )
}

impl Address<'_> {
    pub(super) fn place(&self) -> Option<Place> {
        let region = person::region(self.administrative_district_level_1.as_ref());
        person::place(person::country(self.country.as_ref()), region, person::name(self.locality.as_ref()))
    }
}
