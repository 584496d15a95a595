//! Orders, payments and refunds, as sources tell of them.

use serde::{Deserialize, Serialize};

use super::Person;
use crate::instant::Instant;
use crate::money::Money;
use crate::source::Channel;

/// An order as a source tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OrderDetails {
    /// The order's id at the source.
    pub order: String,
    /// The number that people see, such as `#1001`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// When it was placed, where that differs from the event's time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placed_at: Option<Instant>,
    /// Where it was bought, when the source sells on more channels than its own: a web shop with a till.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// Who bought it; absent for a walk-in sale.
    #[serde(default)]
    pub buyer: Person,
    /// What it cost in all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<Money>,
    /// What was bought; absent when the event does not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<Vec<Line>>,
    /// Whether all of it has been handed over to carriers; absent when the event does not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipped_whole: Option<bool>,
    /// By when the buyer was told to have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promised_at: Option<Instant>,
    /// A trial of the shop's own: kept, and nothing follows from it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub test: bool,
    /// Sent to somebody else: the buyer is told how it fares, and is asked nothing that only who has it can say.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub gift: bool,
    /// Until when what the order reached is history, told from a former system's export: nothing follows from that, now
    /// or later. What it reaches afterwards counts as always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub history_until: Option<Instant>,
}

/// One product of an order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Line {
    /// The product's id at the source.
    pub product: String,
    /// Its name, as the buyer saw it.
    pub title: String,
    /// How many.
    pub quantity: u32,
    /// What one costs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Money>,
}

/// An order was paid in full.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OrderPaid {
    /// The order's id at the source.
    pub order: String,
}

/// An order was called off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OrderCancelled {
    /// The order's id at the source.
    pub order: String,
}

/// Money went back to the buyer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Refunded {
    /// The order's id at the source.
    pub order: String,
    /// The refund's own id at the source: told twice, it counts once.
    pub refund: String,
    /// How much went back.
    pub amount: Money,
    /// Whether goods came back, too.
    #[serde(default)]
    pub goods_returned: bool,
}

/// A payment did not go through. The order stands, unpaid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PaymentFailed {
    /// The order's id at the source.
    pub order: String,
}

/// What became of a dispute. Later in the list is further on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum DisputeState {
    /// The bank asks, and no money has moved.
    Inquired,
    /// The money was taken back for the time being.
    Opened,
    /// Decided for the shop.
    Won,
    /// Decided for the buyer, or accepted by the shop.
    Lost,
}

/// The buyer had their bank take the money back, or complained to a marketplace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Disputed {
    /// The order's id at the source.
    pub order: String,
    /// The dispute's own id at the source.
    pub dispute: String,
    /// What became of it.
    pub state: DisputeState,
    /// How much it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
}
