//! Inboxes, by the name of their class in Chatwoot (`channel`).

use rihla_core::source::Channel;

/// The channel of an inbox. `address` is the customer's in it: Twilio carries text messages and `WhatsApp` in one class.
/// `Channel::Api` is whatever somebody built, so that the source's own channel stands.
pub(super) fn channel(class: &str, address: Option<&str>) -> Option<Channel> {
    Some(match class.strip_prefix("Channel::")? {
        "WebWidget" => Channel::Chat,
        "Email" => Channel::Email,
        "FacebookPage" => Channel::Messenger,
        "Whatsapp" => Channel::Whatsapp,
        "TwilioSms" if address.is_some_and(|address| address.starts_with("whatsapp:")) => Channel::Whatsapp,
        "TwilioSms" | "Sms" => Channel::Sms,
        "Voice" => Channel::Phone,
        "Instagram" | "TwitterProfile" | "Telegram" | "Line" | "Tiktok" => Channel::Social,
        _ => return None,
    })
}

/// Whether nothing is wrong with a class that names no channel.
pub(super) fn names_none(class: &str) -> bool {
    class == "Channel::Api"
}
