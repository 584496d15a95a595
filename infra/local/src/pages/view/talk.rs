//! Conversations and left carts.

use rihla_core::event::{LeftBecause, Speaker};
use rihla_core::instant::Instant;
use rihla_core::source::Channel;
use serde::Serialize;

use super::LineView;

/// A conversation.
#[derive(Clone, Debug, Serialize)]
pub struct ConversationView {
    /// The source that told it.
    pub source: String,
    /// The channel, where its source carries several.
    pub channel: Option<Channel>,
    /// What it is about.
    pub subject: Option<String>,
    /// Whether somebody of the shop is to answer, or is at it.
    pub is_open: bool,
    /// Whether there are earlier messages.
    pub has_more: bool,
    /// The last messages, the newest last.
    pub messages: Vec<MessageView>,
}

/// One message.
#[derive(Clone, Debug, Serialize)]
pub struct MessageView {
    /// Who spoke.
    pub speaker: Speaker,
    /// What was said; absent for a picture, a call, a voice message.
    pub text: Option<String>,
    /// When.
    pub at: Instant,
}

/// A cart that was left.
#[derive(Clone, Debug, Serialize)]
pub struct CartView {
    /// The source that told it.
    pub source: String,
    /// What lies in it.
    pub lines: Vec<LineView>,
    /// What it would cost in all.
    pub total: Option<String>,
    /// What sending it would cost, as it was shown.
    pub shipping: Option<String>,
    /// Why it was left, as far as that can be told.
    pub left_because: Option<LeftBecause>,
    /// When it was touched last.
    pub touched_at: Option<Instant>,
}
