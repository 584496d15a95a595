//! When something is bought again by those who bought it: the median of a product's own intervals.
//!
//! Beside each product a bounded sample is kept of how long people took to buy it again ([`Interval`]). An order has one of
//! [`INTERVALS_KEPT`] places there, as with what was bought together, and takes it over: the sample fades by as much as is
//! bought again. An interval is learned when an order is looked at, and only of what its buyer had bought before: who buys
//! something for the first time costs nothing.

use serde::{Deserialize, Serialize};

use crate::event::Line;
use crate::instant::{Instant, Wait};
use crate::order::Order;

/// How many intervals are remembered beside a product.
pub const INTERVALS_KEPT: u8 = crate::matching::BASKETS_KEPT;

/// Of fewer intervals nobody knows how long a product lasts.
const NEEDED: usize = 5;

/// What is bought again within a day was forgotten, not used up.
const SHORTEST: Wait = Wait::days(1);

/// How long somebody took to buy a product again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interval {
    /// When the earlier of the two orders was placed.
    pub from: Instant,
    /// When the later one was.
    pub to: Instant,
}

impl Interval {
    fn wait(&self) -> Wait {
        Wait::milliseconds_of(self.to.milliseconds() - self.from.milliseconds())
    }
}

/// A product of an order that will be used up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsedUp<'a> {
    /// Which.
    pub line: &'a Line,
    /// When, by the median of those who bought it again.
    pub at: Instant,
}

/// How long the buyer of an order had each of its products that they had bought before; `others` are orders of theirs.
pub fn intervals<'a>(order: &'a Order, others: &[Order]) -> Vec<(&'a Line, Interval)> {
    let Some(to) = order.placed_at().filter(|_| stands(order)) else { return Vec::new() };
    let interval = |line: &'a Line| {
        let from = bought(line, others).filter(|from| from.after(SHORTEST) <= to).max()?;
        Some((line, Interval { from, to }))
    };
    order.products().into_iter().filter_map(interval).collect()
}

/// The first product of an order to be used up, of those that its buyer has not bought again; `known` are the intervals of
/// each product. None where too few people bought any of them again to know.
pub fn first_used_up<'a>(
    order: &'a Order,
    others: &[Order],
    known: &[(&str, Vec<Interval>)],
) -> Option<UsedUp<'a>> {
    let placed_at = order.placed_at()?;
    let used_up = |line: &'a Line| {
        let (_, intervals) = known.iter().find(|(product, _)| *product == line.product)?;
        let is_bought_again = bought(line, others).any(|later| later > placed_at);
        let median = median(intervals).filter(|_| !is_bought_again)?;
        Some(UsedUp { line, at: placed_at.after(median) })
    };
    order.products().into_iter().filter_map(used_up).min_by_key(|used_up| used_up.at)
}

/// When a product was bought.
fn bought<'a>(line: &'a Line, orders: &'a [Order]) -> impl Iterator<Item = Instant> + 'a {
    let has = move |order: &&Order| order.products().iter().any(|other| other.product == line.product);
    orders.iter().filter(|order| stands(order)).filter(has).filter_map(Order::placed_at)
}

/// Whether it was bought, and kept.
fn stands(order: &Order) -> bool {
    order.cancelled.is_none() && !order.is_test() && !order.is_returned()
}

/// The middle one; of an even number the later of the two, so that nobody is reminded too soon.
fn median(intervals: &[Interval]) -> Option<Wait> {
    let mut waits: Vec<Wait> = intervals.iter().map(Interval::wait).collect();
    waits.sort_unstable();
    (waits.len() >= NEEDED).then(|| waits[waits.len() / 2])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Event, Fact, OrderDetails};

    fn order(day: i64, products: &[&str]) -> Order {
        let line = |product: &&str| Line {
            product: (*product).to_owned(),
            title: (*product).to_owned(),
            quantity: 1,
            price: None,
        };
        let lines = Some(products.iter().map(line).collect());
        let details = OrderDetails { order: day.to_string(), lines, ..OrderDetails::default() };
        Order::told_by(&Event { at: day_at(day), fact: Fact::OrderPlaced(details) })
    }

    fn day_at(day: i64) -> Instant {
        Instant::from_seconds(day * 86_400)
    }

    fn known(days: &[i64]) -> Vec<Interval> {
        days.iter().map(|days| Interval { from: day_at(0), to: day_at(*days) }).collect()
    }

    #[test]
    fn an_interval_is_the_time_since_the_last_order_of_the_same_product() {
        let others = [order(10, &["tea"]), order(40, &["tea", "bowl"]), order(90, &["tea"])];
        let now = order(70, &["tea", "bowl", "spoon"]);
        let learned = intervals(&now, &others);
        let learned: Vec<_> =
            learned.iter().map(|(line, known)| (line.product.as_str(), known.wait())).collect();
        assert_eq!(learned, [("tea", Wait::days(30)), ("bowl", Wait::days(30))]);
        assert_eq!(intervals(&order(40, &["tea"]), &[order(40, &["tea"])]), []);
        let mut called_off = order(40, &["tea"]);
        called_off.cancelled = Some(crate::lattice::Earliest(day_at(41)));
        assert_eq!(intervals(&called_off, &others), []);
        assert_eq!(intervals(&now, &[called_off]), []);
    }

    #[test]
    fn the_first_that_is_used_up_by_five_known_intervals_counts() {
        let of = order(100, &["tea", "soap", "bowl"]);
        let due = |others: &[Order], tea: &[i64], soap: &[i64]| {
            let known = [("tea", known(tea)), ("soap", known(soap))];
            first_used_up(&of, others, &known).map(|first| (first.line.product.clone(), first.at))
        };
        let tea = [90, 20, 30, 25, 28];
        assert_eq!(due(&[], &tea, &[]), Some(("tea".to_owned(), day_at(128))));
        assert_eq!(due(&[], &tea[..4], &[]), None, "too few");
        assert_eq!(due(&[], &tea, &[27; 6]), Some(("soap".to_owned(), day_at(127))));
        assert_eq!(due(&[order(110, &["tea"])], &tea, &[]), None, "it was bought again");
        assert_eq!(due(&[order(90, &["tea"])], &tea, &[]), Some(("tea".to_owned(), day_at(128))));
    }
}
