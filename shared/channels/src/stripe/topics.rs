//! What Stripe sends, and who reads it.

use super::envelope::{Envelope, Told};
use super::{customer, dispute, payment, refund, session};
use crate::{Reading, Topic, Unreadable};

/// How a topic is taken.
pub(super) enum Way {
    /// Its object is read by this.
    Read(Reader),
    /// It is not read, for this reason.
    Pass(&'static str),
}

pub(super) type Reader = fn(&[u8], Told) -> Result<Reading, Unreadable>;

pub(super) fn way(envelope: &Envelope<'_>) -> Way {
    let topic = envelope.topic();
    match reader(&topic) {
        _ if !envelope.is_event() => Way::Pass("it is no event"),
        _ if envelope.is_thin() => Way::Pass("a thin event of the v2 API, which holds no object"),
        None => Way::Pass("no topic that is read here"),
        // A trial order is kept as one; of anything else a sandbox has invented people and money.
        Some(_) if envelope.is_trial() && !places_orders(&topic) => Way::Pass("a trial"),
        Some(reader) => Way::Read(reader),
    }
}

fn reader(topic: &str) -> Option<Reader> {
    Some(match topic {
        "checkout.session.completed" | "checkout.session.async_payment_succeeded" => session::read,
        "checkout.session.async_payment_failed" => session::read_failed,
        "checkout.session.expired" => session::read_expired,
        "payment_intent.succeeded" => payment::read,
        "payment_intent.payment_failed" => payment::read_failed,
        "charge.refunded" => refund::read_charge,
        "refund.created" | "refund.updated" | "refund.failed" | "charge.refund.updated" => refund::read,
        "charge.dispute.created"
        | "charge.dispute.updated"
        | "charge.dispute.closed"
        | "charge.dispute.funds_withdrawn"
        | "charge.dispute.funds_reinstated" => dispute::read,
        "customer.created" | "customer.updated" => customer::read,
        _ => return None,
    })
}

fn places_orders(topic: &str) -> bool {
    let of_session = topic.starts_with("checkout.session.") && topic != "checkout.session.expired";
    of_session || topic == "payment_intent.succeeded"
}

const SESSION: &[&str] = &["order.placed", "order.paid", "consent.changed", "checkout.changed"];
const REFUND: &[&str] = &["order.refunded"];
const DISPUTE: &[&str] = &["order.disputed"];
const CUSTOMER: &[&str] = &["profile.changed"];

pub(super) const TOPICS: &[Topic] = &[
    Topic { name: "checkout.session.completed", tells: SESSION },
    Topic { name: "checkout.session.async_payment_succeeded", tells: SESSION },
    Topic {
        name: "checkout.session.async_payment_failed",
        tells: &["order.placed", "order.payment_failed", "consent.changed", "checkout.changed"],
    },
    Topic { name: "checkout.session.expired", tells: &["checkout.changed", "consent.changed"] },
    Topic { name: "payment_intent.succeeded", tells: &["order.placed", "order.paid"] },
    Topic { name: "payment_intent.payment_failed", tells: &["order.payment_failed"] },
    Topic { name: "charge.refunded", tells: REFUND },
    Topic { name: "charge.refund.updated", tells: REFUND },
    Topic { name: "refund.created", tells: REFUND },
    Topic { name: "refund.updated", tells: REFUND },
    Topic { name: "refund.failed", tells: REFUND },
    Topic { name: "charge.dispute.created", tells: DISPUTE },
    Topic { name: "charge.dispute.updated", tells: DISPUTE },
    Topic { name: "charge.dispute.closed", tells: DISPUTE },
    Topic { name: "charge.dispute.funds_withdrawn", tells: DISPUTE },
    Topic { name: "charge.dispute.funds_reinstated", tells: DISPUTE },
    Topic { name: "customer.created", tells: CUSTOMER },
    Topic { name: "customer.updated", tells: CUSTOMER },
    Topic { name: "customer.deleted", tells: &[] },
];
