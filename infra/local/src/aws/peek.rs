//! Looking into the table from outside: what no function does, so that it is neither counted nor put before faults.

use serde_json::Value;

use super::Aws;

impl Aws {
    /// The answer to a read (`GetItem`, `Query`, `Scan`) in DynamoDB's own JSON.
    pub fn peek(&self, action: &str, request: &Value) -> Value {
        let acted = self.dynamodb().act(action, request.to_string().as_bytes());
        serde_json::from_slice(&acted.answer.body).unwrap_or_default()
    }

    /// Whether looks may lie in an hour such as `2026-11-23T05`; certain only where there are none.
    pub fn may_hold_looks(&self, hour: &str) -> bool {
        self.dynamodb().may_hold_looks(hour)
    }
}
