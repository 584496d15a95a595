//! The three topics of privacy law. They are to be answered within 30 days, and their bodies carry no time.

use rihla_core::event::{Fact, Person, PrivacyRequest, PrivacyRequested};
use serde::Deserialize;

use super::{Told, event};
use crate::json::{self, Id, Text};
use crate::person::{email, phone};
use crate::{Reading, Unreadable};

#[derive(Deserialize)]
struct Body<'a> {
    #[serde(borrow)]
    customer: Option<Customer<'a>>,
    orders_requested: Option<Vec<Id>>,
    orders_to_redact: Option<Vec<Id>>,
    data_request: Option<DataRequest>,
}

/// Sometimes there is only an e-mail.
#[derive(Deserialize)]
struct Customer<'a> {
    id: Option<Id>,
    #[serde(borrow)]
    email: Option<Text<'a>>,
    #[serde(borrow)]
    phone: Option<Text<'a>>,
}

#[derive(Deserialize)]
struct DataRequest {
    id: Option<Id>,
}

#[derive(Deserialize)]
struct Shop {
    #[serde(rename = "shop_id")]
    _id: Id,
}

/// Reads `customers/data_request`.
pub(super) fn read_data_request(body: &[u8], told: &Told<'_>) -> Result<Reading, Unreadable> {
    read(body, told, PrivacyRequest::Export)
}

/// Reads `customers/redact`.
pub(super) fn read_redact(body: &[u8], told: &Told<'_>) -> Result<Reading, Unreadable> {
    read(body, told, PrivacyRequest::Erase)
}

/// Reads `shop/redact`, sent 48 hours after the shop took the app off.
pub(super) fn read_shop_redact(body: &[u8], told: &Told<'_>) -> Result<Reading, Unreadable> {
    let _: Shop = json::read(body)?;
    let request = PrivacyRequest::EraseShop;
    let requested = PrivacyRequested { request, person: Person::default(), id: None, orders: Vec::new() };
    Ok(Reading::events(vec![event(told.time()?, Fact::PrivacyRequested(requested))]))
}

fn read(body: &[u8], told: &Told<'_>, request: PrivacyRequest) -> Result<Reading, Unreadable> {
    let read: Body<'_> = json::read(body)?;
    let customer = read.customer.ok_or_else(|| Unreadable::missing("customer"))?;
    let orders = match request {
        PrivacyRequest::Export => read.orders_requested,
        _ => read.orders_to_redact,
    };
    let requested = PrivacyRequested {
        request,
        person: customer.person()?,
        id: read.data_request.and_then(|request| request.id).map(|id| id.0),
        orders: orders.unwrap_or_default().into_iter().map(|id| id.0).collect(),
    };
    Ok(Reading::events(vec![event(told.time()?, Fact::PrivacyRequested(requested))]))
}

impl Customer<'_> {
    fn person(self) -> Result<Person, Unreadable> {
        let (email, phone) = (email(self.email.as_ref()), phone(self.phone.as_ref()));
        if self.id.is_none() && email.is_none() && phone.is_none() {
            return Err(Unreadable::field("customer", "expected an id, an e-mail or a phone, got none"));
        }
        Ok(Person { customer: self.id.map(|id| id.0), email, phone, ..Person::default() })
    }
}
