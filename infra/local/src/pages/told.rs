//! Orders and ledger entries as the pages show them.

use rihla_core::checkout::Checkout;
use rihla_core::conversation::Message;
use rihla_core::event::Line;
use rihla_core::follow_up::FollowUpKey;
use rihla_core::lattice::Latest;
use rihla_core::ledger::{LedgerEntry, State};
use rihla_core::order::{Order, OrderKey, Refund};
use rihla_core::parcel::Parcel;
use rihla_core::source::Channel;

use super::view::{
    CartView, FollowUpView, GuardView, LineView, MessageView, OrderView, ParcelView, RefundView,
};

impl OrderView {
    /// An order as it is on record.
    pub fn of(key: &OrderKey, channel: Channel, order: &Order) -> Self {
        Self {
            key: key.to_string(),
            number: order.number.as_ref().map_or_else(|| key.order.clone(), |number| number.value.clone()),
            source: key.source.to_string(),
            channel,
            placed_at: order.placed_at(),
            total: order.total.as_ref().map(|total| total.value.to_string()),
            lines: LineView::all(order.lines.as_ref()),
            paid_at: order.paid.map(|at| at.0),
            cancelled_at: order.cancelled.map(|at| at.0),
            promised_at: order.promised.as_ref().map(|at| at.value),
            is_test: order.is_test(),
            is_shipped_in_part: order.shipped_whole.as_ref().is_some_and(|whole| !whole.value),
            parcels: order.parcels.values().map(ParcelView::of).collect(),
            refunds: order.refunds.values().map(RefundView::of).collect(),
            payment_failed_at: order.payment_failed.filter(|_| order.paid.is_none()).map(|at| at.0),
            disputes: order.disputes.values().map(|dispute| (dispute.value.state, dispute.at)).collect(),
            not_asked: Vec::new(),
        }
    }
}

impl LineView {
    fn all(lines: Option<&Latest<Vec<Line>>>) -> Vec<Self> {
        let lines = lines.into_iter().flat_map(|lines| &lines.value);
        lines
            .map(|line| Self {
                title: line.title.clone(),
                quantity: line.quantity,
                price: line.price.map(|price| price.to_string()),
            })
            .collect()
    }
}

impl MessageView {
    /// A message as it is on record.
    pub fn of(message: Message) -> Self {
        Self { speaker: message.speaker, text: message.text, at: message.at }
    }
}

impl CartView {
    /// A checkout as it is on record.
    pub fn of(source: String, checkout: &Checkout) -> Self {
        Self {
            source,
            lines: LineView::all(checkout.lines.as_ref()),
            total: checkout.total.as_ref().map(|total| total.value.to_string()),
            shipping: checkout.shipping.as_ref().map(|shipping| shipping.value.to_string()),
            left_because: checkout.left_because(),
            touched_at: checkout.touched.as_ref().map(|touched| touched.at),
        }
    }
}

impl ParcelView {
    fn of(parcel: &Parcel) -> Self {
        let mut reached: Vec<_> = parcel.reached.iter().map(|(state, at)| (*state, at.0)).collect();
        reached.sort_by_key(|(state, at)| (*at, *state));
        Self {
            carrier: parcel.carrier.as_ref().map(|carrier| carrier.value.clone()),
            tracking: parcel.tracking.as_ref().map(|tracking| tracking.value.clone()),
            state: parcel.state(),
            reached,
        }
    }
}

impl RefundView {
    fn of(refund: &Latest<Refund>) -> Self {
        let Refund { amount, goods_returned } = refund.value;
        Self { amount: amount.to_string(), goods_returned, at: refund.at }
    }
}

impl FollowUpView {
    /// A ledger entry about the order numbered `order`, with its mail's id in the mailbox.
    pub fn of(key: &FollowUpKey, entry: &LedgerEntry, order: Option<String>, mail: Option<String>) -> Self {
        let deciding = match &entry.state {
            State::Deferred { guard, .. } | State::Refused { guard } => Some(guard),
            State::InDoubt | State::Sent { .. } => None,
        };
        let guards = entry.trace.iter().map(|finding| GuardView {
            guard: finding.guard.clone(),
            because: finding.because.clone(),
            decides: Some(&finding.guard) == deciding,
        });
        let mut outcomes: Vec<_> = entry.outcomes.iter().map(|(outcome, at)| (*outcome, at.0)).collect();
        outcomes.sort_by_key(|(outcome, at)| (*at, *outcome));
        Self {
            journey: key.title(),
            order,
            due_at: entry.due_at,
            decided_at: entry.decided_at,
            state: entry.state.clone(),
            version: entry.version,
            guards: guards.collect(),
            outcomes,
            mail,
        }
    }
}
