//! Looking into the table from outside: what no function does, so that it is neither counted nor put before faults.

use serde_json::{Value, json};

use super::Aws;

impl Aws {
    /// The answer to a read (`GetItem`, `Query`, `Scan`) in DynamoDB's own JSON.
    pub fn peek(&self, action: &str, request: &Value) -> Value {
        let acted = self.dynamodb().act(action, request.to_string().as_bytes());
        serde_json::from_slice(&acted.answer.body).unwrap_or_default()
    }

    /// Every item of a read of many (`Query`, `Scan`), page by page, in DynamoDB's own JSON.
    pub fn peek_each(&self, action: &str, mut request: Value, mut take: impl FnMut(&Value)) {
        loop {
            let mut page = self.peek(action, &request);
            page["Items"].as_array().into_iter().flatten().for_each(&mut take);
            match page["LastEvaluatedKey"].take() {
                Value::Null => return,
                last => request["ExclusiveStartKey"] = last,
            }
        }
    }

    /// Everything that lies in the table, item by item.
    pub fn each_item(&self, take: impl FnMut(&Value)) {
        self.peek_each("Scan", json!({ "TableName": self.layout().table }), take);
    }

    /// Whether looks may lie in an hour such as `2026-11-23T05`; certain only where there are none.
    pub fn may_hold_looks(&self, hour: &str) -> bool {
        self.dynamodb().may_hold_looks(hour)
    }
}
