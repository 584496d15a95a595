//! What `BigCommerce` sends, and who reads it.

use super::hook::Hook;
use super::{cart, customer, order, shipment};
use crate::{Reading, Topic, Unreadable};

/// How a topic is taken.
pub(super) enum Way {
    /// It is read by this.
    Read(fn(&Hook<'_>) -> Result<Reading, Unreadable>),
    /// It is not read, for this reason.
    Pass(&'static str),
}

pub(super) fn way(topic: &str) -> Way {
    match topic {
        "store/order/created"
        | "store/order/updated"
        | "store/order/archived"
        | "store/order/refund/created"
        | "store/order/transaction/created"
        | "store/order/transaction/updated" => Way::Read(order::read),
        "store/order/statusUpdated" => Way::Read(order::read_status),
        "store/shipment/created" | "store/shipment/updated" => Way::Read(shipment::read),
        "store/shipment/deleted" => Way::Read(shipment::read_deleted),
        "store/customer/created" | "store/customer/updated" => Way::Read(customer::read),
        "store/customer/deleted" => Way::Pass("what was bought stays bought"),
        "store/subscriber/created" => Way::Read(customer::read_subscribed),
        "store/subscriber/updated" => Way::Pass("it does not say what the subscriber wants now"),
        "store/subscriber/deleted" => Way::Pass("it names a number whose address is gone"),
        "store/cart/abandoned" => Way::Read(cart::read_abandoned),
        "store/cart/converted" | "store/cart/deleted" => Way::Read(cart::read_finished),
        "store/cart/created" | "store/cart/updated" => {
            Way::Pass("whether the cart is left is told by store/cart/abandoned")
        }
        _ => Way::Pass("no topic that is read here"),
    }
}

/// With what the API tells of the order, its products, shipments and refunds.
const ORDER: &[&str] = &[
    "order.placed",
    "order.changed",
    "order.paid",
    "order.payment_failed",
    "order.cancelled",
    "order.refunded",
    "parcel.moved",
];
const SHIPMENT: &[&str] = &["parcel.moved"];
const CUSTOMER: &[&str] = &["profile.changed"];
const CART: &[&str] = &["checkout.changed"];

pub(super) const TOPICS: &[Topic] = &[
    Topic { name: "store/order/created", tells: ORDER },
    Topic { name: "store/order/updated", tells: ORDER },
    Topic { name: "store/order/statusUpdated", tells: ORDER },
    Topic { name: "store/order/archived", tells: ORDER },
    Topic { name: "store/order/refund/created", tells: ORDER },
    Topic { name: "store/order/transaction/created", tells: ORDER },
    Topic { name: "store/order/transaction/updated", tells: ORDER },
    Topic { name: "store/order/message/created", tells: &[] },
    Topic { name: "store/shipment/created", tells: SHIPMENT },
    Topic { name: "store/shipment/updated", tells: SHIPMENT },
    Topic { name: "store/shipment/deleted", tells: SHIPMENT },
    Topic { name: "store/customer/created", tells: CUSTOMER },
    Topic { name: "store/customer/updated", tells: CUSTOMER },
    Topic { name: "store/customer/deleted", tells: &[] },
    Topic { name: "store/subscriber/created", tells: &["consent.changed"] },
    Topic { name: "store/subscriber/updated", tells: &[] },
    Topic { name: "store/subscriber/deleted", tells: &[] },
    Topic { name: "store/cart/abandoned", tells: CART },
    Topic { name: "store/cart/converted", tells: CART },
    Topic { name: "store/cart/deleted", tells: CART },
    Topic { name: "store/cart/created", tells: &[] },
    Topic { name: "store/cart/updated", tells: &[] },
];
