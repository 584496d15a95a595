//! Counting what functions use from one moment to another.

use serde::Serialize;

use crate::aws::ledger::Snapshot;
use crate::aws::{Aws, Service};

/// What something uses on average, in the units in which AWS bills it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct PerUnit {
    /// DynamoDB write units.
    pub write_units: f64,
    /// DynamoDB read units.
    pub read_units: f64,
    /// Calls to DynamoDB and SES: each is waited for.
    pub calls: f64,
    /// Requests to SQS.
    pub sqs_requests: f64,
    /// Publications by SNS.
    pub sns_requests: f64,
    /// Invocations.
    pub invocations: f64,
}

impl PerUnit {
    /// Of a sum, the part of each of `count`.
    #[must_use]
    pub(super) fn each(self, count: usize) -> Self {
        self.times(1.0 / float(count.max(1)))
    }

    /// So many times as much.
    #[must_use]
    pub(super) fn times(self, times: f64) -> Self {
        Self {
            write_units: self.write_units * times,
            read_units: self.read_units * times,
            calls: self.calls * times,
            sqs_requests: self.sqs_requests * times,
            sns_requests: self.sns_requests * times,
            invocations: self.invocations * times,
        }
    }

    /// Both together.
    #[must_use]
    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            write_units: self.write_units + other.write_units,
            read_units: self.read_units + other.read_units,
            calls: self.calls + other.calls,
            sqs_requests: self.sqs_requests + other.sqs_requests,
            sns_requests: self.sns_requests + other.sns_requests,
            invocations: self.invocations + other.invocations,
        }
    }
}

/// Counts from one taking to the next.
pub(super) struct Meter<'aws> {
    aws: &'aws Aws,
    last: Snapshot,
}

/// What was used between two takings.
pub(super) struct Used {
    from: Snapshot,
    to: Snapshot,
}

impl<'aws> Meter<'aws> {
    pub(super) fn start(aws: &'aws Aws) -> Self {
        Self { aws, last: aws.ledger().snapshot() }
    }

    pub(super) fn take(&mut self) -> Used {
        let to = self.aws.ledger().snapshot();
        Used { from: std::mem::replace(&mut self.last, to.clone()), to }
    }
}

impl Used {
    /// What these functions used together.
    pub(super) fn of(&self, functions: &[&str]) -> PerUnit {
        let from = functions.iter().map(|name| sum(&self.from, name)).fold(PerUnit::default(), PerUnit::plus);
        let to = functions.iter().map(|name| sum(&self.to, name)).fold(PerUnit::default(), PerUnit::plus);
        to.plus(from.times(-1.0))
    }
}

fn sum(snapshot: &Snapshot, function: &str) -> PerUnit {
    let mut sum = PerUnit::default();
    for (key, row) in snapshot.rows.iter().filter(|(key, _)| key.function == function) {
        let requests = float(usize::try_from(row.usage.requests).unwrap_or(usize::MAX));
        sum.write_units += row.usage.write_units;
        sum.read_units += row.usage.read_units;
        match key.service {
            Service::Sqs => sum.sqs_requests += requests,
            Service::Sns => sum.sns_requests += requests,
            Service::DynamoDb | Service::Ses => {
                sum.calls += float(usize::try_from(row.calls).unwrap_or(usize::MAX));
            }
            Service::Ssm => {}
        }
    }
    let invocations = snapshot.invocations.get(function).copied().unwrap_or_default();
    sum.invocations = float(usize::try_from(invocations).unwrap_or(usize::MAX));
    sum
}

#[expect(clippy::cast_precision_loss, reason = "exact up to nine thousand billion")]
pub(super) fn float(count: usize) -> f64 {
    count as f64
}
