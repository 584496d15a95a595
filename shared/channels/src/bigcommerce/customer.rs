//! Customers and subscribers to the newsletter (<https://docs.bigcommerce.com/docs/rest-management/customers>).

use rihla_core::event::{ConsentChanged, ConsentState, Fact, Person, Purpose};
use rihla_core::instant::Instant;
use rihla_core::source::Channel;
use serde::Deserialize;

use super::event;
use super::hook::Hook;
use crate::json::{self, Id, Text};
use crate::{Reading, Unreadable, person};

/// What the lookups are called.
pub(super) const CUSTOMER: &str = "customer";
pub(super) const SUBSCRIBER: &str = "subscriber";

#[derive(Deserialize)]
struct Customers<'a> {
    #[serde(borrow)]
    data: Vec<Customer<'a>>,
}

#[derive(Deserialize)]
struct Customer<'a> {
    id: Id,
    #[serde(borrow)]
    email: Option<Text<'a>>,
    #[serde(borrow)]
    phone: Option<Text<'a>>,
    #[serde(borrow)]
    first_name: Option<Text<'a>>,
    #[serde(borrow)]
    last_name: Option<Text<'a>>,
    date_created: Option<Instant>,
    date_modified: Option<Instant>,
}

#[derive(Deserialize)]
struct Subscribed<'a> {
    #[serde(borrow)]
    data: Subscriber<'a>,
}

#[derive(Deserialize)]
struct Subscriber<'a> {
    #[serde(borrow)]
    email: Text<'a>,
}

/// Reads `store/customer/created` and `store/customer/updated`.
pub(super) fn read(hook: &Hook<'_>) -> Result<Reading, Unreadable> {
    Ok(hook.ask(Reading::default(), CUSTOMER, hook.id()?, |id| format!("/v3/customers?id:in={id}")))
}

/// Reads `store/subscriber/created`.
pub(super) fn read_subscribed(hook: &Hook<'_>) -> Result<Reading, Unreadable> {
    let path = |id: &str| format!("/v3/customers/subscribers/{id}");
    Ok(hook.ask(Reading::default(), SUBSCRIBER, hook.id()?, path))
}

/// Reads the API's answer to who a customer is.
pub(super) fn read_answer(answer: &[u8]) -> Result<Reading, Unreadable> {
    let Customers { data } = json::read(answer)?;
    let mut events = Vec::with_capacity(data.len());
    for (index, customer) in data.iter().enumerate() {
        let at = customer.date_modified.or(customer.date_created);
        let at = at.ok_or_else(|| Unreadable::missing(&format!("data[{index}].date_modified")))?;
        events.push(event(at, Fact::ProfileChanged(customer.person())));
    }
    Ok(Reading::events(events))
}

/// Reads the API's answer to who subscribed. The answer has no time of it, so it is the delivery's.
pub(super) fn read_subscriber(hook: &Hook<'_>, answer: &[u8]) -> Result<Reading, Unreadable> {
    let Subscribed { data } = json::read(answer)?;
    let Some(email) = person::email(Some(&data.email)) else { return Ok(Reading::default()) };
    let granted = ConsentChanged {
        person: Person { email: Some(email), ..Person::default() },
        purpose: Purpose::Newsletter,
        state: ConsentState::Granted,
        channel: Channel::Email,
        wording: Some("subscribed at BigCommerce".to_owned()),
        basis: None,
        double_opt_in: None,
    };
    Ok(Reading::events(vec![event(hook.at(), Fact::ConsentChanged(granted))]))
}

impl Customer<'_> {
    fn person(&self) -> Person {
        Person {
            customer: Some(self.id.0.clone()),
            email: person::email(self.email.as_ref()),
            phone: person::phone(self.phone.as_ref()),
            first_name: person::name(self.first_name.as_ref()),
            last_name: person::name(self.last_name.as_ref()),
            ..Person::default()
        }
    }
}
