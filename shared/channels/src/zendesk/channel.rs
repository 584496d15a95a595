//! By which channel a ticket came (`via.channel`).

use rihla_core::source::Channel;
use serde::Deserialize;

use crate::json::Loose;

/// `via` of a ticket.
#[derive(Default, Deserialize)]
pub(super) struct Via<'a> {
    #[serde(borrow, default)]
    channel: Loose<'a>,
}

impl Via<'_> {
    /// The channel, where the value names one; and the value, where it is not known here.
    pub(super) fn channel(&self) -> (Option<Channel>, Option<String>) {
        let Some(value) = self.channel.limited(80) else { return (None, None) };
        let small = value.to_ascii_lowercase();
        let channel = channel(&small);
        let is_unknown = channel.is_none() && !NO_CHANNEL.contains(&&*small);
        (channel, is_unknown.then_some(value))
    }
}

fn channel(value: &str) -> Option<Channel> {
    // Tickets of Sunshine Conversations name its channel behind its own name.
    let value = value.strip_prefix("sunshine_conversations_").unwrap_or(value);
    Some(match value {
        "email" | "mail" => Channel::Email,
        "native_messaging"
        | "messaging"
        | "web_messenger"
        | "chat"
        | "chat_offline_message"
        | "web_widget"
        | "answer_bot_for_web_widget"
        | "mobile_sdk"
        | "mobile"
        | "ios"
        | "android"
        | "apple_business_chat" => Channel::Chat,
        "whatsapp" => Channel::Whatsapp,
        "messenger" | "facebook_messenger" | "facebook_message" => Channel::Messenger,
        "sms" | "text" | "twilio" | "messagebird" => Channel::Sms,
        "voice" | "phone" | "voicemail" | "phone_call_inbound" | "phone_call_outbound" => Channel::Phone,
        "facebook"
        | "facebook_post"
        | "instagram"
        | "instagram_dm"
        | "twitter"
        | "twitter_dm"
        | "twitter_like"
        | "twitter_favorite"
        | "x_corp"
        | "x_corp_dm"
        | "x_corp_like"
        | "line"
        | "telegram"
        | "wechat"
        | "viber"
        | "kakaotalk"
        | "google_business_messages"
        | "youtube" => Channel::Social,
        _ => return None,
    })
}

/// Values that name no channel: forms, the API, rules of the desk.
const NO_CHANNEL: &[&str] = &[
    "any_channel",
    "api",
    "automation",
    "batch",
    "closed_ticket",
    "follow_up",
    "forum",
    "help_center",
    "import",
    "merge",
    "rule",
    "sample_interactive_ticket",
    "sample_ticket",
    "satisfaction_prediction",
    "side_conversation",
    "system",
    "ticket_sharing",
    "trigger",
    "web",
    "web_form",
    "web_service",
];
