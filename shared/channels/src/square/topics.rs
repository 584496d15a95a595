//! What Square sends, and who reads it.

use super::envelope::Envelope;
use super::{customer, dispute, order, payment, stock};
use crate::{Reading, Topic, Unreadable};

/// How a topic is taken.
pub(super) enum Way {
    /// It is read by this.
    Read(fn(&Envelope<'_>) -> Result<Reading, Unreadable>),
    /// It is not read, for this reason.
    Pass(&'static str),
}

pub(super) fn way(topic: &str) -> Way {
    match topic {
        "order.created" | "order.updated" | "order.fulfillment.updated" => Way::Read(order::read),
        "payment.created" | "payment.updated" => Way::Read(payment::read),
        "refund.created" | "refund.updated" => Way::Read(payment::read_refund),
        "dispute.created" | "dispute.state.updated" => Way::Read(dispute::read),
        "customer.created" | "customer.updated" => Way::Read(customer::read),
        "customer.deleted" => Way::Pass("it may have been joined with another one"),
        "inventory.count.updated" => Way::Read(stock::read),
        "location.created" | "location.updated" => Way::Read(stock::read_location),
        "catalog.version.updated" => Way::Pass("it names no product"),
        "webhooks.test_notification" => Way::Pass("a trial"),
        _ => Way::Pass("no topic that is read here"),
    }
}

/// With what the API tells of the order and of its customer.
const ORDER: &[&str] =
    &["order.placed", "order.paid", "order.cancelled", "parcel.moved", "profile.changed", "consent.changed"];
const PAYMENT: &[&str] = &["order.placed", "order.paid", "order.payment_failed", "order.refunded"];
const DISPUTE: &[&str] =
    &["order.placed", "order.paid", "order.payment_failed", "order.refunded", "order.disputed"];
const CUSTOMER: &[&str] = &["profile.changed", "consent.changed"];

pub(super) const TOPICS: &[Topic] = &[
    Topic { name: "order.created", tells: ORDER },
    Topic { name: "order.updated", tells: ORDER },
    Topic { name: "order.fulfillment.updated", tells: ORDER },
    Topic { name: "payment.created", tells: PAYMENT },
    Topic { name: "payment.updated", tells: PAYMENT },
    Topic { name: "refund.created", tells: PAYMENT },
    Topic { name: "refund.updated", tells: PAYMENT },
    Topic { name: "dispute.created", tells: DISPUTE },
    Topic { name: "dispute.state.updated", tells: DISPUTE },
    Topic { name: "customer.created", tells: CUSTOMER },
    Topic { name: "customer.updated", tells: CUSTOMER },
    Topic { name: "customer.deleted", tells: &[] },
    Topic { name: "inventory.count.updated", tells: &["stock.changed"] },
    Topic { name: "location.created", tells: &["location.changed"] },
    Topic { name: "location.updated", tells: &["location.changed"] },
    Topic { name: "catalog.version.updated", tells: &[] },
    Topic { name: "webhooks.test_notification", tells: &[] },
];
