//! Words on consent: set in WhatsApp itself, or told when a message could not be sent for it.

use rihla_core::event::{ConsentState, Event};
use rihla_core::source::Channel;
use serde::Deserialize;

use super::customer::{Contact, Named, id};
use super::entry::Found;
use crate::Unreadable;
use crate::json::{Id, Text, UnixTime};
use crate::messaging::Word;
use crate::reading::Unknown;

/// One of `user_preferences`
/// (<https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/reference/user_preferences>).
#[derive(Deserialize)]
pub(super) struct Preference<'a> {
    #[serde(borrow)]
    wa_id: Option<Text<'a>>,
    #[serde(borrow)]
    user_id: Option<Text<'a>>,
    #[serde(borrow)]
    category: Option<Text<'a>>,
    #[serde(borrow)]
    value: Option<Text<'a>>,
    timestamp: UnixTime,
}

/// Takes in a preference.
pub(super) fn read(
    preference: &Preference<'_>,
    contacts: &[Contact<'_>],
    found: &mut Found,
) -> Result<(), Unreadable> {
    let category = preference.category.as_ref().and_then(Text::trimmed).unwrap_or_default();
    if category != "marketing_messages" {
        found.unknown.push(Unknown::new("user_preferences.category", category));
        return Ok(());
    }
    let state = match preference.value.as_ref().and_then(Text::trimmed).unwrap_or_default() {
        "stop" => ConsentState::Withdrawn,
        "resume" => ConsentState::Granted,
        other => {
            found.unknown.push(Unknown::new("user_preferences.value", other));
            return Ok(());
        }
    };
    let named = Named { address: id(preference.wa_id.as_ref()), user: id(preference.user_id.as_ref()) };
    let person = named.person(contacts).ok_or_else(|| Unreadable::missing("user_preferences"))?;
    let word = Word {
        at: preference.timestamp.0,
        channel: Channel::Whatsapp,
        state,
        wording: "marketing messages, set in WhatsApp",
    };
    found.events.extend(word.on_marketing(&person));
    Ok(())
}

/// One of `statuses`: what became of a message of the shop. What it said is not told.
#[derive(Deserialize)]
pub(super) struct Status<'a> {
    timestamp: UnixTime,
    #[serde(borrow, rename = "status")]
    state: Option<Text<'a>>,
    #[serde(borrow)]
    recipient_type: Option<Text<'a>>,
    #[serde(borrow)]
    recipient_id: Option<Text<'a>>,
    #[serde(borrow)]
    recipient_user_id: Option<Text<'a>>,
    errors: Option<Vec<Failure>>,
}

#[derive(Deserialize)]
struct Failure {
    code: Option<Id>,
}

/// "This recipient has chosen to stop receiving marketing messages on WhatsApp from your business"
/// (<https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes>).
const STOPPED_MARKETING: &str = "131050";

impl Status<'_> {
    /// The word for which a message was not sent.
    pub(super) fn consents(&self, contacts: &[Contact<'_>]) -> Vec<Event> {
        let mut codes = self.errors.iter().flatten().filter_map(|failure| failure.code.as_ref());
        let is_to_a_group = self.recipient_type.as_ref().and_then(Text::trimmed) == Some("group");
        let named =
            Named { address: id(self.recipient_id.as_ref()), user: id(self.recipient_user_id.as_ref()) };
        let word = Word {
            at: self.timestamp.0,
            channel: Channel::Whatsapp,
            state: ConsentState::Withdrawn,
            wording: "marketing messages, stopped in WhatsApp",
        };
        match named.person(contacts) {
            Some(person) if !is_to_a_group && codes.any(|code| code.0 == STOPPED_MARKETING) => {
                word.on_marketing(&person)
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn unknown(&self) -> Option<Unknown> {
        let status = self.state.as_ref()?.trimmed()?;
        let is_known =
            ["sent", "delivered", "read", "played", "failed", "deleted", "warning"].contains(&status);
        (!is_known).then(|| Unknown::new("statuses.status", status))
    }
}
