//! What usage costs at list price: us-east-1, on demand, without any free tier.

use super::usage::Totals;

/// DynamoDB, a million write units.
pub const DYNAMODB_WRITE_UNITS: f64 = 0.625;
/// DynamoDB, a million read units.
pub const DYNAMODB_READ_UNITS: f64 = 0.125;
/// DynamoDB, a gigabyte stored for a month.
pub const DYNAMODB_GB_MONTH: f64 = 0.25;
/// SQS, a million requests to a standard queue.
pub const SQS_REQUESTS: f64 = 0.40;
/// Lambda, a million requests.
pub const LAMBDA_REQUESTS: f64 = 0.20;
/// Lambda on arm64, a gigabyte for a second.
pub const LAMBDA_GB_SECOND: f64 = 0.000_013_333_4;
/// SES, a thousand recipients.
pub const SES_THOUSAND: f64 = 0.10;
/// SNS, a million publications. SES publishes its events for this; handing them to Lambda is free.
pub const SNS_REQUESTS: f64 = 0.50;

const MILLION: f64 = 1e6;

/// What the ledger cannot count.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Assumed {
    /// How long an invocation is billed, on average.
    pub milliseconds_per_invocation: f64,
    /// The memory that a function is given, in gigabytes.
    pub memory_gb: f64,
    /// What lies in the table, in gigabytes, for a month.
    pub stored_gb_months: f64,
}

impl Default for Assumed {
    /// 5 ms, as a warm call to DynamoDB takes (the best published figure), in 256 MB.
    fn default() -> Self {
        Self { milliseconds_per_invocation: 5.0, memory_gb: 0.25, stored_gb_months: 0.0 }
    }
}

/// One line of a bill.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// What is paid for.
    pub what: &'static str,
    /// How much of it was used.
    pub quantity: f64,
    /// Its price in dollars.
    pub usd: f64,
}

/// A bill, line by line.
#[derive(Clone, Debug, PartialEq)]
pub struct Bill {
    /// All but SES.
    pub lines: Vec<Line>,
    /// The mails.
    pub ses: Line,
}

impl Bill {
    /// The bill for `totals`.
    pub fn of(totals: &Totals, assumed: Assumed) -> Self {
        let invocations = float(totals.invocations.values().sum());
        let gb_seconds = invocations * assumed.milliseconds_per_invocation / 1000.0 * assumed.memory_gb;
        let per_million =
            |what, quantity: f64, price: f64| Line { what, quantity, usd: quantity / MILLION * price };
        let each = |what, quantity: f64, price: f64| Line { what, quantity, usd: quantity * price };
        Self {
            lines: vec![
                per_million("DynamoDB write units", totals.write_units, DYNAMODB_WRITE_UNITS),
                per_million("DynamoDB read units", totals.read_units, DYNAMODB_READ_UNITS),
                each("DynamoDB storage, GB-months", assumed.stored_gb_months, DYNAMODB_GB_MONTH),
                per_million("SQS requests", float(totals.sqs_requests), SQS_REQUESTS),
                per_million("SNS requests", float(totals.sns_requests), SNS_REQUESTS),
                per_million("Lambda requests", invocations, LAMBDA_REQUESTS),
                each("Lambda compute, GB-seconds", gb_seconds, LAMBDA_GB_SECOND),
            ],
            ses: each("SES recipients", float(totals.ses_messages), SES_THOUSAND / 1000.0),
        }
    }

    /// All but SES, in dollars.
    pub fn without_ses(&self) -> f64 {
        self.lines.iter().map(|line| line.usd).sum()
    }
}

#[expect(clippy::cast_precision_loss, reason = "exact up to nine thousand billion")]
fn float(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Floor A of the cost comparison: a million orders, $10.49 besides SES, $300.00 for SES.
    #[test]
    fn the_cost_floor_of_a_million_orders() {
        let totals = Totals {
            write_units: 13e6,
            read_units: 43_200.0 * 8.0 * 0.5 + 37_500.0,
            sqs_requests: 900_000,
            ses_messages: 3_000_000,
            invocations: [("receive".to_string(), 7_000_000), ("deliver".into(), 343_200)].into(),
            ..Totals::default()
        };
        let assumed = Assumed { milliseconds_per_invocation: 8.7, memory_gb: 0.125, stored_gb_months: 1.6 };
        let bill = Bill::of(&totals, assumed);
        assert!((bill.without_ses() - 10.49).abs() < 0.01, "{bill:#?}");
        assert!((bill.ses.usd - 300.0).abs() < 1e-9);
    }
}
