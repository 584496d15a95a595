//! Looks on their way through the outbox queue.

use rihla_core::identifier::CustomerId;
use rihla_core::order::OrderKey;
use serde::{Deserialize, Serialize};

/// An order is to be looked at for follow-ups.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// The customer in whose record the order lies.
    pub customer: CustomerId,
    /// The order.
    pub order: OrderKey,
}
