//! What Shopify sends, and who reads it.

use rihla_core::event::Event;

use super::{Told, customer, fulfillment, order, privacy, refund};
use crate::{Topic, Unreadable};

/// How a topic is taken.
pub(super) enum Way {
    /// Its body is read by this.
    Read(Reader),
    /// It is not read, for this reason.
    Pass(&'static str),
}

pub(super) type Reader = fn(&[u8], &Told<'_>) -> Result<Vec<Event>, Unreadable>;

pub(super) fn way(topic: &str) -> Way {
    match topic {
        // Each of these carries the whole order, so that any one of them makes up for any other.
        "orders/create"
        | "orders/paid"
        | "orders/updated"
        | "orders/fulfilled"
        | "orders/partially_fulfilled"
        | "orders/cancelled" => Way::Read(order::read),
        "orders/edited" => Way::Pass("it names no lines; orders/updated brings the whole order"),
        "fulfillments/create" | "fulfillments/update" => Way::Read(fulfillment::read),
        "fulfillment_events/create" => Way::Read(fulfillment::read_event),
        "refunds/create" => Way::Read(refund::read),
        "customers/create" | "customers/update" => Way::Read(customer::read),
        "customers_email_marketing_consent/update" => Way::Read(customer::read_consent),
        "customers_marketing_consent/update" => {
            Way::Pass("it is about text messages, which are not sent yet")
        }
        "customers/data_request" => Way::Read(privacy::read_data_request),
        "customers/redact" => Way::Read(privacy::read_redact),
        "shop/redact" => Way::Read(privacy::read_shop_redact),
        _ => Way::Pass("no topic that is read here"),
    }
}

const ORDER: &[&str] =
    &["order.placed", "order.paid", "order.cancelled", "parcel.moved", "order.refunded", "consent.changed"];

pub(super) const TOPICS: &[Topic] = &[
    Topic { name: "orders/create", tells: ORDER },
    Topic { name: "orders/paid", tells: ORDER },
    Topic { name: "orders/updated", tells: ORDER },
    Topic { name: "orders/edited", tells: &[] },
    Topic { name: "orders/fulfilled", tells: ORDER },
    Topic { name: "orders/partially_fulfilled", tells: ORDER },
    Topic { name: "orders/cancelled", tells: ORDER },
    Topic { name: "orders/delete", tells: &[] },
    Topic { name: "draft_orders/create", tells: &[] },
    Topic { name: "draft_orders/update", tells: &[] },
    Topic { name: "order_transactions/create", tells: &[] },
    Topic { name: "fulfillments/create", tells: &["parcel.moved"] },
    Topic { name: "fulfillments/update", tells: &["parcel.moved"] },
    Topic { name: "fulfillment_events/create", tells: &["parcel.moved"] },
    Topic { name: "refunds/create", tells: &["order.refunded"] },
    Topic { name: "customers/create", tells: &["profile.changed", "consent.changed"] },
    Topic { name: "customers/update", tells: &["profile.changed", "consent.changed"] },
    Topic { name: "customers/delete", tells: &[] },
    Topic { name: "customers_email_marketing_consent/update", tells: &["consent.changed"] },
    Topic { name: "customers_marketing_consent/update", tells: &[] },
    Topic { name: "customers/data_request", tells: &["privacy.requested"] },
    Topic { name: "customers/redact", tells: &["privacy.requested"] },
    Topic { name: "shop/redact", tells: &["privacy.requested"] },
    Topic { name: "checkouts/create", tells: &[] },
    Topic { name: "checkouts/update", tells: &[] },
    Topic { name: "carts/create", tells: &[] },
    Topic { name: "carts/update", tells: &[] },
    Topic { name: "inventory_levels/update", tells: &[] },
    Topic { name: "locations/create", tells: &[] },
    Topic { name: "locations/update", tells: &[] },
    Topic { name: "app/uninstalled", tells: &[] },
];
