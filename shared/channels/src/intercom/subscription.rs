//! A contact's word on being written to.

use rihla_core::event::{ConsentChanged, ConsentState, Event, Fact, Person, Purpose};
use rihla_core::instant::Instant;
use rihla_core::source::Channel;
use serde::Deserialize;

use super::contact::Contact;
use super::{Notification, event};
use crate::json::{AnyMoment, Text};
use crate::{Reading, Unreadable};

/// Item of `contact.subscribed` and `contact.unsubscribed`.
#[derive(Deserialize)]
struct Subscription<'a> {
    #[serde(borrow)]
    contact: Contact<'a>,
    #[serde(borrow, rename = "subscription_types")]
    types: Option<Types<'a>>,
    created_at: Option<AnyMoment>,
}

#[derive(Deserialize)]
struct Types<'a> {
    #[serde(borrow)]
    data: Option<Vec<Type<'a>>>,
}

#[derive(Deserialize)]
struct Type<'a> {
    #[serde(borrow)]
    content_types: Option<Vec<Text<'a>>>,
}

/// Reads either topic.
pub(super) fn read(notification: &Notification<'_>, topic: &str) -> Result<Reading, Unreadable> {
    let subscription: Subscription<'_> = notification.item()?;
    let is_yes = topic == "contact.subscribed";
    if is_yes && subscription.contact.unsubscribed_from_emails == Some(true) {
        return Ok(Reading::no_interest(topic, "the contact still takes no e-mails at all"));
    }
    let at = subscription.created_at.map_or_else(|| notification.time(), |at| Ok(at.0))?;
    let person = subscription.contact.person();
    // Names and places come by other topics; the word is about whom it names.
    let person =
        Person { customer: person.customer, email: person.email, phone: person.phone, ..Person::default() };
    if person == Person::default() {
        return Ok(Reading::no_interest(topic, "the contact has neither id nor address"));
    }
    let state = if is_yes { ConsentState::Granted } else { ConsentState::Withdrawn };
    let channels = subscription.channels();
    let events = channels.into_iter().flat_map(|channel| changes(at, &person, state, channel));
    Ok(Reading::events(events.collect()))
}

/// A yes is a yes to marketing alone; a no is a no to the newsletter, too.
fn changes(at: Instant, person: &Person, state: ConsentState, channel: Channel) -> Vec<Event> {
    let purposes: &[Purpose] = match state {
        ConsentState::Granted => &[Purpose::Marketing],
        ConsentState::Withdrawn => &[Purpose::Marketing, Purpose::Newsletter],
    };
    let wording = (state == ConsentState::Granted).then(|| "subscribed at Intercom".to_owned());
    let changed = |purpose: &Purpose| {
        let (person, wording) = (person.clone(), wording.clone());
        event(
            at,
            Fact::ConsentChanged(ConsentChanged {
                person,
                purpose: *purpose,
                state,
                channel,
                wording,
                basis: None,
                double_opt_in: None,
            }),
        )
    };
    purposes.iter().map(changed).collect()
}

impl Subscription<'_> {
    /// The channels of the named types of subscription; e-mail where none is named.
    fn channels(&self) -> Vec<Channel> {
        let types = self.types.as_ref().and_then(|types| types.data.as_deref());
        let contents = types.unwrap_or_default().iter().flat_map(|kind| kind.content_types.iter().flatten());
        let mut channels: Vec<Channel> = contents.filter_map(channel).collect();
        channels.sort();
        channels.dedup();
        if channels.is_empty() { vec![Channel::Email] } else { channels }
    }
}

fn channel(content: &Text<'_>) -> Option<Channel> {
    match content.trimmed()? {
        "email" => Some(Channel::Email),
        "sms_message" => Some(Channel::Sms),
        _ => None,
    }
}
