//! Disputes, which name the payment and not the order.

use rihla_core::event::{DisputeState, Disputed, Event, Fact};
use rihla_core::instant::Instant;
use serde::Deserialize;

use super::envelope::Envelope;
use super::money::Amount;
use super::{event, payment};
use crate::json::{Id, Text};
use crate::{Reading, Unreadable};

#[derive(Deserialize)]
struct Holder<'a> {
    #[serde(borrow)]
    dispute: Dispute<'a>,
}

#[derive(Deserialize)]
struct Dispute<'a> {
    /// In newer versions of the API; `dispute_id` in older ones.
    #[serde(alias = "dispute_id")]
    id: Id,
    #[serde(borrow)]
    amount_money: Option<Amount<'a>>,
    #[serde(borrow)]
    state: Text<'a>,
    disputed_payment: Option<DisputedPayment>,
    updated_at: Option<Instant>,
}

#[derive(Deserialize)]
struct DisputedPayment {
    payment_id: Option<Id>,
}

/// Reads `dispute.created` and `dispute.state.updated`.
pub(super) fn read(envelope: &Envelope<'_>) -> Result<Reading, Unreadable> {
    let Holder { dispute } = envelope.object()?;
    let word = dispute.state.trimmed().unwrap_or_default();
    if state(word).is_none() {
        return Ok(Reading::default().and_unknown("dispute.state", word));
    }
    let id = dispute.disputed_payment.and_then(|payment| payment.payment_id);
    Ok(id.map(|id| payment::asked_for(&id)).unwrap_or_default())
}

/// What the event tells of an order, once it is known which one.
pub(super) fn disputed(envelope: &Envelope<'_>, order: &str) -> Result<Option<Event>, Unreadable> {
    let Holder { dispute } = envelope.object()?;
    let Some(state) = state(dispute.state.trimmed().unwrap_or_default()) else { return Ok(None) };
    let disputed = Disputed {
        order: order.to_owned(),
        dispute: dispute.id.0,
        state,
        amount: dispute.amount_money.as_ref().and_then(Amount::money),
    };
    Ok(Some(event(dispute.updated_at.unwrap_or(envelope.at()), Fact::Disputed(disputed))))
}

/// A bank's question that is closed without more leaves the money with the shop.
fn state(state: &str) -> Option<DisputeState> {
    Some(match state {
        "INQUIRY_EVIDENCE_REQUIRED" | "INQUIRY_PROCESSING" => DisputeState::Inquired,
        "EVIDENCE_REQUIRED" | "PROCESSING" => DisputeState::Opened,
        "WON" | "INQUIRY_CLOSED" => DisputeState::Won,
        "LOST" | "ACCEPTED" => DisputeState::Lost,
        _ => return None,
    })
}
