//! People, as orders and customers tell them.
//!
//! What Shopify knows of a person comes half empty: protected data is null, a walk-in's e-mail is "", phones are as
//! typed. What is no good is left out: one bad field of a person must not lose an order.

use rihla_core::event::{Person, Place};
use rihla_core::identifier::Phone;
use rihla_core::instant::Instant;
use serde::Deserialize;

use super::customer::Consent;
use crate::json::{Id, Text};
use crate::person::{country, email, name, phone_in, place, region};

/// A customer: a resource of its own, and within an order.
#[derive(Deserialize)]
pub(super) struct Customer<'a> {
    pub(super) id: Option<Id>,
    #[serde(borrow)]
    pub(super) email: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) phone: Option<Text<'a>>,
    #[serde(borrow)]
    first_name: Option<Text<'a>>,
    #[serde(borrow)]
    last_name: Option<Text<'a>>,
    pub(super) created_at: Option<Instant>,
    pub(super) updated_at: Option<Instant>,
    #[serde(borrow)]
    pub(super) email_marketing_consent: Option<Consent<'a>>,
    #[serde(borrow)]
    pub(super) sms_marketing_consent: Option<Consent<'a>>,
    #[serde(borrow)]
    default_address: Option<Address<'a>>,
}

/// A postal address.
#[derive(Deserialize)]
pub(super) struct Address<'a> {
    #[serde(borrow)]
    phone: Option<Text<'a>>,
    #[serde(borrow)]
    first_name: Option<Text<'a>>,
    #[serde(borrow)]
    last_name: Option<Text<'a>>,
    #[serde(borrow)]
    city: Option<Text<'a>>,
    #[serde(borrow)]
    province_code: Option<Text<'a>>,
    #[serde(borrow)]
    country_code: Option<Text<'a>>,
}

impl Customer<'_> {
    pub(super) fn person(&self) -> Person {
        let address = self.default_address.as_ref();
        let place = address.and_then(Address::place);
        Person {
            customer: self.id.as_ref().map(|id| id.0.clone()),
            email: email(self.email.as_ref()),
            phone: phone_in(self.phone.as_ref(), place.as_ref()).or_else(|| address?.phone()),
            first_name: name(self.first_name.as_ref()),
            last_name: name(self.last_name.as_ref()),
            locale: None,
            zone: None,
            place,
        }
    }
}

impl Address<'_> {
    pub(super) fn place(&self) -> Option<Place> {
        let region = region(self.province_code.as_ref());
        place(country(self.country_code.as_ref()), region, name(self.city.as_ref()))
    }

    pub(super) fn phone(&self) -> Option<Phone> {
        phone_in(self.phone.as_ref(), self.place().as_ref())
    }

    /// Whom what is sent there is for.
    pub(super) fn recipient(&self) -> Person {
        let mut person = Person::default();
        self.complete(&mut person);
        person
    }

    /// Fills in what is not known of a person yet.
    pub(super) fn complete(&self, person: &mut Person) {
        if person.first_name.is_none() && person.last_name.is_none() {
            person.first_name = name(self.first_name.as_ref());
            person.last_name = name(self.last_name.as_ref());
        }
        person.phone = person.phone.take().or_else(|| self.phone());
    }
}
