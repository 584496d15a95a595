//! When somebody bought, in three figures.

use crate::buying_days::BuyingDays;
use crate::instant::Instant;

const DAY_MILLISECONDS: f64 = 86_400_000.0;

/// When somebody bought, as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct History {
    /// How many buying days: at least one.
    pub occasions: u32,
    /// The first of them.
    pub first: Instant,
    /// The last of them.
    pub last: Instant,
}

impl History {
    /// Of what the totals know; none where nothing was bought.
    pub fn of(days: &BuyingDays) -> Option<Self> {
        let (first, last) = days.first().zip(days.last())?;
        Some(Self { occasions: days.occasions().max(1), first, last })
    }

    /// Gaps between its buying days.
    pub fn gaps(&self) -> u32 {
        self.occasions.saturating_sub(1)
    }

    /// From the first buying day to the last: the sum of all gaps.
    pub fn span_days(&self) -> f64 {
        days_between(self.first, self.last)
    }
}

/// Days from the one moment to the other; none where it is not after it.
pub fn days_between(from: Instant, until: Instant) -> f64 {
    float(until.milliseconds().saturating_sub(from.milliseconds()).max(0)) / DAY_MILLISECONDS
}

#[expect(clippy::cast_precision_loss, reason = "exact up to nine thousand billion, and then only nearly")]
fn float(number: i64) -> f64 {
    number as f64
}
