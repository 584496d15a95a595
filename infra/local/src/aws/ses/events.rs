//! SES event publishing: the JSON that SES puts on the SNS topic.
//! Source: "Examples of event data that Amazon SES publishes to Amazon SNS" in the SES Developer Guide.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::mailbox::Mail;
use super::message::{Message, address};
use super::outcome::Fate;
use crate::aws::layout::{ACCOUNT, arn};

/// Something that is told of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MailEvent {
    /// SES accepted it and will try to deliver it.
    Send,
    /// The recipient's server accepted it.
    Delivery,
    /// The recipient's server refused it, for good or for now.
    Bounce {
        /// Whether every later mail would be refused too.
        permanent: bool,
    },
    /// The recipient called it spam.
    Complaint,
    /// SES found a virus in it.
    Reject,
    /// Delivery has not succeeded yet.
    DeliveryDelay,
    /// Its picture was loaded.
    Open,
    /// A link in it was followed.
    Click {
        /// The link's address.
        link: String,
    },
}

impl MailEvent {
    /// SES's name for its kind, by which a destination says what it wants to hear of.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Send => "send",
            Self::Delivery => "delivery",
            Self::Bounce { .. } => "bounce",
            Self::Complaint => "complaint",
            Self::Reject => "reject",
            Self::DeliveryDelay => "deliveryDelay",
            Self::Open => "open",
            Self::Click { .. } => "click",
        }
    }
}

/// What is told of a mail to a recipient of this fate, and how long after it was accepted.
pub(super) fn course(fate: Fate) -> Vec<(MailEvent, Duration)> {
    let send = (MailEvent::Send, Duration::ZERO);
    let delivery = (MailEvent::Delivery, Duration::from_secs(2));
    match fate {
        Fate::Delivered => vec![send, delivery],
        Fate::BouncedForGood => vec![send, (MailEvent::Bounce { permanent: true }, Duration::from_secs(3))],
        Fate::BouncedForNow => vec![send, (MailEvent::Bounce { permanent: false }, Duration::from_hours(1))],
        Fate::Complained => vec![send, delivery, (MailEvent::Complaint, Duration::from_mins(1))],
        Fate::Silent => vec![send],
    }
}

/// The JSON of `event` about `mail` at the instant `at`, for these of its `recipients`.
pub(super) fn message(mail: &Mail, event: &MailEvent, recipients: &[String], at: Timestamp) -> Value {
    let kind = event.kind();
    let mut told = Map::new();
    told.insert("eventType".into(), capitalised(kind).into());
    told.insert("mail".into(), mail_object(mail));
    told.insert(kind.into(), detail(event, recipients, &mail.message_id, at));
    Value::Object(told)
}

/// As the type of an event is written, where its name as a key begins small.
fn capitalised(kind: &str) -> String {
    let (first, rest) = kind.split_at(1);
    first.to_uppercase() + rest
}

fn detail(event: &MailEvent, recipients: &[String], id: &str, at: Timestamp) -> Value {
    let at = time(at);
    let addressed =
        |more: &Value| -> Value { recipients.iter().map(|address| with_address(more, address)).collect() };
    let feedback = format!("feedback-{id}");
    match event {
        MailEvent::Send => json!({}),
        MailEvent::Delivery => json!({
            "timestamp": at, "processingTimeMillis": 2000, "recipients": recipients,
            "smtpResponse": "250 2.0.0 OK", "reportingMTA": "a1.smtp-out.eu-central-1.amazonses.com",
        }),
        MailEvent::Bounce { permanent } => bounce(*permanent, &addressed, &feedback, &at),
        MailEvent::Complaint => json!({
            "timestamp": at, "feedbackId": feedback, "complaintSubType": null,
            "complaintFeedbackType": "abuse", "userAgent": "local", "arrivalDate": at,
            "complainedRecipients": addressed(&json!({})),
        }),
        MailEvent::Reject => json!({ "reason": "Bad content" }),
        MailEvent::DeliveryDelay => json!({
            "timestamp": at, "delayType": "TransientCommunicationFailure", "expirationTime": at,
            "delayedRecipients": addressed(&json!({ "status": "4.4.1" })),
        }),
        MailEvent::Open => json!({ "timestamp": at, "ipAddress": "192.0.2.1", "userAgent": "local" }),
        MailEvent::Click { link } => json!({
            "timestamp": at, "ipAddress": "192.0.2.1", "userAgent": "local", "link": link, "linkTags": null,
        }),
    }
}

fn bounce(permanent: bool, addressed: &dyn Fn(&Value) -> Value, feedback: &str, at: &str) -> Value {
    let (kind, subtype, status, text) = if permanent {
        ("Permanent", "General", "5.1.1", "smtp; 550 5.1.1 user unknown")
    } else {
        ("Transient", "MailboxFull", "4.2.2", "smtp; 452 4.2.2 mailbox full")
    };
    json!({
        "timestamp": at, "feedbackId": feedback, "bounceType": kind, "bounceSubType": subtype,
        "reportingMTA": "dns; a1.smtp-out.eu-central-1.amazonses.com",
        "bouncedRecipients": addressed(&json!({ "action": "failed", "status": status, "diagnosticCode": text })),
    })
}

fn with_address(more: &Value, address: &str) -> Value {
    let mut recipient = more.clone();
    recipient["emailAddress"] = address.into();
    recipient
}

fn mail_object(mail: &Mail) -> Value {
    let head = mail.raw.as_deref().and_then(Message::read).unwrap_or_default();
    let headers: Vec<Value> =
        head.headers.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
    json!({
        "timestamp": time(mail.accepted_at),
        "messageId": mail.message_id,
        "source": mail.source,
        "sourceArn": arn("ses", &format!("identity/{}", domain(&mail.source))),
        "sendingAccountId": ACCOUNT,
        "destination": mail.recipients,
        "headersTruncated": false,
        "headers": headers,
        "commonHeaders": {
            "from": head.mailboxes("From"),
            "to": head.mailboxes("To"),
            "subject": head.header("Subject"),
            "date": head.header("Date"),
            "messageId": mail.message_id,
        },
        "tags": tags(mail),
    })
}

fn tags(mail: &Mail) -> BTreeMap<String, Vec<String>> {
    let mut tags: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, value) in &mail.tags {
        tags.entry(name.clone()).or_default().push(value.clone());
    }
    tags.insert("ses:operation".into(), vec!["SendRawEmail".into()]);
    tags.insert("ses:configuration-set".into(), mail.configuration_set.iter().cloned().collect());
    tags.insert("ses:from-domain".into(), vec![domain(&mail.source).into()]);
    tags.insert("ses:caller-identity".into(), vec!["local".into()]);
    tags.insert("ses:source-ip".into(), vec!["192.0.2.0".into()]);
    tags
}

fn domain(source: &str) -> &str {
    address(source).rsplit('@').next().unwrap_or_default()
}

/// To the millisecond, as SES writes it.
fn time(at: Timestamp) -> String {
    format!("{at:.3}")
}
