//! The providers, one line each.

use rihla_core::event::Event;
use rihla_core::instant::Instant;

use crate::{Delivery, Secret, Unreadable, Unverified};

/// Every provider whose deliveries can be read.
pub const PROVIDERS: &[&Provider] = &[&crate::shopify::PROVIDER, &crate::standard_webhooks::PROVIDER];

/// One provider: how its deliveries are told from forged ones, and what they mean.
#[derive(Debug)]
pub struct Provider {
    /// Its name in `infra/sources.yaml`, such as `standard-webhooks`.
    pub name: &'static str,
    /// Whether a delivery was signed with one of the secrets and, where the provider signs the time, lately.
    pub verify: fn(&Delivery<'_>, &[Secret], now: Instant) -> Result<(), Unverified>,
    /// The events that a delivery tells. Asks for no signature: that is [`Self::verify`]'s.
    pub normalise: fn(&Delivery<'_>) -> Result<Reading, Unreadable>,
    /// What it sends, as far as it is known here; other topics are of no interest.
    pub topics: &'static [Topic],
    /// The header that names the topic, where the body does not.
    pub topic_header: Option<&'static str>,
    /// The header that tells when the event was, for bodies that do not.
    pub time_header: Option<&'static str>,
    /// The longest body that is taken, in bytes.
    pub body_limit_bytes: usize,
}

/// A delivery in base64 must fit, with its headers, into one message of the inbox queue, which holds 1 MiB.
pub(crate) const BODY_LIMIT_BYTES: usize = 700 * 1024;

/// One kind of delivery of a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Topic {
    /// The provider's name for it, such as `orders/create`.
    pub name: &'static str,
    /// The types of the events that it may tell. None: it is of no interest.
    pub tells: &'static [&'static str],
}

/// What a delivery says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// These events, at least one.
    Events(Vec<Event>),
    /// Nothing that a customer's record holds.
    NoInterest {
        /// The provider's name for what it sent.
        topic: String,
        /// Why not, in a few words.
        why: &'static str,
    },
}

/// The provider of a name, written with hyphens or underscores.
pub fn provider(name: &str) -> Option<&'static Provider> {
    let name = name.replace('_', "-");
    PROVIDERS.iter().copied().find(|provider| provider.name == name)
}
