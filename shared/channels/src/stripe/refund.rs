//! Refunds, and charges with theirs.

use rihla_core::event::{Event, Fact, Refunded};
use rihla_core::money::{Currency, Money};
use serde::Deserialize;

use super::envelope::Told;
use super::event;
use super::money::money;
use crate::json::{self, Id, Text};
use crate::{Lookup, Reading, Unreadable};

/// What the lookup is called.
pub(super) const REFUNDS: &str = "refunds";

#[derive(Deserialize)]
struct Charge<'a> {
    id: Id,
    payment_intent: Option<Id>,
    #[serde(borrow)]
    refunds: Option<List<'a>>,
}

#[derive(Deserialize)]
struct List<'a> {
    #[serde(borrow)]
    data: Vec<Refund<'a>>,
}

#[derive(Deserialize)]
struct Refund<'a> {
    id: Id,
    amount: i64,
    currency: Currency,
    charge: Option<Id>,
    payment_intent: Option<Id>,
    #[serde(borrow)]
    status: Option<Text<'a>>,
}

/// Reads `refund.created`, `refund.updated`, `refund.failed` and `charge.refund.updated`.
pub(super) fn read(object: &[u8], told: Told) -> Result<Reading, Unreadable> {
    let refund: Refund<'_> = json::read(object)?;
    Ok(refund.add_to(Reading::default(), None, told))
}

/// Reads `charge.refunded`. Since version 2022-11-15 of the API its refunds are not in it.
pub(super) fn read_charge(object: &[u8], told: Told) -> Result<Reading, Unreadable> {
    let charge: Charge<'_> = json::read(object)?;
    let refunds = charge.refunds.as_ref().map(|list| list.data.as_slice()).unwrap_or_default();
    let order = charge.payment_intent.as_ref().unwrap_or(&charge.id);
    let told_here =
        refunds.iter().fold(Reading::default(), |reading, refund| refund.add_to(reading, Some(order), told));
    if refunds.is_empty() && told.can_ask && charge.id.is_plain() {
        let path = format!("/v1/refunds?charge={}&limit=100", charge.id.0);
        return Ok(told_here.and_look_up(Lookup::at_path(REFUNDS, path)));
    }
    Ok(told_here)
}

/// Reads the API's list of the refunds of a charge.
pub(super) fn read_list(answer: &[u8], told: Told) -> Result<Reading, Unreadable> {
    let list: List<'_> = json::read(answer)?;
    Ok(list.data.iter().fold(Reading::default(), |reading, refund| refund.add_to(reading, None, told)))
}

impl Refund<'_> {
    fn add_to(&self, mut reading: Reading, order: Option<&Id>, told: Told) -> Reading {
        let status = self.status.as_ref().and_then(Text::trimmed).unwrap_or("succeeded");
        let amount = match status {
            "succeeded" => money(self.amount, self.currency),
            // The money came back to the shop: of what was told before, nothing is left.
            "failed" | "canceled" => Some(Money::new(0, self.currency)),
            "pending" | "requires_action" => None,
            other => return reading.and_unknown("refund.status", other),
        };
        reading.events.extend(amount.and_then(|amount| self.refunded(order, amount, told)));
        reading
    }

    fn refunded(&self, order: Option<&Id>, amount: Money, told: Told) -> Option<Event> {
        let order = order.or(self.payment_intent.as_ref()).or(self.charge.as_ref())?;
        let (order, refund) = (order.0.clone(), self.id.0.clone());
        let refunded = Refunded { order, refund, amount, goods_returned: false };
        Some(event(told.at, Fact::Refunded(refunded)))
    }
}
