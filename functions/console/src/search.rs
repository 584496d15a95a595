//! Who is it: `search` by an e-mail address, a telephone number in any notation, an order's or a parcel's number, a source's
//! customer number. All of them are looked up by their keyed hashes at once; nothing is scanned. So are those whose names begin
//! so ([`namesakes`]), page by page.

mod namesakes;

use rihla_aws::person::linked;
use rihla_aws::table::{Freshness, Key, Versioned};
use rihla_core::identifier::{CustomerId, Email, Identifier, Phone};
use rihla_core::lattice::Latest;
use rihla_core::pointer::Pointer;
use rihla_core::profile::Profile;
use rihla_core::zone::country_of;
use serde::{Deserialize, Serialize};

use crate::{Console, Failure};

/// What is looked for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asked {
    text: String,
    /// The country (ISO 3166-1) as whose a telephone number without one is read; without it, that of the shop's zone.
    country: Option<String>,
    /// Where the page before ended: its `next`. Only names have further pages.
    page: Option<String>,
}

/// Who was found, those by the surest identifier first.
#[derive(Debug, Serialize)]
pub(crate) struct Found {
    persons: Vec<Person>,
    /// Where the next page of those with such a name begins, if there may be any.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// One person.
#[derive(Debug, Serialize)]
struct Person {
    customer: CustomerId,
    /// By what the person was found.
    by: Vec<&'static str>,
    name: String,
    email: Option<String>,
    phone: Option<String>,
    orders: i64,
}

impl Console {
    /// The persons whom the text may mean.
    pub(crate) async fn search(&self, asked: &Asked) -> Result<Found, Failure> {
        let sought = if asked.page.is_none() { self.sought(asked) } else { Vec::new() };
        let keys: Vec<Key> =
            sought.iter().map(|(_, one)| Key::pointer(&self.identity_key.hash(one))).collect();
        let mut found = self.table.get_many(&keys, Freshness::MayBeStale).await?;
        let mut persons: Vec<Person> = Vec::new();
        for ((by, _), key) in sought.iter().zip(&keys) {
            let pointer: Option<Versioned<Pointer>> = found.take(key)?;
            let Some(customer) = pointer.and_then(|pointer| pointer.document.owner()) else { continue };
            self.add(&mut persons, &customer, by).await?;
        }
        let (namesakes, next) = self.namesakes(&asked.text, asked.page.as_deref()).await?;
        for customer in &namesakes {
            self.add(&mut persons, customer, "name").await?;
        }
        Ok(Found { persons, next })
    }

    /// Adds the person who this customer is, unless they are there.
    async fn add(
        &self,
        persons: &mut Vec<Person>,
        customer: &CustomerId,
        by: &'static str,
    ) -> Result<(), Failure> {
        let linked = linked(&self.table, customer).await?;
        let Some((oldest, _)) = linked.first() else { return Ok(()) };
        match persons.iter_mut().find(|person| person.customer == *oldest) {
            Some(person) if person.by.contains(&by) => {}
            Some(person) => person.by.push(by),
            None => persons.push(Person::of(linked, by)),
        }
        Ok(())
    }

    /// All that the text may be.
    fn sought(&self, asked: &Asked) -> Vec<(&'static str, Identifier)> {
        let text = asked.text.trim();
        if text.is_empty() {
            return Vec::new();
        }
        let country = asked.country.as_deref().or_else(|| country_of(&self.shop.zone));
        let email = text.parse::<Email>().ok().map(|email| ("e-mail address", Identifier::Email(email)));
        let phone = Phone::of(text, country).ok().map(|phone| ("telephone number", Identifier::Phone(phone)));
        let number = text.trim_start_matches('#');
        let mut sought: Vec<_> = email.into_iter().chain(phone).collect();
        for source in &self.shop.sources {
            let name = &source.name;
            sought.push(("order number", Identifier::Order(name.clone(), number.to_owned())));
            sought.push(("order number", Identifier::OrderNumber(name.clone(), number.to_owned())));
            sought.push(("customer number", Identifier::SourceCustomer(name.clone(), number.to_owned())));
        }
        sought.push(("tracking number", Identifier::Tracking(text.to_owned())));
        sought
    }
}

impl Person {
    /// Of all records of the person, the oldest first.
    fn of(linked: Vec<(CustomerId, Profile)>, by: &'static str) -> Self {
        let mut records = linked.into_iter();
        let (customer, oldest) = records.next().expect("who was found has a record");
        let person = oldest.united(records.map(|(_, profile)| profile));
        let names = [&person.first_name, &person.last_name].into_iter().flatten();
        let names: Vec<&str> = names.map(|Latest { value, .. }| value.as_str()).collect();
        Self {
            customer,
            by: vec![by],
            name: names.join(" "),
            email: person.email.as_ref().map(|email| email.value.as_str().to_owned()),
            phone: person.phone.as_ref().map(|phone| phone.value.as_str().to_owned()),
            orders: person.totals.orders(),
        }
    }
}
