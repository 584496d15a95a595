//! What calls use, in the units in which AWS bills it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::call::Service;

/// A request of SQS or SNS is billed once for each of these.
const BILLED_CHUNK_BYTES: usize = 64 * 1024;

/// What one call, or a sum of calls, used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Usage {
    /// DynamoDB read units.
    pub read_units: f64,
    /// DynamoDB write units.
    pub write_units: f64,
    /// Requests as they are billed: for SQS and SNS one for each 64 KB, begun or full.
    pub requests: u64,
    /// Recipients of mail.
    pub recipients: u64,
}

impl Usage {
    /// `count` billed requests and nothing else.
    pub fn requests(count: u64) -> Self {
        Self { requests: count, ..Self::default() }
    }

    /// One billed request of SQS or SNS for each 64 KB of `size_bytes`, and at least one.
    pub fn sqs(size_bytes: usize) -> Self {
        Self::requests(size_bytes.div_ceil(BILLED_CHUNK_BYTES).max(1) as u64)
    }

    pub(super) fn add(&mut self, other: Self) {
        self.read_units += other.read_units;
        self.write_units += other.write_units;
        self.requests += other.requests;
        self.recipients += other.recipients;
    }
}

/// The sums that are reported.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Totals {
    /// DynamoDB write units.
    pub write_units: f64,
    /// DynamoDB read units.
    pub read_units: f64,
    /// Calls to DynamoDB.
    pub dynamodb_requests: u64,
    /// Billed requests to SQS.
    pub sqs_requests: u64,
    /// Mails' recipients.
    pub ses_messages: u64,
    /// Billed requests to SNS.
    pub sns_requests: u64,
    /// Calls for parameters.
    pub ssm_requests: u64,
    /// Invocations by function.
    pub invocations: BTreeMap<String, u64>,
}

impl Totals {
    pub(super) fn add(&mut self, service: Service, calls: u64, usage: Usage) {
        self.write_units += usage.write_units;
        self.read_units += usage.read_units;
        match service {
            Service::DynamoDb => self.dynamodb_requests += calls,
            Service::Sqs => self.sqs_requests += usage.requests,
            Service::Ses => self.ses_messages += usage.recipients,
            Service::Sns => self.sns_requests += usage.requests,
            Service::Ssm => self.ssm_requests += calls,
        }
    }
}
