//! What the Simple Email Service publishes of a message, by its configuration set or as feedback of an identity
//! (Amazon SES Developer Guide, "Contents of event data that Amazon SES publishes to Amazon SNS").

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rihla_core::follow_up::FollowUpKey;
use rihla_core::identifier::{CustomerId, Email};
use rihla_core::instant::Instant;
use rihla_core::ledger::Outcome;
use rihla_core::suppression::SuppressionReason;
use rihla_core::trigger::Trigger;
use serde::Deserialize;

/// A report that is none of those documented.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// It is not the JSON that is documented.
    #[error("it is not an event of the mail provider")]
    NotAnEvent(#[source] serde_json::Error),
}

/// One report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What happened.
    pub outcome: Outcome,
    /// When.
    pub at: Instant,
    /// The provider's id of the message.
    pub message: String,
    /// The follow-up that it was; absent for a message that was not sent from here.
    pub about: Option<About>,
    bounced_for_good: Vec<String>,
    complained: Vec<String>,
}

/// The follow-up that a message was, from the tags that it was sent with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// In whose record it lies.
    pub customer: CustomerId,
    /// What it was about.
    pub trigger: Trigger,
    /// The follow-up.
    pub follow_up: FollowUpKey,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Published {
    #[serde(alias = "notificationType")]
    event_type: String,
    mail: Mailed,
    bounce: Option<Bounce>,
    complaint: Option<Complaint>,
    delivery: Option<Timed>,
    delivery_delay: Option<Timed>,
    open: Option<Timed>,
    click: Option<Timed>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Mailed {
    message_id: String,
    timestamp: Option<Instant>,
    #[serde(default)]
    tags: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct Timed {
    timestamp: Option<Instant>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Bounce {
    #[serde(rename = "bounceType")]
    kind: String,
    #[serde(default)]
    bounced_recipients: Vec<Recipient>,
    timestamp: Option<Instant>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Complaint {
    #[serde(rename = "complaintFeedbackType")]
    kind: Option<String>,
    #[serde(default)]
    complained_recipients: Vec<Recipient>,
    timestamp: Option<Instant>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Recipient {
    email_address: String,
}

impl Report {
    /// Reads the text of a notification. `None` for a kind that says nothing of a message's way, or a new one.
    pub fn read(text: &str, now: Instant) -> Result<Option<Self>, Unreadable> {
        let published: Published = serde_json::from_str(text).map_err(Unreadable::NotAnEvent)?;
        let Some((outcome, at)) = published.outcome() else { return Ok(None) };
        let Published { mail, bounce, complaint, .. } = published;
        let addresses =
            |recipients: Vec<Recipient>| recipients.into_iter().map(|one| one.email_address).collect();
        let bounce = bounce.filter(|bounce| bounce.kind == "Permanent");
        let complaint = complaint.filter(|complaint| complaint.kind.as_deref() != Some("not-spam"));
        Ok(Some(Self {
            outcome,
            at: at.or(mail.timestamp).unwrap_or(now),
            about: About::from_tags(&mail.tags),
            message: mail.message_id,
            bounced_for_good: bounce.map(|bounce| addresses(bounce.bounced_recipients)).unwrap_or_default(),
            complained: complaint
                .map(|complaint| addresses(complaint.complained_recipients))
                .unwrap_or_default(),
        }))
    }

    /// The addresses that get no more mail, and why.
    pub fn closed_addresses(&self) -> Vec<(Email, SuppressionReason)> {
        let bounced = self.bounced_for_good.iter().map(|address| (address, SuppressionReason::Bounced));
        let complained = self.complained.iter().map(|address| (address, SuppressionReason::Complained));
        bounced.chain(complained).filter_map(|(address, reason)| Some((bare(address)?, reason))).collect()
    }
}

impl Published {
    fn outcome(&self) -> Option<(Outcome, Option<Instant>)> {
        let at = |timed: &Option<Timed>| timed.as_ref().and_then(|timed| timed.timestamp);
        Some(match self.event_type.as_str() {
            "Send" => (Outcome::Accepted, None),
            "Reject" => (Outcome::Rejected, None),
            "Rendering Failure" => (Outcome::Failed, None),
            "Delivery" => (Outcome::Delivered, at(&self.delivery)),
            "DeliveryDelay" => (Outcome::Delayed, at(&self.delivery_delay)),
            "Bounce" => (Outcome::Bounced, self.bounce.as_ref().and_then(|bounce| bounce.timestamp)),
            "Complaint" => {
                (Outcome::Complained, self.complaint.as_ref().and_then(|complaint| complaint.timestamp))
            }
            "Open" => (Outcome::Opened, at(&self.open)),
            "Click" => (Outcome::Clicked, at(&self.click)),
            _ => return None,
        })
    }
}

impl About {
    fn from_tags(tags: &BTreeMap<String, Vec<String>>) -> Option<Self> {
        let tag = |name: &str| tags.get(name)?.first().map(String::as_str);
        let trigger = URL_SAFE_NO_PAD.decode(tag("trigger")?).ok()?;
        let trigger: Trigger = String::from_utf8(trigger).ok()?.parse().ok()?;
        let follow_up = FollowUpKey::new(tag("journey")?, &trigger.to_string(), tag("step")?);
        Some(Self { customer: CustomerId::from_text(tag("customer")?), trigger, follow_up })
    }
}

/// The address of `Name <local@domain>`, or the text itself.
fn bare(address: &str) -> Option<Email> {
    let inside =
        address.rsplit_once('<').and_then(|(_, rest)| rest.split_once('>')).map(|(inside, _)| inside);
    inside.unwrap_or(address).parse().ok()
}
