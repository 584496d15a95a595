//! Looks on their way through the outbox queue.

use rihla_core::identifier::CustomerId;
use rihla_core::trigger::Trigger;
use serde::{Deserialize, Serialize};

/// An order, a cart or a conversation is to be looked at for follow-ups.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// The customer in whose record it lies.
    pub customer: CustomerId,
    /// What is looked at.
    pub trigger: Trigger,
}
