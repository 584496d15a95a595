//! Attempts to pay. Those that succeed are told by the order; those that do not are told here alone.

use rihla_core::event::{Fact, PaymentFailed};
use rihla_core::instant::Instant;
use serde::Deserialize;

use super::bare::bare;
use super::{Told, event};
use crate::json::{self, Id, Text};
use crate::{Reading, Unreadable};

#[derive(Deserialize)]
struct Transaction<'a> {
    order_id: Option<Id>,
    #[serde(borrow)]
    kind: Option<Text<'a>>,
    #[serde(borrow)]
    status: Option<Text<'a>>,
    processed_at: Option<Instant>,
    created_at: Option<Instant>,
}

/// Reads `order_transactions/create`.
pub(super) fn read(body: &[u8], told: &Told<'_>) -> Result<Reading, Unreadable> {
    let transaction: Transaction<'_> = json::read(bare(body, "transaction")?)?;
    let status = transaction.status.as_ref().and_then(Text::trimmed);
    if !matches!(status, Some("failure" | "error")) || !transaction.takes_money() {
        let is_known =
            matches!(status, None | Some("success" | "pending" | "failure" | "error" | "awaiting_response"));
        let reading = Reading::default();
        return Ok(if is_known {
            reading
        } else {
            reading.and_unknown("status", status.unwrap_or_default())
        });
    }
    let order = transaction.order_id.as_ref().ok_or_else(|| Unreadable::missing("order_id"))?;
    let at = transaction.processed_at.or(transaction.created_at).map_or_else(|| told.time(), Ok)?;
    let failed = Fact::PaymentFailed(PaymentFailed { order: order.0.clone() });
    Ok(Reading::events(vec![event(at, failed)]))
}

impl Transaction<'_> {
    /// A refund or a release that fails is no failure of the buyer's.
    fn takes_money(&self) -> bool {
        let kind = self.kind.as_ref().and_then(Text::trimmed);
        matches!(kind, Some("sale" | "authorization" | "capture"))
    }
}
