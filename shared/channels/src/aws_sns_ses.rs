//! Mail that comes in to Amazon SES, by way of an SNS topic
//! (<https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications.html>).
//!
//! What became of the shop's own mails comes in the same shape, and is `observe`'s business: of no interest here.

mod inward;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::json::{self, Text};
use crate::sns::{self, Said};
use crate::{About, Delivery, Holds, Provider, Reading, Topic, Unreadable};

use inward::Received;

/// Mail that comes in to Amazon SES.
pub const PROVIDER: Provider = Provider {
    name: "aws-sns-ses",
    verify: |delivery, _, now| sns::verify(delivery, now),
    normalise,
    complete: |_, _, _| Ok(sns::complete()),
    topics: TOPICS,
    about: About {
        title: "Mails of customers (Amazon SES)",
        verified: sns::VERIFIED,
        holds: Holds::Whole,
        ids: "the mail's id at SES",
        limits: "15 s; tries again for an hour",
    },
    ..Provider::PLAIN
};

const TOPICS: &[Topic] = &[
    Topic { name: "Received", tells: &["conversation.message"] },
    Topic { name: "Bounce", tells: &[] },
    Topic { name: "Complaint", tells: &[] },
    Topic { name: "Delivery", tells: &[] },
    Topic { name: "Send", tells: &[] },
    Topic { name: "Reject", tells: &[] },
    Topic { name: "Open", tells: &[] },
    Topic { name: "Click", tells: &[] },
    Topic { name: "Rendering Failure", tells: &[] },
    Topic { name: "DeliveryDelay", tells: &[] },
    Topic { name: "Subscription", tells: &[] },
    sns::SUBSCRIPTION,
    sns::GOODBYE,
];

/// A message of SES, or an event of AWS Lambda with several.
#[derive(Deserialize)]
struct Message<'a> {
    #[serde(borrow, rename = "notificationType", alias = "eventType")]
    kind: Option<Text<'a>>,
    #[serde(borrow, rename = "Records")]
    records: Option<Vec<Record<'a>>>,
}

#[derive(Deserialize)]
struct Record<'a> {
    #[serde(borrow)]
    ses: Option<&'a RawValue>,
}

fn normalise(delivery: &Delivery<'_>) -> Result<Reading, Unreadable> {
    match sns::open(delivery.body)? {
        None => read(delivery.body),
        Some(Said::Own(reading)) => Ok(reading),
        Some(Said::Message(text)) if text.trim_start().starts_with('{') => {
            read(text.as_bytes()).map_err(|unreadable| unreadable.inside("Message"))
        }
        Some(Said::Message(_)) => Ok(not_of_ses()),
    }
}

fn not_of_ses() -> Reading {
    Reading::no_interest("Notification", "it is not about mail")
}

fn read(message: &[u8]) -> Result<Reading, Unreadable> {
    let read: Message<'_> = json::read(message)?;
    match read.kind.as_ref().and_then(|kind| kind.limited(60)).as_deref() {
        Some("Received") => Ok(json::read::<Received<'_>>(message)?.reading()),
        Some(other) if TOPICS.iter().any(|topic| topic.name == other) => {
            Ok(Reading::no_interest(other, "what became of the shop's own mails is kept elsewhere"))
        }
        Some(other) => {
            let why = "no kind of notification that is known here";
            Ok(Reading::no_interest(other, why).and_unknown("notificationType", other))
        }
        None => read.records.map_or_else(|| Ok(not_of_ses()), |records| of_records(&records)),
    }
}

/// As SES hands mails to a function directly.
fn of_records(records: &[Record<'_>]) -> Result<Reading, Unreadable> {
    let mut reading = not_of_ses();
    for (index, record) in records.iter().enumerate() {
        let Some(ses) = record.ses else { continue };
        let mail = json::read::<Received<'_>>(ses.get().as_bytes()).map(|received| received.reading());
        let mail = mail.map_err(|unreadable| unreadable.within(&format!("Records[{index}].ses")))?;
        let events = [reading.events, mail.events].concat();
        reading = Reading {
            of_no_interest: mail.of_no_interest.filter(|_| events.is_empty()),
            ..Reading::events(events)
        };
    }
    Ok(reading)
}
