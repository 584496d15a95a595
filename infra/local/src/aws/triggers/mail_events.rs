//! The SNS topic of SES events and the function subscribed to it, with Lambda's asynchronous retries.
//! Source: "How Lambda handles errors and retries with asynchronous invocation".

use std::fmt::Display;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Polled, outcome};
use crate::aws::Function;
use crate::aws::answer::Answer;
use crate::aws::call::{Caller, Service};
use crate::aws::layout::{REGION, arn};
use crate::aws::request::Request;
use crate::aws::seam::{Acted, Passed};
use crate::aws::ses::PendingEvent;
use crate::aws::store::StoreError;
use crate::aws::usage::Usage;

/// The pauses before the second and the third attempt; there is no fourth.
const PAUSES: [Duration; 2] = [Duration::from_mins(1), Duration::from_mins(2)];

/// Hands SES events to a function, one at a time.
#[derive(Clone, Debug)]
pub struct MailEventTrigger {
    function: Function,
}

impl MailEventTrigger {
    /// The subscription of `function`.
    pub fn new(function: &Function) -> Self {
        Self { function: function.clone() }
    }

    /// Invokes `handler` with the first event that is due. If it fails, panics or dies, the event comes
    /// again after a minute, then after two, and then lies in [`crate::aws::ses::Mailbox::dead_events`].
    ///
    /// The event is forgotten by a call of its own, `sns:Publish`: a fault that refuses it makes the topic
    /// deliver the same event twice, as SNS may.
    pub async fn poll<Handling, Error>(
        &self,
        handler: impl FnOnce(Value) -> Handling,
    ) -> Result<Polled, StoreError>
    where
        Handling: Future<Output = Result<Value, Error>>,
        Error: Display,
    {
        let mailbox = self.function.aws.mailbox();
        let Some(event) = mailbox.due_event()? else { return Ok(Polled::default()) };
        let run = self.function.run(handler(self.event(&event))).await;
        let ending = match outcome(run) {
            Ok(_) => return self.taken(&event),
            Err(failure) => Some(failure),
        };
        mailbox.failed(&event, self.again_at(event.attempts))?;
        Ok(Polled { received: 1, failed: 1, ending })
    }

    fn again_at(&self, attempts: u32) -> Option<Timestamp> {
        let pause = PAUSES.get(usize::try_from(attempts).ok()?)?;
        Some(self.function.aws.clock().now() + *pause)
    }

    fn taken(&self, event: &PendingEvent) -> Result<Polled, StoreError> {
        let aws = &self.function.aws;
        // A topic invokes a function by the function's own policy: its role needs nothing.
        let request = Request {
            service: Service::Sns,
            action: "Publish".into(),
            body: Vec::new(),
            resource: aws.layout().topic.clone(),
            permissions: Vec::new(),
        };
        let mut done = Ok(());
        let passed = aws.pass(aws.call(&self.function.name, Caller::Trigger, &request), |_, _| {
            done = aws.mailbox().taken(event);
            Acted { answer: Answer::ok(Service::Sns, &json!({})), usage: Usage::sqs(event.message.len()) }
        });
        done?;
        let failed = usize::from(!matches!(passed, Passed::Answered(answer) if answer.is_good()));
        Ok(Polled { received: 1, failed, ending: None })
    }

    fn event(&self, event: &PendingEvent) -> Value {
        let topic = arn("sns", &self.function.aws.layout().topic);
        let id = format!("5a115a11-0000-5000-8000-{:012x}", event.number);
        json!({ "Records": [{
            "EventSource": "aws:sns",
            "EventVersion": "1.0",
            "EventSubscriptionArn": format!("{topic}:5a110000-0000-4000-8000-000000000000"),
            "Sns": {
                "Type": "Notification",
                "MessageId": id,
                "TopicArn": topic,
                "Subject": null,
                "Message": event.message,
                "Timestamp": format!("{:.3}", event.due_at),
                "SignatureVersion": "1",
                "Signature": "local",
                "SigningCertUrl": format!("https://sns.{REGION}.amazonaws.com/SimpleNotificationService.pem"),
                "UnsubscribeUrl": format!("https://sns.{REGION}.amazonaws.com/?Action=Unsubscribe"),
                "MessageAttributes": {},
            },
        }] })
    }
}
