//! What others would pay for the same month: the floor without any customer record, and a textbook serverless design.
//! Both for a million orders of six deliveries (one a duplicate), three mails and one answer; list prices of us-east-1.

/// One line: what, how many millions, and the price of a million.
type Line = (&'static str, f64, f64);

/// A design with its bill.
#[derive(Clone, Copy, Debug)]
pub struct Reference {
    /// Which.
    pub name: &'static str,
    /// Its lines.
    pub lines: &'static [Line],
}

impl Reference {
    /// Its bill for a million orders, besides SES, in dollars.
    pub fn usd(&self) -> f64 {
        self.lines.iter().map(|(_, millions, usd)| millions * usd).sum()
    }
}

/// A million gigabyte-seconds of Lambda on arm64.
const GB_SECONDS: f64 = 13.333_4;

/// What cannot be saved: one write for each fact, one for each planned and each claimed follow-up, and no customer record.
pub const FLOOR: Reference = Reference {
    name: "the floor, without any customer record",
    lines: &[
        ("Lambda requests: 6 webhooks + 1 answer", 7.0, 0.20),
        ("Lambda compute: 7 M × 5 ms × 0.125 GB", 7.0 * 0.005 * 0.125, GB_SECONDS),
        ("write units: 6 deliveries", 6.0, 0.625),
        ("write units: 3 planned follow-ups", 3.0, 0.625),
        ("write units: 3 claims", 3.0, 0.625),
        ("write units: 1 answer", 1.0, 0.625),
        ("read units: 43,200 ticks × 8 shards × 0.5, and the keys", 0.2103, 0.125),
        ("SQS: 3 requests for each ten mails", 0.9, 0.40),
        ("Lambda requests: ticks and senders in tens", 0.3432, 0.20),
        ("Lambda compute: 0.3 M × 100 ms + 43,200 × 20 ms", (0.3 * 0.1 + 0.0432 * 0.02) * 0.125, GB_SECONDS),
        ("storage: 1.6 GB at $0.25", 1.6, 0.25),
    ],
};

/// HTTP API, a queue in front, idempotency records, transactions over three items, an index for what is due, unbatched
/// sending, 1 KB of log for each invocation.
pub const TEXTBOOK: Reference = Reference {
    name: "a textbook serverless design",
    lines: &[
        ("HTTP API: 7 M requests", 7.0, 1.00),
        ("Lambda requests: 7 M", 7.0, 0.20),
        ("Lambda compute: 7 M × 4 ms × 0.125 GB", 7.0 * 0.004 * 0.125, GB_SECONDS),
        ("SQS: 6 M sends, receive and delete in tens", 6.0 + 2.0 * 0.6, 0.40),
        ("Lambda worker: 0.6 M requests", 0.6, 0.20),
        ("Lambda worker compute: 0.6 M × 60 ms", 0.6 * 0.06 * 0.125, GB_SECONDS),
        ("idempotency records: 2 units × 5 M + 1 M refused", 11.0, 0.625),
        ("transactions of order, customer, outbox: 3 × 2 units × 5 M", 30.0, 0.625),
        ("due items with an index, put and cleared: 4 units × 3 M", 12.0, 0.625),
        ("reads at sending: 3 M × 0.5", 1.5, 0.125),
        ("SQS for follow-ups, unbatched: 3 × 3 M", 9.0, 0.40),
        ("Lambda sender: 3 M requests", 3.0, 0.20),
        ("Lambda sender compute: 3 M × 60 ms", 3.0 * 0.06 * 0.125, GB_SECONDS),
        ("write units: 1 M answers", 1.0, 0.625),
        ("logs: 1 KB × 10.6 M invocations, $0.50 a GB", 10.6, 0.50),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sums_are_those_that_are_told() {
        assert!((FLOOR.usd() - 10.49).abs() < 0.005, "{}", FLOOR.usd());
        assert!((TEXTBOOK.usd() - 55.24).abs() < 0.02, "{}", TEXTBOOK.usd());
    }
}
