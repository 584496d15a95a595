//! People, as customers and sessions tell them.

use rihla_core::event::{Fact, Person, Place};
use serde::Deserialize;

use super::envelope::Told;
use super::event;
use crate::json::{self, Id, Text};
use crate::{Reading, Unreadable, person};

#[derive(Deserialize)]
struct Customer<'a> {
    id: Id,
    #[serde(borrow)]
    preferred_locales: Option<Vec<Text<'a>>>,
}

/// Who somebody is, alone or as `customer_details` of a session.
#[derive(Deserialize)]
pub(super) struct Details<'a> {
    #[serde(borrow)]
    email: Option<Text<'a>>,
    #[serde(borrow)]
    name: Option<Text<'a>>,
    #[serde(borrow)]
    phone: Option<Text<'a>>,
    #[serde(borrow)]
    address: Option<Address<'a>>,
}

#[derive(Deserialize)]
pub(super) struct Address<'a> {
    #[serde(borrow)]
    city: Option<Text<'a>>,
    #[serde(borrow)]
    state: Option<Text<'a>>,
    #[serde(borrow)]
    country: Option<Text<'a>>,
}

/// Reads `customer.created` and `customer.updated`.
pub(super) fn read(object: &[u8], told: Told) -> Result<Reading, Unreadable> {
    let customer: Customer<'_> = json::read(object)?;
    let details: Details<'_> = json::read(object)?;
    let locale = customer.preferred_locales.as_ref().and_then(|locales| locales.first());
    let person = Person { customer: Some(customer.id.0), locale: person::locale(locale), ..details.person() };
    Ok(Reading::events(vec![event(told.at, Fact::ProfileChanged(person))]))
}

impl Details<'_> {
    pub(super) fn person(&self) -> Person {
        let (first_name, last_name) = person::names(self.name.as_ref());
        let place = self.address.as_ref().and_then(Address::place);
        Person {
            email: person::email(self.email.as_ref()),
            phone: person::phone_in(self.phone.as_ref(), place.as_ref()),
            first_name,
            last_name,
            place,
            ..Person::default()
        }
    }
}

impl Address<'_> {
    pub(super) fn place(&self) -> Option<Place> {
        let country = person::country(self.country.as_ref());
        person::place(country, person::region(self.state.as_ref()), person::name(self.city.as_ref()))
    }
}
