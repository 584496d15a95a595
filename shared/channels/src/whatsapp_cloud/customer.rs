//! Customers: by a phone number, by an id of their own with this business, or by both.
//!
//! Since people may hide their number behind a user name, there is a business-scoped user id (such as `US.1349…`). The
//! number may then be absent, or the id stand in its place
//! (<https://developers.facebook.com/docs/whatsapp/business-scoped-user-ids>).

use rihla_core::event::Person;
use serde::Deserialize;

use crate::json::Text;
use crate::messaging::phone_of_digits;

/// One of `contacts`: a customer of whom a change tells.
#[derive(Deserialize)]
pub(super) struct Contact<'a> {
    #[serde(borrow)]
    wa_id: Option<Text<'a>>,
    #[serde(borrow)]
    user_id: Option<Text<'a>>,
}

/// How a message, a status or a preference names the customer.
pub(super) struct Named<'a> {
    /// `from`, `to`, `recipient_id` or `wa_id`: mostly the number.
    pub(super) address: Option<&'a str>,
    /// The business-scoped user id.
    pub(super) user: Option<&'a str>,
}

/// An id as part of a key of the table.
pub(super) fn id<'a>(text: Option<&'a Text<'_>>) -> Option<&'a str> {
    text?.trimmed().filter(|id| id.len() <= 255)
}

impl Named<'_> {
    /// The customer, under the id that outlives a change of number where there is one.
    pub(super) fn person(&self, contacts: &[Contact<'_>]) -> Option<Person> {
        let contact = self.contact(contacts);
        let number = contact.and_then(|contact| id(contact.wa_id.as_ref()));
        let user = self.user.or_else(|| contact.and_then(|contact| id(contact.user_id.as_ref())));
        let phone = [number, self.address].into_iter().flatten().find_map(phone_of_digits);
        let customer = user.or(number).or(self.address)?.to_owned();
        Some(Person { customer: Some(customer), phone, ..Person::default() })
    }

    /// The contact of that name. `from` and `wa_id` of one person may differ (a 9 or a 1 that some countries' numbers
    /// have and have not), so that the only contact is taken whatever it is called.
    fn contact<'c>(&self, contacts: &'c [Contact<'c>]) -> Option<&'c Contact<'c>> {
        let is_named = |name: Option<&Text<'_>>| {
            let name = id(name);
            name.is_some() && (name == self.address || name == self.user)
        };
        let named =
            |contact: &&Contact<'_>| is_named(contact.user_id.as_ref()) || is_named(contact.wa_id.as_ref());
        contacts.iter().find(named).or_else(|| contacts.first().filter(|_| contacts.len() == 1))
    }
}
