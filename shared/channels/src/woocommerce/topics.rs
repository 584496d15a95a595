//! What `WooCommerce` sends, and who reads it.

use super::{customer, order, product};
use crate::{Reading, Topic, Unreadable};

/// How a topic is taken.
pub(super) enum Way {
    /// Its body is read by this.
    Read(fn(&[u8]) -> Result<Reading, Unreadable>),
    /// It is not read, for this reason.
    Pass(&'static str),
}

pub(super) fn way(topic: &str) -> Way {
    match topic {
        "order.created" | "order.updated" | "order.restored" => Way::Read(order::read),
        "customer.created" | "customer.updated" => Way::Read(customer::read),
        "product.created" | "product.updated" | "product.restored" => Way::Read(product::read),
        "order.deleted" | "customer.deleted" | "product.deleted" => {
            Way::Pass("it tells an id and no time; what was bought stays bought")
        }
        _ => Way::Pass("no topic that is read here"),
    }
}

const ORDER: &[&str] = &[
    "order.placed",
    "order.paid",
    "order.payment_failed",
    "order.cancelled",
    "order.refunded",
    "parcel.moved",
];

pub(super) const TOPICS: &[Topic] = &[
    Topic { name: "order.created", tells: ORDER },
    Topic { name: "order.updated", tells: ORDER },
    Topic { name: "order.restored", tells: ORDER },
    Topic { name: "order.deleted", tells: &[] },
    Topic { name: "customer.created", tells: &["profile.changed"] },
    Topic { name: "customer.updated", tells: &["profile.changed"] },
    Topic { name: "customer.deleted", tells: &[] },
    Topic { name: "product.created", tells: &["product.changed"] },
    Topic { name: "product.updated", tells: &["product.changed"] },
    Topic { name: "product.restored", tells: &["product.changed"] },
    Topic { name: "product.deleted", tells: &[] },
    Topic { name: "coupon.created", tells: &[] },
    Topic { name: "coupon.updated", tells: &[] },
    Topic { name: "coupon.deleted", tells: &[] },
    Topic { name: "coupon.restored", tells: &[] },
];
