//! Amounts, in minor units of their currency.

use rihla_core::money::Money;
use serde::Deserialize;

use crate::json::Text;

#[derive(Deserialize)]
pub(super) struct Amount<'a> {
    pub(super) amount: Option<i64>,
    #[serde(borrow)]
    currency: Option<Text<'a>>,
}

impl Amount<'_> {
    /// The money, if its currency is known.
    pub(super) fn money(&self) -> Option<Money> {
        let currency = self.currency.as_ref()?.trimmed()?.parse().ok()?;
        Some(Money::new(self.amount?, currency))
    }
}
