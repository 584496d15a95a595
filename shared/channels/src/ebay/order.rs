//! Orders, of which eBay tells no more than that they were paid for.
//!
//! It sends one delivery for each line of an order, so that the lines of one of them are not the order's. Who bought, and
//! for how much, is told to the seller's own token alone, which is another one than the keys are asked for with.

use rihla_core::event::{Fact, OrderDetails, OrderPaid};
use rihla_core::instant::Instant;
use serde::Deserialize;

use super::event;
use crate::json::{self, Id};
use crate::{Reading, Unreadable};

#[derive(Deserialize)]
struct Body {
    notification: Option<Notification>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Notification {
    event_date: Option<Instant>,
    data: Option<Data>,
}

#[derive(Deserialize)]
struct Data {
    user: Option<Seller>,
    order: Option<Order>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Seller {
    user_id: Option<Id>,
    username: Option<Id>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Order {
    order_id: Option<Id>,
}

/// Whether it is of one of these sellers, by user id or name.
pub(super) fn is_of_one_of(sellers: &[String], body: &[u8]) -> bool {
    let body = json::read::<Body>(body).ok();
    let seller = body.and_then(|body| body.notification?.data?.user);
    let is_allowed = |id: Option<Id>| id.is_some_and(|id| sellers.contains(&id.0));
    seller.is_some_and(|seller| is_allowed(seller.user_id) || is_allowed(seller.username))
}

pub(super) fn read(body: &[u8]) -> Result<Reading, Unreadable> {
    let body: Body = json::read(body)?;
    let notification = body.notification.ok_or_else(|| Unreadable::missing("notification"))?;
    let at = notification.event_date.ok_or_else(|| Unreadable::missing("notification.eventDate"))?;
    let order = notification.data.and_then(|data| data.order?.order_id);
    let order = order.ok_or_else(|| Unreadable::missing("notification.data.order.orderId"))?.0;
    let placed = OrderDetails {
        order: order.clone(),
        number: Some(order.clone()),
        placed_at: Some(at),
        ..OrderDetails::default()
    };
    let facts = [Fact::OrderPlaced(placed), Fact::OrderPaid(OrderPaid { order })];
    Ok(Reading::events(facts.map(|fact| event(at, fact)).into()))
}
