//! Sources: the configured connections through which events come in.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The name of one configured connection, such as `web` or `till-dubai`: small letters, digits, hyphens.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SourceId(String);

/// Text that cannot name a source.
#[derive(Debug, thiserror::Error)]
#[error("{0:?} is not a name of 1 to 40 small letters, digits and hyphens")]
pub struct NotASourceName(String);

/// Where customers meet the shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Channel {
    /// The web shop.
    Web,
    /// The till.
    Pos,
    /// A marketplace such as Amazon or eBay.
    Marketplace,
    /// A pop-up shop or fair.
    Event,
    /// A parcel carrier or a tracking service.
    Carrier,
    /// Chat and support desk.
    Chat,
    /// `WhatsApp`.
    Whatsapp,
    /// Messenger.
    Messenger,
    /// Text messages.
    Sms,
    /// The telephone.
    Phone,
    /// E-mail.
    Email,
    /// Social networks.
    Social,
}

impl Channel {
    /// Whether whoever writes or calls by it is sure to have the number that it tells.
    pub fn vouches_for_numbers(self) -> bool {
        matches!(self, Self::Whatsapp | Self::Sms | Self::Phone)
    }
}

impl Source {
    /// Whether there is a page on which its products can be reviewed.
    pub fn has_review_pages(&self) -> bool {
        self.review_url.is_some() || self.product_url.is_some()
    }
}

impl SourceId {
    /// A name written in the code.
    ///
    /// # Panics
    /// When it is not a source's name.
    pub fn from_static(name: &'static str) -> Self {
        name.parse().expect("a name in the code is a source's name")
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for SourceId {
    type Err = NotASourceName;

    fn from_str(text: &str) -> Result<Self, NotASourceName> {
        let plain =
            text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if plain && (1..=40).contains(&text.len()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotASourceName(text.chars().take(60).collect()))
        }
    }
}

impl TryFrom<String> for SourceId {
    type Error = NotASourceName;

    fn try_from(text: String) -> Result<Self, NotASourceName> {
        text.parse()
    }
}

impl From<SourceId> for String {
    fn from(source: SourceId) -> Self {
        source.0
    }
}

impl fmt::Display for SourceId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// One connection, as `infra/sources.yaml` describes it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Its name, the last part of its address `/hooks/{name}`.
    pub name: SourceId,
    /// The provider that sends: the name of a file in `shared/channels`.
    pub provider: String,
    /// Which channel it is.
    pub channel: Channel,
    /// The time zone of customers who come by it and of whom nothing better is known (IANA name).
    #[serde(default)]
    pub zone: Option<String>,
    /// Where a product can be looked at, with `{product}` for its id; the shop's website where it is not told.
    #[serde(default)]
    pub product_url: Option<String>,
    /// Where a product is reviewed, with `{product}` for its id; its page where it is not told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review_url: Option<String>,
    /// The names, under the parameter prefix, of the secrets that it may sign with: several while one is replaced. None
    /// where the provider signs with a private key, or writes to a queue.
    #[serde(default)]
    pub secrets: Vec<String>,
    /// The address as it is set up at the provider, byte for byte, where the provider signs it, too (Square, Twilio, eBay).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The name, under the parameter prefix, of the word that the provider shows before it sends (Meta, eBay).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub greeting_token: Option<String>,
    /// The name, under the parameter prefix, of the token for the provider's API, where its deliveries only name what
    /// changed. Without one, what they name is all that is recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub api_token: Option<String>,
    /// Where the provider's API is, where that is not the usual place (a sandbox, another region).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub api_url: Option<String>,
    /// The topics or accounts of which deliveries are taken, where the provider signs for anybody's (SNS).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allow: Vec<String>,
    /// The name of the SQS queue by which deliveries come in place of HTTP (Amazon's marketplace).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queue: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_calls_or_writes_by_telephone_has_the_number() {
        use Channel::{Chat, Email, Event, Marketplace, Messenger, Phone, Pos, Sms, Social, Web, Whatsapp};
        assert!([Whatsapp, Sms, Phone].iter().all(|channel| channel.vouches_for_numbers()));
        let others = [Web, Pos, Marketplace, Event, Chat, Messenger, Email, Social];
        assert!(!others.iter().any(|channel| channel.vouches_for_numbers()));
    }
}
