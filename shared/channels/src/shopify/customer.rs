//! Customers and their word on marketing, by e-mail and by text message.

use rihla_core::event::{ConsentChanged, ConsentState, DoubleOptIn, Event, Fact, Person, Purpose};
use rihla_core::instant::Instant;
use rihla_core::source::Channel;
use serde::Deserialize;

use super::bare::bare;
use super::person::Customer;
use super::{Told, event};
use crate::json::{self, Id, Text};
use crate::person::{email, phone};
use crate::{Reading, Unreadable};

/// `email_marketing_consent` or `sms_marketing_consent` of a customer.
#[derive(Deserialize)]
pub(super) struct Consent<'a> {
    #[serde(borrow)]
    state: Option<Text<'a>>,
    #[serde(borrow)]
    opt_in_level: Option<Text<'a>>,
    #[serde(rename = "consent_updated_at")]
    updated_at: Option<Instant>,
}

/// Body of `customers_email_marketing_consent/update`.
#[derive(Deserialize)]
struct ConsentUpdate<'a> {
    customer_id: Option<Id>,
    #[serde(borrow)]
    email_address: Option<Text<'a>>,
    #[serde(borrow)]
    email_marketing_consent: Option<Consent<'a>>,
}

/// Body of `customers_marketing_consent/update`, which is about text messages.
#[derive(Deserialize)]
struct SmsConsentUpdate<'a> {
    id: Option<Id>,
    #[serde(borrow)]
    phone: Option<Text<'a>>,
    #[serde(borrow)]
    sms_marketing_consent: Option<Consent<'a>>,
}

/// Reads `customers/create` and `customers/update`.
pub(super) fn read(body: &[u8], told: &Told<'_>) -> Result<Reading, Unreadable> {
    let customer: Customer<'_> = json::read(bare(body, "customer")?)?;
    let at = customer.updated_at.map_or_else(|| told.time(), Ok)?;
    let person = customer.person();
    if person.customer.is_none() {
        return Err(Unreadable::missing("id"));
    }
    let mut events = vec![event(at, Fact::ProfileChanged(person))];
    events.extend(consents(&customer, at));
    let asked = [&customer.email_marketing_consent, &customer.sms_marketing_consent];
    Ok(asked
        .into_iter()
        .flatten()
        .fold(Reading::events(events), |reading, consent| consent.and_unknown(reading)))
}

/// Reads `customers_email_marketing_consent/update`.
pub(super) fn read_consent(body: &[u8], told: &Told<'_>) -> Result<Reading, Unreadable> {
    let update: ConsentUpdate<'_> = json::read(body)?;
    let consent = update.email_marketing_consent;
    let consent = consent.ok_or_else(|| Unreadable::missing("email_marketing_consent"))?;
    let customer = update.customer_id.map(|id| id.0);
    let person = Person { customer, email: email(update.email_address.as_ref()), ..Person::default() };
    consent.reading(Channel::Email, &person, told)
}

/// Reads `customers_marketing_consent/update`.
pub(super) fn read_sms_consent(body: &[u8], told: &Told<'_>) -> Result<Reading, Unreadable> {
    let update: SmsConsentUpdate<'_> = json::read(body)?;
    let consent = update.sms_marketing_consent;
    let consent = consent.ok_or_else(|| Unreadable::missing("sms_marketing_consent"))?;
    let customer = update.id.map(|id| id.0);
    let person = Person { customer, phone: phone(update.phone.as_ref()), ..Person::default() };
    consent.reading(Channel::Sms, &person, told)
}

/// What a customer, alone or within an order, says on marketing. `at` is when the body became true.
pub(super) fn consents(customer: &Customer<'_>, at: Instant) -> Vec<Event> {
    let id = || customer.id.as_ref().map(|id| id.0.clone());
    let by_email = Person { customer: id(), email: email(customer.email.as_ref()), ..Person::default() };
    let by_sms = Person { customer: id(), phone: phone(customer.phone.as_ref()), ..Person::default() };
    let words = [
        (&customer.email_marketing_consent, Channel::Email, by_email),
        (&customer.sms_marketing_consent, Channel::Sms, by_sms),
    ];
    let words = words.into_iter().filter_map(|(consent, channel, person)| {
        Some(consent.as_ref()?.events(channel, &person, customer.created_at, at))
    });
    words.flatten().collect()
}

impl Consent<'_> {
    fn reading(&self, channel: Channel, person: &Person, told: &Told<'_>) -> Result<Reading, Unreadable> {
        let at = self.updated_at.map_or_else(|| told.time(), Ok)?;
        Ok(self.and_unknown(Reading::events(self.events(channel, person, Some(at), at))))
    }

    fn and_unknown(&self, reading: Reading) -> Reading {
        match self.state.as_ref().and_then(Text::trimmed) {
            None
            | Some("subscribed" | "unsubscribed" | "redacted" | "not_subscribed" | "pending" | "invalid") => {
                reading
            }
            Some(state) => reading.and_unknown("consent.state", state),
        }
    }

    /// Told without its own time, a yes is as old as the record, so that it never outdoes a no that came in between,
    /// and a no is as young as the telling.
    fn events(
        &self,
        channel: Channel,
        person: &Person,
        oldest: Option<Instant>,
        youngest: Instant,
    ) -> Vec<Event> {
        let word = match self.state.as_ref().and_then(Text::trimmed) {
            Some("subscribed") => self.updated_at.or(oldest).map(|at| (ConsentState::Granted, at)),
            Some("unsubscribed" | "redacted") => {
                Some((ConsentState::Withdrawn, self.updated_at.unwrap_or(youngest)))
            }
            // `not_subscribed`, `pending`, `invalid`: nobody has said anything.
            _ => None,
        };
        let Some((state, at)) = word else { return Vec::new() };
        let changed = |purpose| {
            let wording = self.wording(state);
            event(
                at,
                Fact::ConsentChanged(ConsentChanged {
                    person: person.clone(),
                    purpose,
                    state,
                    channel,
                    wording,
                    basis: None,
                    double_opt_in: self.double_opt_in(state),
                }),
            )
        };
        purposes(state).iter().copied().map(changed).collect()
    }

    /// Shopify tells when it was confirmed, and not when it was asked
    /// (<https://shopify.dev/docs/api/admin-graphql/latest/enums/CustomerMarketingOptInLevel>).
    fn double_opt_in(&self, state: ConsentState) -> Option<DoubleOptIn> {
        let level = self.opt_in_level.as_ref().and_then(Text::trimmed)?;
        (state == ConsentState::Granted && level == "confirmed_opt_in").then(DoubleOptIn::default)
    }

    fn wording(&self, state: ConsentState) -> Option<String> {
        let asked = match self.opt_in_level.as_ref().and_then(Text::trimmed)? {
            "single_opt_in" => "single opt-in",
            "confirmed_opt_in" => "confirmed opt-in",
            _ => return None,
        };
        (state == ConsentState::Granted).then(|| format!("{asked} at Shopify"))
    }
}

/// Shopify asks for one thing, marketing by e-mail. A yes to it is no yes to the newsletter; a no is a no to both.
fn purposes(state: ConsentState) -> &'static [Purpose] {
    match state {
        ConsentState::Granted => &[Purpose::Marketing],
        ConsentState::Withdrawn => &[Purpose::Marketing, Purpose::Newsletter],
    }
}
