//! What to write for what was told of an order.

use crate::instant::{Instant, Wait};
use crate::journey::Journey;
use crate::lattice::{Earliest, Join};
use crate::order::Order;
use crate::source::Channel;
use crate::totals::{Change, Totals};

/// How far ahead a look is put on the calendar at the least. The calendar is read up to 60 seconds ahead, and a
/// function that writes to it is stopped after 30 seconds: so nothing is written into a minute that was read already,
/// even where two clocks are 30 seconds apart.
pub const LEAD: Wait = Wait::seconds(120);

/// What to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderDecision {
    /// The order as it is now.
    pub order: Order,
    /// The look to put on the calendar before the order is written.
    pub look_at: Option<Instant>,
    /// What the customer's totals counted for the order as it was, and what they are to count for it now.
    pub counts: Change,
}

/// Joins what was told into what is known. `None` when it tells nothing new: then nothing is written.
pub fn decide(
    known: Option<&Order>,
    told: Order,
    journeys: &[Journey],
    channel: Channel,
    now: Instant,
) -> Option<OrderDecision> {
    let nothing = Order::default();
    let old = known.unwrap_or(&nothing);
    let mut order = old.clone();
    order.join(told);
    if order == *old && known.is_some() {
        return None;
    }
    let look_at = look_for_changes(old, &order, journeys, channel, now);
    order.looks.retain(|look| look.0 > now);
    order.looks.extend(look_at.map(Earliest));
    let counts = Change { before: Totals::of(old, channel), after: Totals::of(&order, channel) };
    Some(OrderDecision { order, look_at, counts })
}

/// The look that the changed due times need, unless an earlier one is on the calendar: each look sees to the next.
/// A look that may be under way at this moment does not count, because it may have read the old order.
fn look_for_changes(
    old: &Order,
    new: &Order,
    journeys: &[Journey],
    channel: Channel,
    now: Instant,
) -> Option<Instant> {
    let safe_at = now.after(LEAD);
    let changed = journeys.iter().filter_map(|journey| {
        let due_at = journey.due_at(new, channel)?;
        (journey.due_at(old, channel) != Some(due_at)).then(|| due_at.max(safe_at))
    });
    let needed_at = changed.min()?;
    let covered = new.looks.iter().any(|look| safe_at <= look.0 && look.0 <= needed_at);
    (!covered).then_some(needed_at)
}
