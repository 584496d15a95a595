//! Counts of a share of the customers, as many as one item holds.

use std::collections::BTreeMap;

use rihla_core::forecast::Bought;
use rihla_core::identifier::CustomerId;
use rihla_forecast::{PurchaseCounts, SpendCounts};
use serde::{Deserialize, Serialize};

/// A cell is less than 20 bytes of JSON, and an item of the table at most 400 KB.
const CELLS_AT_MOST: usize = 16_000;

/// Counts of customers by lot: half of all customers have the first lot, half of the rest the second, and so on. Where the
/// counts grow too large the lowest lot is left out, and with it every second customer, drawn by their ids: what is left is
/// as good a picture of the shop, and of thousands of customers a fit is precise enough.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Counts {
    /// The lowest lot that is counted.
    from_lot: u32,
    lots: BTreeMap<u32, Lot>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Lot {
    purchases: PurchaseCounts,
    spends: SpendCounts,
}

impl Counts {
    /// Counts a customer who bought so, and made so many purchases of that mean amount in the shop's currency.
    pub(crate) fn add(&mut self, customer: &CustomerId, bought: &Bought, spent: Option<(u32, f64)>) {
        self.add_within(CELLS_AT_MOST, customer, bought, spent);
    }

    fn add_within(
        &mut self,
        cells: usize,
        customer: &CustomerId,
        bought: &Bought,
        spent: Option<(u32, f64)>,
    ) {
        let lot = lot(customer);
        if lot < self.from_lot {
            return;
        }
        let counts = self.lots.entry(lot).or_default();
        counts.purchases.add(bought);
        if let Some((purchases, mean)) = spent {
            counts.spends.add(purchases, mean);
        }
        while self.cells() > cells
            && let Some((lowest, _)) = self.lots.pop_first()
        {
            self.from_lot = lowest + 1;
        }
    }

    fn cells(&self) -> usize {
        self.lots.values().map(|lot| lot.purchases.cells() + lot.spends.cells()).sum()
    }

    /// All lots together.
    pub(crate) fn joined(&self) -> (PurchaseCounts, SpendCounts) {
        let mut all = Lot::default();
        for lot in self.lots.values() {
            all.purchases.join(lot.purchases.clone());
            all.spends.join(lot.spends.clone());
        }
        (all.purchases, all.spends)
    }
}

/// By the id alone, so that a customer has the same lot in every round.
fn lot(customer: &CustomerId) -> u32 {
    let digits = customer.as_str().get(..8).and_then(|digits| u32::from_str_radix(digits, 16).ok());
    digits.unwrap_or(1).trailing_zeros()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_grows_too_large_keeps_a_share_of_all_customers() {
        let mut counts = Counts::default();
        for number in 0..4_096_u32 {
            let customer =
                CustomerId::from_text(format!("{:08x}000000000000", number.wrapping_mul(0x9E37_79B1)));
            let bought = Bought { repeats: f64::from(number % 7), recency: 3.0, age: f64::from(number) };
            counts.add_within(600, &customer, &bought, Some((1, 1_000.0)));
        }
        assert!(counts.cells() <= 600 && counts.from_lot > 1, "{}", counts.from_lot);
        let (purchases, _) = counts.joined();
        let share = 4_096 >> counts.from_lot;
        assert!(purchases.customers().abs_diff(share) <= share / 4, "{} of {share}", purchases.customers());
    }
}
