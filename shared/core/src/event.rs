//! Events: canonical facts, taken from a source's webhook. This is the schema of the generic source, too.

mod checkout;
mod consent;
mod conversation;
mod order;
mod parcel;
mod person;
mod privacy;
mod stock;

use serde::{Deserialize, Serialize};

use crate::instant::Instant;

pub use checkout::{CheckoutChanged, LeftBecause};
pub use consent::{ConsentChanged, ConsentState, DoubleOptIn, LegalBasis, Purpose};
pub use conversation::{ConversationChanged, ConversationState, MessagePassed, Speaker};
pub use order::{
    DisputeState, Disputed, Line, OrderCancelled, OrderDetails, OrderPaid, PaymentFailed, Refunded,
};
pub use parcel::ParcelMoved;
pub use person::{Person, Place};
pub use privacy::{PrivacyRequest, PrivacyRequested};
pub use stock::{LocationChanged, ProductChanged, StockChanged};

/// One fact and when it became true at its source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Event {
    /// When it became true, by the source's clock. Facts about one thing are ordered by it, not by arrival.
    #[serde(rename = "timestamp")]
    pub at: Instant,
    /// What became true.
    #[serde(flatten)]
    pub fact: Fact,
}

/// What can become true.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "data")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Fact {
    /// An order was placed.
    #[serde(rename = "order.placed")]
    OrderPlaced(OrderDetails),
    /// An order is now as told: what is named replaces what was known, what is absent stays.
    #[serde(rename = "order.changed")]
    OrderChanged(OrderDetails),
    /// An order was paid in full.
    #[serde(rename = "order.paid")]
    OrderPaid(OrderPaid),
    /// An order was called off.
    #[serde(rename = "order.cancelled")]
    OrderCancelled(OrderCancelled),
    /// Money went back to the buyer, with or without goods coming back.
    #[serde(rename = "order.refunded")]
    Refunded(Refunded),
    /// A payment for an order did not go through.
    #[serde(rename = "order.payment_failed")]
    PaymentFailed(PaymentFailed),
    /// A buyer disputes what they paid, or such a dispute went on.
    #[serde(rename = "order.disputed")]
    Disputed(Disputed),
    /// A parcel reached a state.
    #[serde(rename = "parcel.moved")]
    ParcelMoved(ParcelMoved),
    /// A person's details are now as told.
    #[serde(rename = "profile.changed")]
    ProfileChanged(Person),
    /// A person agreed to something, or withdrew it.
    #[serde(rename = "consent.changed")]
    ConsentChanged(ConsentChanged),
    /// A message passed between a customer and the shop.
    #[serde(rename = "conversation.message")]
    MessagePassed(MessagePassed),
    /// A conversation is now in a state.
    #[serde(rename = "conversation.changed")]
    ConversationChanged(ConversationChanged),
    /// A cart or checkout is now as told.
    #[serde(rename = "checkout.changed")]
    CheckoutChanged(CheckoutChanged),
    /// So many of an item are now to be had at a location.
    #[serde(rename = "stock.changed")]
    StockChanged(StockChanged),
    /// A shop or warehouse is now as told.
    #[serde(rename = "location.changed")]
    LocationChanged(LocationChanged),
    /// A product is now as told.
    #[serde(rename = "product.changed")]
    ProductChanged(ProductChanged),
    /// A person, or a shop that left, asked for data or for its removal.
    #[serde(rename = "privacy.requested")]
    PrivacyRequested(PrivacyRequested),
}

impl Fact {
    /// The order it is about, by its id at the source.
    pub fn order(&self) -> Option<&str> {
        match self {
            Self::OrderPlaced(details) | Self::OrderChanged(details) => Some(&details.order),
            Self::OrderPaid(paid) => Some(&paid.order),
            Self::OrderCancelled(cancelled) => Some(&cancelled.order),
            Self::Refunded(refunded) => Some(&refunded.order),
            Self::PaymentFailed(failed) => Some(&failed.order),
            Self::Disputed(disputed) => Some(&disputed.order),
            Self::ParcelMoved(moved) => moved.order.as_deref(),
            Self::ProfileChanged(_)
            | Self::ConsentChanged(_)
            | Self::PrivacyRequested(_)
            | Self::MessagePassed(_)
            | Self::ConversationChanged(_)
            | Self::CheckoutChanged(_)
            | Self::StockChanged(_)
            | Self::LocationChanged(_)
            | Self::ProductChanged(_) => None,
        }
    }
}
