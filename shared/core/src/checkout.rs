//! A cart or checkout as a lattice.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::event::{CheckoutChanged, LeftBecause, Line};
use crate::instant::{Instant, Wait};
use crate::lattice::{Earliest, Join, Latest};
use crate::money::Money;
use crate::source::SourceId;

/// A cart that nobody touched for so long is left, whatever its source says of it: the first of the reminders that shops
/// send goes out after an hour at the earliest.
pub(crate) const UNTOUCHED: Wait = Wait::hours(1);

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
    /// When it is to be looked at for follow-ups: the looks that are already on the calendar.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub looks: BTreeSet<Earliest>,
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
        self.looks.extend(other.looks);
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
            looks: BTreeSet::new(),
        }
    }

    /// Whether the buyer has left it: the source says so and nothing was touched since, or nothing was for an hour.
    pub fn is_left(&self, now: Instant) -> bool {
        let Some(touched) = &self.touched else { return false };
        let is_said = self.left.as_ref().is_some_and(|left| left.at >= touched.at);
        self.finished.is_none() && (is_said || touched.at.after(UNTOUCHED) <= now)
    }

    /// Why the buyer left, once they have, as far as it can be told: by the source's word, else because what sending
    /// costs was the last thing that they were shown.
    pub fn left_because(&self) -> Option<LeftBecause> {
        let shown = self.shipping.as_ref().filter(|shown| shown.value.minor > 0);
        let shown = shown.map(|_| LeftBecause::ShippingCost);
        self.left_because.as_ref().map(|told| told.value).or(shown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(minute: i64, left: bool, finished: bool) -> Checkout {
        let changed = CheckoutChanged { left, finished, ..CheckoutChanged::default() };
        Checkout::of(&changed, Instant::from_seconds(60 * minute))
    }

    #[test]
    fn a_cart_is_left_when_its_source_says_so_or_nobody_touched_it_for_an_hour() {
        let at = |minute: i64| Instant::from_seconds(60 * minute);
        assert!(!changed(0, false, false).is_left(at(59)));
        assert!(changed(0, false, false).is_left(at(60)));
        assert!(changed(0, true, false).is_left(at(0)));
        assert!(!changed(0, true, true).is_left(at(90)));
        assert!(!Checkout::default().is_left(at(90)));
        let mut come_back = changed(0, true, false);
        come_back.join(changed(1, false, false));
        assert!(!come_back.is_left(at(60)) && come_back.is_left(at(61)));
    }

    #[test]
    fn the_reason_is_the_sources_word_or_what_sending_costs() {
        let euros = |minor| Some(Money { minor, currency: "EUR".parse().unwrap() });
        let told = |shipping, left_because| {
            let changed = CheckoutChanged { shipping, left_because, ..CheckoutChanged::default() };
            Checkout::of(&changed, Instant::from_seconds(1)).left_because()
        };
        let failed = Some(LeftBecause::PaymentFailed);
        assert_eq!(told(euros(490), None), Some(LeftBecause::ShippingCost));
        assert_eq!((told(euros(0), None), told(None, None)), (None, None));
        assert_eq!(told(euros(490), failed), failed);
    }
}
