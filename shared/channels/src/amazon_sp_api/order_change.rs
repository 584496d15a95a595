//! `ORDER_CHANGE`: an order's status, and what it is to be asked for by.
//!
//! The items that it lists have neither names nor prices, and are known by the seller's number, not Amazon's. They are
//! left to the API, whose answer would not win over them where it is older by a second.

use rihla_core::event::{Event, Fact, OrderCancelled, OrderDetails, OrderPaid};
use rihla_core::instant::Instant;
use serde::Deserialize;

use super::{Envelope, api, event};
use crate::json::{Id, Text, word};
use crate::{Reading, Unreadable};

#[derive(Deserialize)]
struct Payload<'a> {
    #[serde(borrow, rename = "OrderChangeNotification", alias = "orderChangeNotification")]
    change: Option<Change<'a>>,
}

#[derive(Deserialize)]
struct Change<'a> {
    #[serde(rename = "AmazonOrderId", alias = "amazonOrderId")]
    order: Option<Id>,
    #[serde(rename = "OrderChangeTrigger", alias = "orderChangeTrigger")]
    trigger: Option<Trigger>,
    #[serde(borrow, rename = "Summary", alias = "summary")]
    summary: Option<Summary<'a>>,
}

#[derive(Deserialize)]
struct Trigger {
    #[serde(rename = "TimeOfOrderChange", alias = "timeOfOrderChange")]
    time: Option<Instant>,
}

#[derive(Deserialize)]
struct Summary<'a> {
    #[serde(borrow, rename = "OrderStatus", alias = "orderStatus")]
    status: Option<Text<'a>>,
    #[serde(rename = "PurchaseDate", alias = "purchaseDate")]
    purchase_date: Option<Instant>,
    #[serde(rename = "LatestDeliveryDate", alias = "latestDeliveryDate")]
    latest_delivery_date: Option<Instant>,
}

/// When the order changed; where Amazon cannot say, when it told so.
pub(super) fn time(envelope: &Envelope<'_>) -> Result<Instant, Unreadable> {
    let payload: Payload<'_> = envelope.read("Payload")?;
    let time = payload.change.and_then(|change| change.trigger?.time);
    time.map_or_else(|| envelope.time(), Ok)
}

pub(super) fn read(envelope: &Envelope<'_>) -> Result<Reading, Unreadable> {
    let missing = |name: &str| Unreadable::missing(&format!("Payload.OrderChangeNotification{name}"));
    let at = time(envelope)?;
    let payload: Payload<'_> = envelope.read("Payload")?;
    let change = payload.change.ok_or_else(|| missing(""))?;
    let order = change.order.ok_or_else(|| missing(".AmazonOrderId"))?.0;
    if is_of_another_channel(&order) {
        return Ok(Reading::no_interest("ORDER_CHANGE", "an order of the shop's own that Amazon only ships"));
    }
    let summary = change.summary.ok_or_else(|| missing(".Summary"))?;
    let details = OrderDetails {
        order: order.clone(),
        placed_at: summary.purchase_date,
        promised_at: summary.latest_delivery_date,
        ..OrderDetails::default()
    };
    let reading = told(details, word(summary.status.as_ref()), at);
    Ok(api::and_look_up(reading, &order))
}

/// Orders from elsewhere that Amazon fulfils have numbers of their own (`S01-…`). The place where they were bought
/// tells them.
pub(super) fn is_of_another_channel(order: &str) -> bool {
    order.starts_with('S')
}

/// What an order's status says, with what else is known of it. That a buyer asked to cancel changes no status.
pub(super) fn told(mut details: OrderDetails, status: Option<&str>, at: Instant) -> Reading {
    let order = details.order.clone();
    details.number = Some(order.clone());
    details.shipped_whole = status.and_then(shipped_whole);
    let is_paid = details.shipped_whole.is_some();
    let is_placed = details.placed_at.is_some();
    let placed = if is_placed { Fact::OrderPlaced(details) } else { Fact::OrderChanged(details) };
    let paid = is_paid.then(|| Fact::OrderPaid(OrderPaid { order: order.clone() }));
    let cancelled = (status == Some("Canceled")).then_some(Fact::OrderCancelled(OrderCancelled { order }));
    let events: Vec<Event> =
        [Some(placed), paid, cancelled].into_iter().flatten().map(|fact| event(at, fact)).collect();
    let reading = Reading::events(events);
    match status.filter(|status| !is_known(status)) {
        Some(status) => reading.and_unknown("OrderStatus", status),
        None => reading,
    }
}

/// Whether all of it is on its way. Nothing is known of that, nor of the payment, before Amazon lets it be shipped.
fn shipped_whole(status: &str) -> Option<bool> {
    match status {
        "Unshipped" | "PartiallyShipped" => Some(false),
        // `InvoiceUnconfirmed`: shipped, and the buyer has no invoice yet.
        "Shipped" | "InvoiceUnconfirmed" => Some(true),
        _ => None,
    }
}

fn is_known(status: &str) -> bool {
    // `PendingAvailability`: ordered before it is to be had.
    let others = ["Pending", "PendingAvailability", "Canceled", "Unfulfillable"];
    shipped_whole(status).is_some() || others.contains(&status)
}
