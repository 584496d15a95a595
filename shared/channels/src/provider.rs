//! The providers, one line each.

use rihla_core::instant::Instant;

use crate::greeting::{Answer, Greeting};
use crate::lookup::{Api, Lookup};
use crate::{Delivery, Reading, Secret, Unreadable, Unverified};

/// Every provider whose deliveries can be read.
pub const PROVIDERS: &[&Provider] = &[
    &crate::shopify::PROVIDER,
    &crate::standard_webhooks::PROVIDER,
    &crate::aftership::PROVIDER,
    &crate::amazon_sp_api::PROVIDER,
    &crate::aws_eum_social::PROVIDER,
    &crate::aws_sns_ses::PROVIDER,
    &crate::bigcommerce::PROVIDER,
    &crate::chatwoot::PROVIDER,
    &crate::easypost::PROVIDER,
    &crate::ebay::PROVIDER,
    &crate::intercom::PROVIDER,
    &crate::messenger::PROVIDER,
    &crate::shippo::PROVIDER,
    &crate::square::PROVIDER,
    &crate::stripe::PROVIDER,
    &crate::twilio::PROVIDER,
    &crate::whatsapp_cloud::PROVIDER,
    &crate::woocommerce::PROVIDER,
    &crate::zendesk::PROVIDER,
];

/// One provider: how its deliveries are told from forged ones, and what they mean.
#[derive(Debug)]
pub struct Provider {
    /// Its name in `infra/sources.yaml`, such as `standard-webhooks`.
    pub name: &'static str,
    /// Whether it signs with a secret of the source; else with a key of its own, or not at all.
    pub has_secrets: bool,
    /// Whether a delivery was signed with one of the secrets and, where the provider signs the time, lately.
    pub verify: fn(&Delivery<'_>, &[Secret], now: Instant) -> Result<(), Unverified>,
    /// The events that a delivery tells. Asks for no signature: that is [`Self::verify`]'s.
    pub normalise: fn(&Delivery<'_>) -> Result<Reading, Unreadable>,
    /// Answers what a provider asks before it sends: challenges, probes, pings. Nothing for a delivery.
    pub greet: fn(&Greeting<'_>) -> Option<Answer>,
    /// Its API, where its deliveries only name what changed.
    pub api: Option<Api>,
    /// What the API's answer to a lookup of [`Reading::lookups`] tells.
    pub complete: fn(&Delivery<'_>, &Lookup, answer: &[u8]) -> Result<Reading, Unreadable>,
    /// What it sends, as far as it is known here; other topics are of no interest.
    pub topics: &'static [Topic],
    /// The header that names the topic, where the body does not.
    pub topic_header: Option<&'static str>,
    /// The header that tells when the event was, for bodies that do not.
    pub time_header: Option<&'static str>,
    /// Whether it takes what a delivery is answered for an order to itself, so that even an empty answer must say that it
    /// is one (204 and no other success).
    pub obeys_answers: bool,
    /// The longest body that is taken, in bytes.
    pub body_limit_bytes: usize,
    /// What `docs/channels.md` says of it.
    pub about: About,
}

/// A delivery in base64 must fit, with its headers, into one message of the inbox queue, which holds 1 MiB.
pub(crate) const BODY_LIMIT_BYTES: usize = 700 * 1024;

impl Provider {
    /// What most providers have in common: no challenge, no API, bodies that name their topic and time.
    pub(crate) const PLAIN: Self = Self {
        name: "",
        has_secrets: true,
        verify: |_, _, _| Err(Unverified::NoSecret),
        normalise: |_| Ok(Reading::default()),
        greet: |_| None,
        api: None,
        complete: |_, _, _| Ok(Reading::default()),
        topics: &[],
        topic_header: None,
        time_header: None,
        obeys_answers: false,
        body_limit_bytes: BODY_LIMIT_BYTES,
        about: About { title: "", verified: "", holds: Holds::Whole, ids: "", limits: "" },
    };
}

/// One kind of delivery of a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Topic {
    /// The provider's name for it, such as `orders/create`.
    pub name: &'static str,
    /// The types of the events that it may tell. None: it is of no interest.
    pub tells: &'static [&'static str],
}

/// What a provider's deliveries hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// All that changed.
    Whole,
    /// Only what it is that changed: the rest is asked of the provider's API.
    Names,
    /// Some topics all of it, some only the name.
    Both,
}

/// A provider in words, for the table in `docs/channels.md`.
#[derive(Clone, Copy, Debug)]
pub struct About {
    /// As people call it.
    pub title: &'static str,
    /// How a delivery is verified.
    pub verified: &'static str,
    /// What its deliveries hold.
    pub holds: Holds,
    /// By what a repeated delivery is known.
    pub ids: &'static str,
    /// Its time limit, and how often it tries again.
    pub limits: &'static str,
}

/// The provider of a name, written with hyphens or underscores.
pub fn provider(name: &str) -> Option<&'static Provider> {
    named(PROVIDERS, name)
}

/// The provider of a name among some.
pub fn named(providers: &[&'static Provider], name: &str) -> Option<&'static Provider> {
    let name = name.replace('_', "-");
    providers.iter().copied().find(|provider| provider.name == name)
}
