//! Disputes (<https://docs.stripe.com/api/disputes/object>).

use rihla_core::event::{DisputeState, Disputed, Fact};
use rihla_core::money::Currency;
use serde::Deserialize;

use super::envelope::Told;
use super::event;
use super::money::money;
use crate::json::{self, Id, Text};
use crate::{Reading, Unreadable};

#[derive(Deserialize)]
struct Dispute<'a> {
    id: Id,
    amount: Option<i64>,
    currency: Option<Currency>,
    charge: Option<Id>,
    payment_intent: Option<Id>,
    #[serde(borrow)]
    status: Text<'a>,
}

/// Reads every topic of a dispute: each carries all of it.
pub(super) fn read(object: &[u8], told: Told) -> Result<Reading, Unreadable> {
    let dispute: Dispute<'_> = json::read(object)?;
    let order = dispute.payment_intent.as_ref().or(dispute.charge.as_ref());
    let order = order.ok_or_else(|| Unreadable::missing("payment_intent"))?;
    let status = dispute.status.trimmed().unwrap_or_default();
    let Some(state) = state(status) else {
        return Ok(Reading::default().and_unknown("dispute.status", status));
    };
    let disputed = Disputed {
        order: order.0.clone(),
        dispute: dispute.id.0.clone(),
        state,
        amount: dispute.amount.zip(dispute.currency).and_then(|(amount, currency)| money(amount, currency)),
    };
    Ok(Reading::events(vec![event(told.at, Fact::Disputed(disputed))]))
}

/// A warning is a bank's question before any money moves; closed without more, the shop keeps it. What was prevented,
/// or refunded meanwhile, went back to the buyer.
fn state(status: &str) -> Option<DisputeState> {
    Some(match status {
        "warning_needs_response" | "warning_under_review" => DisputeState::Inquired,
        "needs_response" | "under_review" => DisputeState::Opened,
        "won" | "warning_closed" => DisputeState::Won,
        "lost" | "prevented" | "charge_refunded" => DisputeState::Lost,
        _ => return None,
    })
}
