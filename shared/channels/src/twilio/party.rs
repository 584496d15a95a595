//! Addresses: who is at the other end, and by which channel.

use rihla_core::event::Person;
use rihla_core::source::Channel;

/// A customer as a message or a call names one.
pub(super) struct Party {
    pub(super) person: Person,
    pub(super) channel: Channel,
}

impl Party {
    /// The customer at an address such as `+971501234567`, `whatsapp:+971501234567` or `whatsapp:AE.1349`. By text message
    /// and by telephone the number is the customer; on `WhatsApp` the user id is (`ExternalUserId`), where one is told.
    pub(super) fn at(address: &str, user: Option<&str>, plain: Channel) -> Option<Self> {
        let (channel, place) = match address.split_once(':') {
            Some(("whatsapp", place)) => (Channel::Whatsapp, place),
            Some(("messenger", place)) => (Channel::Messenger, place),
            Some(("rcs", place)) => (Channel::Sms, place),
            _ => (plain, address),
        };
        let user = user.map(|user| user.split_once(':').map_or(user, |(_, user)| user));
        let customer = user.unwrap_or(place).trim();
        let fits = (1..=255).contains(&customer.len());
        let person =
            Person { customer: Some(customer.to_owned()), phone: place.parse().ok(), ..Person::default() };
        fits.then_some(Self { person, channel })
    }

    /// The one conversation with this customer.
    pub(super) fn conversation(&self) -> String {
        self.person.customer.clone().unwrap_or_default()
    }
}
