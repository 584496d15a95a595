//! The one point that every call passes: numbered, put before the fault policy, carried out, counted.

use std::sync::Arc;

use super::Aws;
use super::answer::Answer;
use super::call::{Call, Caller, Service};
use super::faults::{Fault, Part};
use super::ledger::Outcome;
use super::request::Request;
use super::usage::Usage;

/// What the caller sees of a call.
#[derive(Debug)]
pub(super) enum Passed {
    Answered(Answer),
    TimedOut,
    Died,
}

/// An answer and what giving it used.
#[derive(Debug)]
pub(super) struct Acted {
    pub(super) answer: Answer,
    pub(super) usage: Usage,
}

impl Aws {
    /// The call that `request` of `function` makes, with the next number.
    pub(super) fn call(&self, function: &Arc<str>, caller: Caller, request: &Request) -> Call {
        // A message is received for an invocation that has not begun.
        let is_before = caller == Caller::Trigger && request.action == "ReceiveMessage";
        Call {
            sequence: self.ledger().next_sequence(),
            invocation: self.ledger().invocations() + u64::from(is_before),
            function: function.clone(),
            caller,
            service: request.service,
            action: request.action.clone(),
            resource: request.resource.clone(),
            permissions: request.permissions.clone(),
        }
    }

    /// Lets `call` pass: asks the fault policy, carries it out by `act` if it may, counts it.
    pub(super) fn pass(&self, call: Call, act: impl FnOnce(&Call, Option<Part>) -> Acted) -> Passed {
        let fault = self.faults().decide(&call);
        match fault {
            Fault::None => self.carry_out(call, |call| act(call, None), None),
            Fault::LoseAnswer => {
                self.carry_out(call, |call| act(call, None), Some((Outcome::Lost, Passed::TimedOut)))
            }
            Fault::DieAfter => {
                self.carry_out(call, |call| act(call, None), Some((Outcome::Died, Passed::Died)))
            }
            Fault::DoPart(part) => self.carry_out(call, |call| act(call, Some(part)), None),
            Fault::DieAfterPart(part) => {
                self.carry_out(call, |call| act(call, Some(part)), Some((Outcome::Died, Passed::Died)))
            }
            Fault::TimeOut => self.stop(call, Outcome::Lost, Passed::TimedOut),
            Fault::DieBefore => self.stop(call, Outcome::Died, Passed::Died),
            Fault::Pretend => {
                let answer = Answer::ok(call.service, &serde_json::json!({}));
                self.stop(call, Outcome::Answered, Passed::Answered(answer))
            }
            Fault::Refuse(refusal) => {
                let answer = Answer::refusal(call.service, refusal);
                self.stop(call, Outcome::Refused, Passed::Answered(answer))
            }
        }
    }

    fn carry_out(
        &self,
        call: Call,
        act: impl FnOnce(&Call) -> Acted,
        instead: Option<(Outcome, Passed)>,
    ) -> Passed {
        let Acted { answer, usage } = act(&call);
        let outcome = if answer.is_good() { Outcome::Answered } else { Outcome::Refused };
        let (outcome, passed) = instead.unwrap_or((outcome, Passed::Answered(answer)));
        self.ledger().record(call, usage, outcome);
        passed
    }

    fn stop(&self, call: Call, outcome: Outcome, passed: Passed) -> Passed {
        self.ledger().record(call, Usage::default(), outcome);
        passed
    }

    /// Carries out what a function's client asks for, or a part of it.
    pub(super) fn act(&self, call: &Call, request: &Request, part: Option<Part>) -> Acted {
        match (call.service, part) {
            (Service::DynamoDb, Some(part)) => {
                self.dynamodb().act_partly(&request.action, &request.body, part)
            }
            (service, _) => self.act_wholly(service, request),
        }
    }

    fn act_wholly(&self, service: Service, request: &Request) -> Acted {
        match service {
            Service::DynamoDb => self.dynamodb().act(&request.action, &request.body),
            Service::Sqs => self.queues().act(&request.action, &request.body),
            Service::Ssm => self.parameters().act(&request.action, &request.body),
            Service::Ses | Service::Sns => self.mailbox().act(&request.action, &request.body),
        }
    }
}
