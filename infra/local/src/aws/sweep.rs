//! What the database does by itself: items whose `ttl` has passed go. Lambda functions see nothing of it.

use serde_json::{Value, json};

use super::Aws;

impl Aws {
    /// Deletes every item whose time has passed, and says how many they were.
    pub fn sweep(&self) -> usize {
        let now_seconds = self.clock().now().as_second();
        let mut past = Vec::new();
        self.each_item(|item| past.extend(is_past(item, now_seconds).then(|| key_of(item))));
        for key in &past {
            let request = json!({ "TableName": self.layout().table, "Key": key });
            self.dynamodb().act("DeleteItem", request.to_string().as_bytes());
        }
        past.len()
    }
}

fn is_past(item: &Value, now_seconds: i64) -> bool {
    let seconds = item["ttl"]["N"].as_str().and_then(|seconds| seconds.parse::<i64>().ok());
    seconds.is_some_and(|seconds| seconds <= now_seconds)
}

fn key_of(item: &Value) -> Value {
    json!({ "PK": item["PK"], "SK": item["SK"] })
}
