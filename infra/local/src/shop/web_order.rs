//! A web order and the webhooks that Shopify sends of it: every topic carries the whole order as it is by then.

mod body;

use rihla_core::instant::{Instant, Wait};
use serde_json::Value;

use super::Posted;
use super::outbox::Outbox;
use super::week::{Customer, Product};

/// How long after something happened Shopify posts it.
const NOTICE: Wait = Wait::seconds(4);

/// A web order on its way.
#[derive(Debug)]
pub(super) struct WebOrder {
    number: u64,
    /// Nobody for an order that was taken on the telephone.
    buyer: Option<&'static Customer>,
    lines: &'static [(&'static Product, u32)],
    placed_at: Instant,
    changed_at: Instant,
    financial_status: &'static str,
    fulfillment_status: Option<&'static str>,
    cancelled_at: Option<Instant>,
    fulfillments: Vec<Value>,
    refunds: Vec<Value>,
    is_test: bool,
    outbox: Outbox,
}

impl WebOrder {
    pub(super) fn placed(
        number: u64,
        placed_at: Instant,
        buyer: Option<&'static Customer>,
        lines: &'static [(&'static Product, u32)],
    ) -> Self {
        let mut order = Self {
            number,
            buyer,
            lines,
            placed_at,
            changed_at: placed_at,
            financial_status: "pending",
            fulfillment_status: None,
            cancelled_at: None,
            fulfillments: Vec::new(),
            refunds: Vec::new(),
            is_test: false,
            outbox: Outbox::new("web", format!("web_{number}")),
        };
        order.tell("orders/create", placed_at);
        order
    }

    /// A trial of the shop's own.
    pub(super) fn trial(
        number: u64,
        placed_at: Instant,
        buyer: &'static Customer,
        lines: &'static [(&'static Product, u32)],
    ) -> Self {
        let mut order = Self::placed(number, placed_at, Some(buyer), lines);
        order.is_test = true;
        order.outbox = Outbox::new("web", format!("web_{number}"));
        order.tell("orders/create", placed_at);
        order
    }

    pub(super) fn paid(mut self) -> Self {
        self.financial_status = "paid";
        self.tell("orders/paid", self.placed_at.after(Wait::seconds(75)));
        self
    }

    /// All that was left goes out in one parcel.
    pub(super) fn shipped(mut self, at: Instant, tracking: &str) -> Self {
        self.fulfillment_status = Some("fulfilled");
        self.hand_over(at, tracking, "orders/fulfilled");
        self
    }

    /// A part goes out; more is to come.
    pub(super) fn shipped_in_part(mut self, at: Instant, tracking: &str) -> Self {
        self.fulfillment_status = Some("partial");
        self.hand_over(at, tracking, "orders/partially_fulfilled");
        self
    }

    /// Called off, and the money given back.
    pub(super) fn cancelled(mut self, at: Instant) -> Self {
        self.cancelled_at = Some(at);
        let all = self.total_pence();
        self = self.refunded(at, all, false);
        self.tell("orders/cancelled", at.after(Wait::seconds(1)));
        self
    }

    /// So much money goes back; with `goods_returned` for goods that came back.
    pub(super) fn refunded(mut self, at: Instant, pence: u64, goods_returned: bool) -> Self {
        let refund = self.refund(at, pence, goods_returned);
        let body = refund.to_string().into_bytes();
        self.refunds.push(refund);
        self.financial_status = if pence == self.total_pence() { "refunded" } else { "partially_refunded" };
        self.outbox.post(at.after(NOTICE), Some("refunds/create"), body);
        self.tell("orders/updated", at);
        self
    }

    /// The last webhook arrives so much later.
    pub(super) fn late(mut self, by: Wait) -> Self {
        self.outbox.late(by);
        self
    }

    /// The last webhook arrives once more, so much later.
    pub(super) fn again(mut self, after: Wait) -> Self {
        self.outbox.again(after);
        self
    }

    pub(super) fn into_posted(self) -> Vec<Posted> {
        self.outbox.into_posted()
    }

    fn hand_over(&mut self, at: Instant, tracking: &str, topic: &'static str) {
        let fulfillment = self.fulfillment(at, tracking);
        let body = fulfillment.to_string().into_bytes();
        self.fulfillments.push(fulfillment);
        self.outbox.post(at.after(NOTICE), Some("fulfillments/create"), body);
        self.tell(topic, at);
    }

    fn tell(&mut self, topic: &'static str, at: Instant) {
        self.changed_at = at;
        let body = self.body().to_string().into_bytes();
        self.outbox.post(at.after(NOTICE), Some(topic), body);
    }

    fn total_pence(&self) -> u64 {
        self.goods_pence() + SHIPPING_PENCE
    }

    fn goods_pence(&self) -> u64 {
        self.lines.iter().map(|(product, quantity)| product.pence * u64::from(*quantity)).sum()
    }
}

/// What the shop takes for sending an order.
const SHIPPING_PENCE: u64 = 450;
