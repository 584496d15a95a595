//! Checkouts and carts, as sources tell of them.

use serde::{Deserialize, Serialize};

use super::{Line, Person};
use crate::money::Money;

/// Why a buyer went away, as far as a source tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum LeftBecause {
    /// What sending it costs was shown and refused.
    ShippingCost,
    /// A payment did not go through.
    PaymentFailed,
    /// Something that was wanted is not in stock.
    OutOfStock,
}

impl LeftBecause {
    /// In a few words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ShippingCost => "what sending it costs",
            Self::PaymentFailed => "a payment that failed",
            Self::OutOfStock => "something that was not in stock",
        }
    }
}

/// A cart or checkout is now as told. Whether it is left shows by its standing still.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CheckoutChanged {
    /// Its id at the source.
    pub checkout: String,
    /// Whose it is: without an e-mail, a phone number or a customer's id nothing can follow from it.
    #[serde(default)]
    pub buyer: Person,
    /// What lies in it; absent when the event does not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<Vec<Line>>,
    /// What it would cost in all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<Money>,
    /// What sending it would cost, if that was shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipping: Option<Money>,
    /// Where the buyer goes on with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recovery_url: Option<String>,
    /// Whether the source itself says that the buyer left.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub left: bool,
    /// Why, where the source tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_because: Option<LeftBecause>,
    /// Whether it became an order, or was emptied: nothing follows from it any more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub finished: bool,
}
