//! A cart or checkout as a lattice.

use serde::{Deserialize, Serialize};

use crate::event::{CheckoutChanged, LeftBecause, Line};
use crate::instant::Instant;
use crate::lattice::{Earliest, Join, Latest};
use crate::money::Money;
use crate::source::SourceId;

/// Which checkout: the source and the checkout's id there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CheckoutKey {
    /// The source.
    pub source: SourceId,
    /// The checkout's id at the source.
    pub checkout: String,
}

/// What is known of one checkout.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkout {
    /// What lies in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<Latest<Vec<Line>>>,
    /// What it would cost in all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<Latest<Money>>,
    /// What sending it would cost, as it was shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipping: Option<Latest<Money>>,
    /// Where the buyer goes on with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recovery_url: Option<Latest<String>>,
    /// Since when the source says that the buyer left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<Latest<()>>,
    /// Why, where the source tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_because: Option<Latest<LeftBecause>>,
    /// When it became an order, or was emptied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished: Option<Earliest>,
    /// When it was touched last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub touched: Option<Latest<()>>,
}

impl Join for Checkout {
    fn join(&mut self, other: Self) {
        self.lines.join(other.lines);
        self.total.join(other.total);
        self.shipping.join(other.shipping);
        self.recovery_url.join(other.recovery_url);
        self.left.join(other.left);
        self.left_because.join(other.left_because);
        self.finished.join(other.finished);
        self.touched.join(other.touched);
    }
}

impl Checkout {
    /// What a change at `at` tells.
    pub fn of(changed: &CheckoutChanged, at: Instant) -> Self {
        Self {
            lines: changed.lines.clone().map(|lines| Latest::new(lines, at)),
            total: changed.total.map(|total| Latest::new(total, at)),
            shipping: changed.shipping.map(|shipping| Latest::new(shipping, at)),
            recovery_url: changed.recovery_url.clone().map(|url| Latest::new(url, at)),
            left: changed.left.then_some(Latest::new((), at)),
            left_because: changed.left_because.map(|reason| Latest::new(reason, at)),
            finished: changed.finished.then_some(Earliest(at)),
            touched: Some(Latest::new((), at)),
        }
    }

    /// Why the buyer left, as far as it can be told: by the source's word, else because what sending costs was the last
    /// thing that they were shown. Nothing while it is not left, or once it is finished.
    pub fn left_because(&self) -> Option<LeftBecause> {
        if self.finished.is_some() {
            return None;
        }
        let shown = self.shipping.as_ref().filter(|shown| shown.value.minor > 0);
        let shown = shown.map(|_| LeftBecause::ShippingCost);
        self.left_because.as_ref().map(|told| told.value).or(shown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reason_is_the_sources_word_or_what_sending_costs() {
        let euros = |minor| Some(Money { minor, currency: "EUR".parse().unwrap() });
        let told = |shipping, left_because, finished| {
            let changed = CheckoutChanged { shipping, left_because, finished, ..CheckoutChanged::default() };
            Checkout::of(&changed, Instant::from_seconds(1)).left_because()
        };
        let failed = Some(LeftBecause::PaymentFailed);
        assert_eq!(told(euros(490), None, false), Some(LeftBecause::ShippingCost));
        assert_eq!((told(euros(0), None, false), told(None, None, false)), (None, None));
        assert_eq!((told(euros(490), failed, false), told(euros(490), failed, true)), (failed, None));
    }
}
