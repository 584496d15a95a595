//! What orders tell.

use rihla_core::instant::Instant;
use rihla_core::order::Order;
use rihla_core::parcel::Parcel;

use super::entry::{About, Entry, word};

/// An order of that id.
pub(super) fn of_order(about: &About, id: &str, order: &Order) -> Vec<Entry> {
    let number = order.number.as_ref().map_or(id, |number| &number.value);
    let about = about.with("number", number);
    let total = order.total.as_ref().map(|total| format!(", {}", total.value)).unwrap_or_default();
    let moments: [(Option<Instant>, &'static str, String); 4] = [
        (order.placed_at(), "order", format!("placed order {number}{total}")),
        (order.paid.map(|at| at.0), "payment", format!("paid order {number}")),
        (order.payment_failed.map(|at| at.0), "payment", format!("the payment of order {number} failed")),
        (order.cancelled.map(|at| at.0), "order", format!("order {number} was cancelled")),
    ];
    let told =
        moments.into_iter().filter_map(|(at, kind, text)| Some(about.entry(at?, kind, &text.clone(), text)));
    let refunds = order.refunds.iter().map(|(id, refund)| {
        let goods = if refund.value.goods_returned { ", goods came back" } else { "" };
        let text = format!("{} of order {number} went back{goods}", refund.value.amount);
        about.with("refund", id).entry(refund.at, "refund", id, text)
    });
    let disputes = order.disputes.iter().map(|(id, dispute)| {
        let text = format!("what was paid for order {number} is disputed: {}", word(dispute.value.state));
        about.with("dispute", id).entry(dispute.at, "dispute", id, text)
    });
    let parcels = order.parcels.iter().flat_map(|(id, parcel)| of_parcel(&about, number, id, parcel));
    told.chain(refunds).chain(disputes).chain(parcels).collect()
}

fn of_parcel(about: &About, number: &str, id: &str, parcel: &Parcel) -> Vec<Entry> {
    let tracking = parcel.tracking.as_ref().map(|tracking| tracking.value.as_str());
    let about = about.with("parcel", id).with("tracking", tracking.unwrap_or_default());
    let reached = parcel.reached.iter().map(|(state, at)| {
        let text = format!("a parcel of order {number}: {}", word(state));
        about.entry(at.0, "parcel", &format!("{id} {state:?}"), text)
    });
    reached.collect()
}
