//! Messages, those of customers and those that staff wrote on the shop's own phone.

use rihla_core::event::{Event, Fact, MessagePassed, Speaker};
use rihla_core::source::Channel;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::customer::{Contact, Named, id};
use super::entry::Found;
use crate::Unreadable;
use crate::json::{self, Id, Text, UnixTime};
use crate::messaging::TEXT_CHARACTERS;
use crate::reading::Unknown;

/// Who spoke, and to whom.
pub(super) struct Direction<'a> {
    pub(super) speaker: Speaker,
    pub(super) contacts: &'a [Contact<'a>],
}

#[derive(Deserialize)]
struct Head<'a> {
    id: Id,
    timestamp: UnixTime,
    #[serde(borrow, rename = "type")]
    kind: Text<'a>,
    #[serde(borrow)]
    from: Option<Text<'a>>,
    #[serde(borrow)]
    from_user_id: Option<Text<'a>>,
    #[serde(borrow)]
    to: Option<Text<'a>>,
    #[serde(borrow)]
    to_user_id: Option<Text<'a>>,
}

/// What was said.
enum Said {
    /// Something, in words where there are any.
    Words(Option<String>),
    /// Something of a kind that is not known here.
    Unknown(String),
    /// Nothing, for this reason.
    Nothing(&'static str),
}

/// Reads the messages of a list of a change.
pub(super) fn read_all(
    list: &str,
    messages: Option<Vec<&RawValue>>,
    direction: &Direction<'_>,
    found: &mut Found,
) -> Result<(), Unreadable> {
    for (index, message) in messages.unwrap_or_default().into_iter().enumerate() {
        let path = format!("{list}[{index}]");
        read(message, direction, found).map_err(|unreadable| unreadable.within(&path))?;
    }
    Ok(())
}

fn read(message: &RawValue, direction: &Direction<'_>, found: &mut Found) -> Result<(), Unreadable> {
    let head: Head<'_> = json::read(message.get().as_bytes())?;
    let text = match said(head.kind.trimmed().unwrap_or_default(), message)? {
        Said::Words(text) => text,
        Said::Nothing(why) => {
            found.pass(why);
            return Ok(());
        }
        Said::Unknown(kind) => {
            found.unknown.push(Unknown::new("messages.type", &kind));
            None
        }
    };
    found.events.push(head.event(direction, text)?);
    Ok(())
}

impl Head<'_> {
    fn event(self, direction: &Direction<'_>, text: Option<String>) -> Result<Event, Unreadable> {
        let is_customers = direction.speaker == Speaker::Customer;
        let (name, address, user) = if is_customers {
            ("from", &self.from, &self.from_user_id)
        } else {
            ("to", &self.to, &self.to_user_id)
        };
        let named = Named { address: id(address.as_ref()), user: id(user.as_ref()) };
        let customer = named.person(direction.contacts).ok_or_else(|| Unreadable::missing(name))?;
        let passed = MessagePassed {
            conversation: customer.customer.clone().unwrap_or_default(),
            message: self.id.0,
            customer,
            dated_by_arrival: false,
            speaker: direction.speaker,
            channel: Some(Channel::Whatsapp),
            text,
        };
        Ok(Event { at: self.timestamp.0, fact: Fact::MessagePassed(passed) })
    }
}

/// What a message of a kind says.
fn said(kind: &str, message: &RawValue) -> Result<Said, Unreadable> {
    Ok(match kind {
        "text" | "button" | "interactive" | "image" | "video" | "document" | "reaction" | "order" => {
            content(message)?.said()
        }
        "edit" => match json::read::<Edited<'_>>(message.get().as_bytes())?.edit {
            Some(Edit { message: Some(edited) }) => content(edited)?.said(),
            _ => Said::Words(None),
        },
        "audio" | "sticker" | "location" | "contacts" | "unsupported" => Said::Words(None),
        "revoke" => Said::Nothing("a message was taken back"),
        "system" => Said::Nothing("WhatsApp itself speaks"),
        "request_welcome" => Said::Nothing("a chat was opened, and nothing was said yet"),
        other => Said::Unknown(other.to_owned()),
    })
}

fn content(message: &RawValue) -> Result<Content<'_>, Unreadable> {
    json::read(message.get().as_bytes())
}

#[derive(Deserialize)]
struct Edited<'a> {
    #[serde(borrow)]
    edit: Option<Edit<'a>>,
}

#[derive(Deserialize)]
struct Edit<'a> {
    #[serde(borrow)]
    message: Option<&'a RawValue>,
}

/// What the kinds of messages that hold words hold them in.
#[derive(Deserialize)]
struct Content<'a> {
    #[serde(borrow)]
    text: Option<Words<'a>>,
    #[serde(borrow)]
    button: Option<Words<'a>>,
    #[serde(borrow)]
    interactive: Option<Interactive<'a>>,
    #[serde(borrow)]
    image: Option<Words<'a>>,
    #[serde(borrow)]
    video: Option<Words<'a>>,
    #[serde(borrow)]
    document: Option<Words<'a>>,
    #[serde(borrow)]
    reaction: Option<Words<'a>>,
    #[serde(borrow)]
    order: Option<Words<'a>>,
}

#[derive(Deserialize)]
struct Interactive<'a> {
    #[serde(borrow, rename = "button_reply")]
    button: Option<Words<'a>>,
    #[serde(borrow, rename = "list_reply")]
    list: Option<Words<'a>>,
    #[serde(borrow, rename = "nfm_reply")]
    flow: Option<Words<'a>>,
}

/// The words of a message: each kind has one of these.
#[derive(Deserialize)]
struct Words<'a> {
    #[serde(borrow)]
    body: Option<Text<'a>>,
    #[serde(borrow)]
    text: Option<Text<'a>>,
    #[serde(borrow)]
    title: Option<Text<'a>>,
    #[serde(borrow)]
    caption: Option<Text<'a>>,
    #[serde(borrow)]
    emoji: Option<Text<'a>>,
}

impl Content<'_> {
    fn said(self) -> Said {
        let took_back = self.reaction.as_ref().is_some_and(|reaction| reaction.said().is_none());
        if took_back {
            return Said::Nothing("a reaction was taken back");
        }
        let interactive = self.interactive.and_then(|reply| reply.button.or(reply.list).or(reply.flow));
        let media = self.image.or(self.video).or(self.document);
        let words = self.text.or(self.button).or(interactive).or(media).or(self.reaction).or(self.order);
        Said::Words(words.and_then(|words| words.said()))
    }
}

impl Words<'_> {
    fn said(&self) -> Option<String> {
        let all = [&self.body, &self.text, &self.title, &self.caption, &self.emoji];
        all.into_iter().flatten().find_map(|text| text.limited(TEXT_CHARACTERS))
    }
}
