//! Disputes of what was paid with Shopify Payments
//! (<https://shopify.dev/docs/api/admin-rest/latest/resources/dispute>). Their bodies carry no time of the change.

use rihla_core::event::{DisputeState, Disputed, Fact};
use rihla_core::money::Currency;
use serde::Deserialize;

use super::bare::bare;
use super::{Told, event};
use crate::json::{self, Amount, Id, Text};
use crate::{Reading, Unreadable};

#[derive(Deserialize)]
struct Dispute<'a> {
    id: Id,
    order_id: Option<Id>,
    #[serde(borrow, rename = "type")]
    kind: Option<Text<'a>>,
    #[serde(borrow)]
    status: Option<Text<'a>>,
    #[serde(borrow)]
    amount: Option<Amount<'a>>,
    currency: Option<Currency>,
}

/// Reads `disputes/create` and `disputes/update`.
pub(super) fn read(body: &[u8], told: &Told<'_>) -> Result<Reading, Unreadable> {
    let dispute: Dispute<'_> = json::read(bare(body, "dispute")?)?;
    // A charge that was made outside of any order.
    let Some(order) = &dispute.order_id else { return Ok(Reading::default()) };
    let status = dispute.status.as_ref().and_then(Text::trimmed).unwrap_or_default();
    let Some(state) = dispute.state(status) else {
        return Ok(Reading::default().and_unknown("status", status));
    };
    let amount = dispute.amount.as_ref().zip(dispute.currency);
    let disputed = Disputed {
        order: order.0.clone(),
        dispute: dispute.id.0.clone(),
        state,
        amount: amount.and_then(|(amount, currency)| amount.money(currency).ok()),
    };
    Ok(Reading::events(vec![event(told.time()?, Fact::Disputed(disputed))]))
}

impl Dispute<'_> {
    /// What was prevented, or refunded meanwhile, went back to the buyer.
    fn state(&self, status: &str) -> Option<DisputeState> {
        let is_inquiry = self.kind.as_ref().and_then(Text::trimmed) == Some("inquiry");
        Some(match status {
            "needs_response" | "under_review" if is_inquiry => DisputeState::Inquired,
            "needs_response" | "under_review" => DisputeState::Opened,
            "won" => DisputeState::Won,
            "lost" | "accepted" | "charge_refunded" | "prevented" => DisputeState::Lost,
            _ => return None,
        })
    }
}
