//! Pointers: what an identifier points at.

use serde::{Deserialize, Serialize};

use crate::identifier::CustomerId;
use crate::order::{Order, OrderKey};

/// What one identifier points at: a customer, and for order and tracking numbers the order. As long as nobody knows
/// whose it is, what was told of it waits here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pointer {
    /// The customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<CustomerId>,
    /// The order, where a tracking number stands for a parcel of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<OrderKey>,
    /// The parcel's id in that order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parcel: Option<String>,
    /// What was told before anybody knew whose it is. It stays: an order that is written for the first time takes it
    /// in, and a crash in between must not lose it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting: Option<Order>,
}

impl Pointer {
    /// A pointer at a customer.
    pub fn at(customer: CustomerId) -> Self {
        Self { customer: Some(customer), ..Self::default() }
    }
}
