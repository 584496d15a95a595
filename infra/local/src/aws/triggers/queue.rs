//! The event source mapping from a queue to a function, with partial batch answers.
//! Source: "Handling errors for an SQS event source in Lambda" in the Lambda Developer Guide.

use std::collections::HashSet;
use std::fmt::Display;

use serde_json::{Map, Value, json};

use super::{Failure, Polled, outcome};
use crate::aws::Function;
use crate::aws::answer::Answer;
use crate::aws::call::{Caller, Permission, Service};
use crate::aws::layout::{REGION, arn};
use crate::aws::request::Request;
use crate::aws::seam::{Acted, Passed};
use crate::aws::sqs::Received;
use crate::aws::store::StoreError;
use crate::aws::usage::Usage;

/// Lambda takes no more without a batching window.
const BATCH_SIZE: usize = 10;

/// Hands a queue's messages to a function.
#[derive(Clone, Debug)]
pub struct QueueTrigger {
    function: Function,
    queue: String,
}

impl QueueTrigger {
    /// The mapping from `queue` to `function`.
    pub fn new(function: &Function, queue: &str) -> Self {
        Self { function: function.clone(), queue: queue.into() }
    }

    /// Receives up to ten visible messages, invokes `handler` with them once, and deletes those that it
    /// does not report in `batchItemFailures`. The others come again after their visibility time-out.
    ///
    /// If there are none, nothing is invoked or counted. All messages come again if the handler fails,
    /// panics or dies, or reports an id that was not in the batch.
    pub async fn poll<Handling, Error>(
        &self,
        handler: impl FnOnce(Value) -> Handling,
    ) -> Result<Polled, StoreError>
    where
        Handling: Future<Output = Result<Value, Error>>,
        Error: Display,
    {
        let received = self.receive()?;
        if received.is_empty() {
            return Ok(Polled::default());
        }
        let run = self.function.run(handler(self.event(&received))).await;
        let (good, ending) = match outcome(run) {
            Ok(answer) => (successes(&received, &answer), None),
            Err(failure) => (Vec::new(), Some(failure)),
        };
        let deleted = self.delete(&good)?;
        Ok(Polled { received: received.len(), failed: received.len() - deleted, ending })
    }

    fn event(&self, received: &[Received]) -> Value {
        let source = arn("sqs", &self.queue);
        let records: Vec<Value> = received.iter().map(|message| record(message, &source)).collect();
        json!({ "Records": records })
    }

    fn receive(&self) -> Result<Vec<Received>, StoreError> {
        let queues = self.function.aws.queues();
        if queues.next_visible_at(&[&self.queue])?.is_none_or(|at| at > self.function.aws.clock().now()) {
            return Ok(Vec::new());
        }
        let taken = self.through_the_seam("ReceiveMessage", || {
            let received = queues.take(&self.queue, BATCH_SIZE)?;
            let size = received.iter().map(Received::size_bytes).sum();
            Ok((received, size))
        })?;
        Ok(taken.unwrap_or_default())
    }

    /// How many of `good` are gone.
    fn delete(&self, good: &[&Received]) -> Result<usize, StoreError> {
        if good.is_empty() {
            return Ok(0);
        }
        let receipts: Vec<_> = good.iter().map(|message| message.receipt).collect();
        let deleted = self.through_the_seam("DeleteMessageBatch", || {
            self.function.aws.queues().delete(&self.queue, &receipts)?;
            Ok((receipts.len(), 0))
        })?;
        Ok(deleted.unwrap_or(0))
    }

    /// Does as the function's role what `act` does, unless a fault keeps it from acting. What was done
    /// although its answer was lost is not reported: the mapping does not know of it either.
    fn through_the_seam<T>(
        &self,
        action: &str,
        act: impl FnOnce() -> Result<(T, usize), StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let aws = &self.function.aws;
        let mut done = None;
        let call = aws.call(&self.function.name, Caller::Trigger, &self.request(action));
        let passed = aws.pass(call, |_, _| {
            let (result, size) = act().map_or_else(|error| (Err(error), 0), |(done, size)| (Ok(done), size));
            done = Some(result);
            Acted { answer: Answer::ok(Service::Sqs, &json!({})), usage: Usage::sqs(size) }
        });
        match passed {
            Passed::Answered(_) => done.transpose(),
            Passed::TimedOut | Passed::Died => Ok(None),
        }
    }

    /// A mapping also looks at the queue's attributes, so its role must be allowed to.
    fn request(&self, action: &str) -> Request {
        let needed =
            [action, "GetQueueAttributes"].map(|action| Permission::of(Service::Sqs, action, &self.queue));
        Request {
            service: Service::Sqs,
            action: action.into(),
            body: Vec::new(),
            resource: self.queue.clone(),
            permissions: needed.into(),
        }
    }
}

fn record(message: &Received, source: &str) -> Value {
    json!({
        "messageId": message.receipt.message_id(),
        "receiptHandle": message.receipt.to_string(),
        "body": message.body,
        "attributes": message.system_attributes(),
        "messageAttributes": event_attributes(&message.attributes),
        "eventSource": "aws:sqs",
        "eventSourceARN": source,
        "awsRegion": REGION,
    })
}

/// The attributes in the spelling that Lambda gives them.
fn event_attributes(attributes: &str) -> Map<String, Value> {
    let sent: Map<String, Value> = serde_json::from_str(attributes).unwrap_or_default();
    let spelled = |attribute: Value| {
        json!({
            "dataType": attribute["DataType"],
            "stringValue": attribute["StringValue"],
            "binaryValue": attribute["BinaryValue"],
            "stringListValues": [],
            "binaryListValues": [],
        })
    };
    sent.into_iter().map(|(name, attribute)| (name, spelled(attribute))).collect()
}

/// The messages that `answer` does not report as failed: none if it reports what was never in the batch.
fn successes<'batch>(received: &'batch [Received], answer: &Value) -> Vec<&'batch Received> {
    let reported = answer["batchItemFailures"].as_array().map_or(&[][..], Vec::as_slice);
    let ids: HashSet<String> = received.iter().map(|message| message.receipt.message_id()).collect();
    let mut failed = HashSet::new();
    for item in reported {
        match item["itemIdentifier"].as_str().filter(|id| ids.contains(*id)) {
            Some(id) => failed.insert(id),
            None => return Vec::new(),
        };
    }
    received.iter().filter(|message| !failed.contains(&*message.receipt.message_id())).collect()
}

impl Polled {
    /// The invocation failed as a whole, for this reason.
    pub fn failure(&self) -> Option<&Failure> {
        self.ending.as_ref()
    }
}
