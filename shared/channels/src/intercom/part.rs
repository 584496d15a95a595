//! Parts of a conversation, and who speaks in them.

use rihla_core::event::{Event, Speaker};
use rihla_core::instant::Instant;
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::conversation::{Conversation, TEXT_LIMIT};
use crate::json::{AnyMoment, Id, Loose, Text};
use crate::plain_text;

/// A part, or the message that began the conversation, which has no part type.
#[derive(Deserialize)]
pub(super) struct Part<'a> {
    pub(super) id: Option<Id>,
    #[serde(borrow, default, rename = "type")]
    pub(super) kind: Loose<'a>,
    #[serde(borrow, default, rename = "part_type")]
    action: Loose<'a>,
    #[serde(borrow, default)]
    pub(super) subject: Loose<'a>,
    #[serde(borrow, default)]
    body: Loose<'a>,
    #[serde(borrow, default)]
    delivered_as: Loose<'a>,
    #[serde(borrow)]
    pub(super) author: Option<Author<'a>>,
    attachments: Option<Vec<IgnoredAny>>,
    pub(super) created_at: Option<AnyMoment>,
}

#[derive(Deserialize)]
pub(super) struct Author<'a> {
    pub(super) id: Option<Id>,
    #[serde(borrow, rename = "type")]
    kind: Option<Text<'a>>,
    #[serde(borrow, default)]
    pub(super) email: Loose<'a>,
}

impl Part<'_> {
    /// Notes are for the staff; assignments, snoozing and the like say nothing to the customer. Who closes or opens a
    /// conversation may say something with it.
    pub(super) fn is_message(&self) -> bool {
        match self.action.trimmed() {
            // Intercom uses an empty comment for changes of state, too.
            None | Some("comment" | "quick_reply") => self.body.trimmed().is_some() || self.has_attachments(),
            Some("close" | "open") => self.text().is_some(),
            Some(_) => false,
        }
    }

    fn has_attachments(&self) -> bool {
        self.attachments.as_ref().is_some_and(|attachments| !attachments.is_empty())
    }

    fn text(&self) -> Option<String> {
        plain_text::from_html(self.body.trimmed()?, TEXT_LIMIT)
    }

    /// Who speaks, or the kind of author that is not known here.
    pub(super) fn speaker(&self) -> Result<Speaker, &str> {
        match self.author.as_ref().and_then(|author| author.kind.as_ref()?.trimmed()) {
            Some("user" | "lead" | "contact" | "visitor") => Ok(Speaker::Customer),
            // A campaign speaks in the name of somebody of the shop.
            Some("admin" | "team") if self.is_campaign() => Ok(Speaker::Program),
            Some("admin" | "team") => Ok(Speaker::Staff),
            Some("bot" | "operator") => Ok(Speaker::Program),
            Some(unknown) => Err(unknown),
            // Intercom blanks the authors of what came by Twitter.
            None => Err("none"),
        }
    }

    fn is_campaign(&self) -> bool {
        matches!(
            self.delivered_as.trimmed(),
            Some("automated" | "campaigns_initiated" | "operator_initiated")
        )
    }

    pub(super) fn message(
        &self,
        conversation: &Conversation,
        speaker: Speaker,
        at: Instant,
    ) -> Option<Event> {
        Some(conversation.message(at, &self.id.as_ref()?.0, speaker, self.text()))
    }
}

impl Author<'_> {
    pub(super) fn is_customer(&self) -> bool {
        let kind = self.kind.as_ref().and_then(Text::trimmed);
        matches!(kind, Some("user" | "lead" | "contact" | "visitor"))
    }
}
