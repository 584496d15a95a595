//! Notifications of a topic (Lambda Developer Guide, "Invoking Lambda functions with Amazon SNS notifications").

use serde::Deserialize;

/// What a topic hands over.
#[derive(Clone, Debug, Deserialize)]
pub struct Notifications {
    /// One, as long as the topic does not change its ways.
    #[serde(rename = "Records")]
    pub records: Vec<Record>,
}

/// A notification in its wrapping.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Record {
    /// The notification.
    pub sns: Notification,
}

/// A notification.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Notification {
    /// The topic's id of it.
    pub message_id: String,
    /// What was published.
    pub message: String,
}
