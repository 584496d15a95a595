//! What persons agree to and withdraw, as sources tell of it.

use serde::{Deserialize, Serialize};

use super::Person;
use crate::instant::Instant;
use crate::matter::Matter;
use crate::source::Channel;

/// What a person may be written to for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Purpose {
    /// What belongs to an order: needs no consent.
    Service,
    /// A question about an order: until the person objects.
    Survey,
    /// Offers and news about products: only with recorded consent.
    Marketing,
    /// The newsletter: only with recorded consent of its own.
    Newsletter,
}

/// A person's word on being written to. The stricter one is the greater, and wins over one of the same moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum ConsentState {
    /// The person agreed.
    Granted,
    /// The person withdrew it, or objected.
    Withdrawn,
}

/// A person agreed to something, or withdrew it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConsentChanged {
    /// Who.
    pub person: Person,
    /// To what.
    pub purpose: Purpose,
    /// Yes or no.
    pub state: ConsentState,
    /// On which channel; by e-mail where it is not told.
    #[serde(default = "by_email", skip_serializing_if = "is_by_email")]
    pub channel: Channel,
    /// How it was asked or said, such as `single opt-in at the checkout`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wording: Option<String>,
    /// On what ground in law the person is written to, where the source tells. A yes without one is consent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<LegalBasis>,
    /// That a yes was asked for again by a message, and confirmed by its answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub double_opt_in: Option<DoubleOptIn>,
}

/// The grounds on which personal data may be processed, in the words of article 6(1) of the GDPR.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum LegalBasis {
    /// (a) The person has given consent.
    Consent,
    /// (b) It is necessary for the performance of a contract with the person.
    Contract,
    /// (c) It is necessary for compliance with a legal obligation.
    LegalObligation,
    /// (d) It is necessary in order to protect somebody's vital interests.
    VitalInterests,
    /// (e) It is necessary for a task carried out in the public interest.
    PublicTask,
    /// (f) It is necessary for legitimate interests, which the person's own do not override.
    LegitimateInterests,
}

/// A yes in two steps: the person was asked by a message to the very address, and confirmed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DoubleOptIn {
    /// When the message was sent, where that is told. The word itself is dated by the confirmation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_at: Option<Instant>,
}

impl ConsentChanged {
    /// What the word is on.
    pub fn matter(&self) -> Matter {
        Matter { purpose: self.purpose, channel: self.channel }
    }
}

const fn by_email() -> Channel {
    Channel::Email
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_by_email(channel: &Channel) -> bool {
    *channel == Channel::Email
}
