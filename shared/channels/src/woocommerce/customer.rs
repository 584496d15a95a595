//! Customers' accounts.

use rihla_core::event::{Event, Fact, Person};
use serde::Deserialize;

use super::person::{Address, customer_id};
use crate::json::{self, Id, Text, Utc};
use crate::{Reading, Unreadable, person};

#[derive(Deserialize)]
struct Customer<'a> {
    id: Id,
    date_created_gmt: Option<Utc>,
    date_modified_gmt: Option<Utc>,
    #[serde(borrow)]
    email: Option<Text<'a>>,
    #[serde(borrow)]
    first_name: Option<Text<'a>>,
    #[serde(borrow)]
    last_name: Option<Text<'a>>,
    #[serde(borrow)]
    billing: Option<Address<'a>>,
    #[serde(borrow)]
    shipping: Option<Address<'a>>,
}

/// Reads `customer.created` and `customer.updated`.
pub(super) fn read(body: &[u8]) -> Result<Reading, Unreadable> {
    let customer: Customer<'_> = json::read(body)?;
    let at = customer.date_modified_gmt.or(customer.date_created_gmt);
    let at = at.ok_or_else(|| Unreadable::missing("date_modified_gmt"))?.0;
    Ok(Reading::events(vec![Event { at, fact: Fact::ProfileChanged(customer.person()) }]))
}

impl Customer<'_> {
    fn person(&self) -> Person {
        let billing = self.billing.as_ref().map(Address::person).unwrap_or_default();
        Person {
            customer: customer_id(Some(&self.id)),
            email: person::email(self.email.as_ref()).or(billing.email),
            first_name: person::name(self.first_name.as_ref()).or(billing.first_name),
            last_name: person::name(self.last_name.as_ref()).or(billing.last_name),
            place: self.shipping.as_ref().and_then(Address::place).or(billing.place),
            ..billing
        }
    }
}
