//! One call to AWS, as the seam sees it.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A service that is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Service {
    /// The table.
    DynamoDb,
    /// The queues.
    Sqs,
    /// Mail.
    Ses,
    /// Parameters.
    Ssm,
    /// What SES publishes, and what a topic hands to a function.
    Sns,
}

impl Service {
    /// The name that IAM gives the service.
    pub fn name(self) -> &'static str {
        match self {
            Self::DynamoDb => "dynamodb",
            Self::Sqs => "sqs",
            Self::Ses => "ses",
            Self::Ssm => "ssm",
            Self::Sns => "sns",
        }
    }
}

impl fmt::Display for Service {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// Who makes a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Caller {
    /// The function's own code.
    Function,
    /// AWS on the function's behalf and with its permissions: the event source mapping, the topic.
    Trigger,
}

/// One HTTP attempt at a call: an SDK retry is another call with the next number.
#[derive(Clone, Debug)]
pub struct Call {
    /// Its number, from 1, over all functions.
    pub sequence: u64,
    /// The number of the invocation for which it is made, over all functions. What AWS itself calls to invoke a function
    /// and to see to what came of it belongs to that invocation.
    pub invocation: u64,
    /// The function whose client makes it.
    pub function: Arc<str>,
    /// Who makes it.
    pub caller: Caller,
    /// The service called.
    pub service: Service,
    /// The API action, such as `SendMessageBatch`.
    pub action: String,
    /// The table's, queue's, sending address's, parameter's or topic's name; the first if there are several.
    pub resource: String,
    /// What the role must be allowed to do for this call.
    pub permissions: Vec<Permission>,
}

/// One thing that a role must be allowed to do.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Permission {
    /// IAM's name of the action, such as `sqs:SendMessage` (also for `SendMessageBatch`).
    pub action: String,
    /// The table's, queue's, sending address's or parameter's name, or `configuration-set/` and its name.
    pub resource: String,
}

impl Permission {
    /// The permission that `action` of `service` needs on `resource`. SQS has none of its own for batches.
    pub fn of(service: Service, action: &str, resource: &str) -> Self {
        let action = match service {
            Service::Sqs => action.strip_suffix("Batch").unwrap_or(action),
            _ => action,
        };
        Self { action: format!("{service}:{action}"), resource: resource.into() }
    }
}
