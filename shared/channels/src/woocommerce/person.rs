//! People, as orders and accounts tell them.

use rihla_core::event::{Person, Place};
use serde::Deserialize;

use crate::json::{Id, Text};
use crate::person;

/// A postal address; the one that the bill goes to has an e-mail, too.
#[derive(Deserialize)]
pub(super) struct Address<'a> {
    #[serde(borrow)]
    first_name: Option<Text<'a>>,
    #[serde(borrow)]
    last_name: Option<Text<'a>>,
    #[serde(borrow)]
    city: Option<Text<'a>>,
    #[serde(borrow)]
    state: Option<Text<'a>>,
    #[serde(borrow)]
    country: Option<Text<'a>>,
    #[serde(borrow)]
    email: Option<Text<'a>>,
    #[serde(borrow)]
    phone: Option<Text<'a>>,
}

impl Address<'_> {
    pub(super) fn person(&self) -> Person {
        let place = self.place();
        Person {
            email: person::email(self.email.as_ref()),
            phone: person::phone_in(self.phone.as_ref(), place.as_ref()),
            first_name: person::name(self.first_name.as_ref()),
            last_name: person::name(self.last_name.as_ref()),
            place,
            ..Person::default()
        }
    }

    pub(super) fn place(&self) -> Option<Place> {
        let country = person::country(self.country.as_ref());
        person::place(country, person::region(self.state.as_ref()), person::name(self.city.as_ref()))
    }
}

/// A customer's id. Guests have the number 0.
pub(super) fn customer_id(id: Option<&Id>) -> Option<String> {
    id.map(|id| id.0.clone()).filter(|id| id != "0")
}
