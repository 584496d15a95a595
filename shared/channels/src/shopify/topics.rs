//! What Shopify sends, and who reads it.

use super::{
    Told, checkout, customer, dispute, fulfillment, order, privacy, product, refund, stock, transaction,
};
use crate::{Reading, Topic, Unreadable};

/// How a topic is taken.
pub(super) enum Way {
    /// Its body is read by this.
    Read(Reader),
    /// It is not read, for this reason.
    Pass(&'static str),
}

pub(super) type Reader = fn(&[u8], &Told<'_>) -> Result<Reading, Unreadable>;

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
        "customers_marketing_consent/update" => Way::Read(customer::read_sms_consent),
        "customers/delete" => Way::Pass("a request to be forgotten comes as customers/redact"),
        "checkouts/create" | "checkouts/update" => Way::Read(checkout::read),
        "carts/create" | "carts/update" => Way::Pass("it names nobody; a checkout does"),
        "order_transactions/create" => Way::Read(transaction::read),
        "disputes/create" | "disputes/update" => Way::Read(dispute::read),
        "products/create" | "products/update" => Way::Read(product::read),
        "products/delete" => Way::Read(product::read_deleted),
        "inventory_levels/update" => Way::Read(stock::read),
        "locations/create" | "locations/update" | "locations/activate" | "locations/deactivate" => {
            Way::Read(stock::read_location)
        }
        "locations/delete" => Way::Read(stock::read_deleted_location),
        "app/uninstalled" => Way::Pass("what is to be forgotten comes as shop/redact"),
        "customers/data_request" => Way::Read(privacy::read_data_request),
        "customers/redact" => Way::Read(privacy::read_redact),
        "shop/redact" => Way::Read(privacy::read_shop_redact),
        _ if topic.starts_with("returns/") || topic.starts_with("reverse_") => {
            Way::Pass("what came back is told by refunds/create")
        }
        _ if topic.starts_with("fulfillment_orders/") => {
            Way::Pass("it is about work; fulfillments tell what is sent")
        }
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
    Topic { name: "order_transactions/create", tells: &["order.payment_failed"] },
    Topic { name: "disputes/create", tells: &["order.disputed"] },
    Topic { name: "disputes/update", tells: &["order.disputed"] },
    Topic { name: "fulfillments/create", tells: &["parcel.moved"] },
    Topic { name: "fulfillments/update", tells: &["parcel.moved"] },
    Topic { name: "fulfillment_events/create", tells: &["parcel.moved"] },
    Topic { name: "refunds/create", tells: &["order.refunded"] },
    Topic { name: "customers/create", tells: &["profile.changed", "consent.changed"] },
    Topic { name: "customers/update", tells: &["profile.changed", "consent.changed"] },
    Topic { name: "customers/delete", tells: &[] },
    Topic { name: "customers_email_marketing_consent/update", tells: &["consent.changed"] },
    Topic { name: "customers_marketing_consent/update", tells: &["consent.changed"] },
    Topic { name: "customers/data_request", tells: &["privacy.requested"] },
    Topic { name: "customers/redact", tells: &["privacy.requested"] },
    Topic { name: "shop/redact", tells: &["privacy.requested"] },
    Topic { name: "checkouts/create", tells: &["checkout.changed", "consent.changed"] },
    Topic { name: "checkouts/update", tells: &["checkout.changed", "consent.changed"] },
    Topic { name: "carts/create", tells: &[] },
    Topic { name: "carts/update", tells: &[] },
    Topic { name: "products/create", tells: &["product.changed"] },
    Topic { name: "products/update", tells: &["product.changed"] },
    Topic { name: "products/delete", tells: &["product.changed"] },
    Topic { name: "inventory_levels/update", tells: &["stock.changed"] },
    Topic { name: "locations/create", tells: &["location.changed"] },
    Topic { name: "locations/update", tells: &["location.changed"] },
    Topic { name: "locations/activate", tells: &["location.changed"] },
    Topic { name: "locations/deactivate", tells: &["location.changed"] },
    Topic { name: "locations/delete", tells: &["location.changed"] },
    Topic { name: "app/uninstalled", tells: &[] },
];
