//! What to write for what was told of something that journeys follow: an order, a cart, a conversation.

use std::collections::BTreeSet;

use crate::about::About;
use crate::checkout::Checkout;
use crate::conversation::Conversation;
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

/// What journeys follow, as it lies in the table.
pub trait Followed: Join + Clone + Default + PartialEq {
    /// As journeys see it; `channel` is its source's.
    fn about(&self, channel: Channel) -> About<'_>;
    /// The looks at it that are on the calendar for certain.
    fn looks_mut(&mut self) -> &mut BTreeSet<Earliest>;
}

/// What to write of something that journeys follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grown<T> {
    /// It as it is now.
    pub document: T,
    /// The look to put on the calendar before it is written.
    pub look_at: Option<Instant>,
}

/// What to write of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderDecision {
    /// The order as it is now.
    pub order: Order,
    /// The look to put on the calendar before the order is written.
    pub look_at: Option<Instant>,
    /// What the customer's totals counted for the order as it was, and what they are to count for it now.
    pub counts: Change,
}

/// Joins what was told of an order into what is known. `None` when it tells nothing new: then nothing is written.
pub fn decide(
    known: Option<&Order>,
    told: Order,
    journeys: &[Journey],
    channel: Channel,
    now: Instant,
) -> Option<OrderDecision> {
    let Grown { document: order, look_at } = grow(known, told, journeys, channel, now)?;
    let before = known.map(|known| Totals::of(known, channel)).unwrap_or_default();
    let counts = Change { before, after: Totals::of(&order, channel) };
    Some(OrderDecision { order, look_at, counts })
}

/// Joins what was told into what is known. `None` when it tells nothing new.
pub fn grow<T: Followed>(
    known: Option<&T>,
    told: T,
    journeys: &[Journey],
    channel: Channel,
    now: Instant,
) -> Option<Grown<T>> {
    let nothing = T::default();
    let old = known.unwrap_or(&nothing);
    let mut document = old.clone();
    document.join(told);
    if document == *old && known.is_some() {
        return None;
    }
    let look_at = look_for_changes(old.about(channel), document.about(channel), journeys, now);
    document.looks_mut().retain(|look| look.0 > now);
    document.looks_mut().extend(look_at.map(Earliest));
    Some(Grown { document, look_at })
}

/// The look that the changed due times need, unless an earlier one is on the calendar: each look sees to the next.
/// A look that may be under way at this moment does not count, because it may have read what was known before.
fn look_for_changes(old: About<'_>, new: About<'_>, journeys: &[Journey], now: Instant) -> Option<Instant> {
    let safe_at = now.after(LEAD);
    let steps = journeys.iter().flat_map(|journey| journey.steps.iter().map(move |step| (journey, step)));
    let changed = steps.filter_map(|(journey, step)| {
        let due_at = new.due_at(journey, step)?;
        (old.due_at(journey, step) != Some(due_at)).then(|| due_at.max(safe_at))
    });
    let needed_at = changed.min()?;
    let covered = new.looks().iter().any(|look| safe_at <= look.0 && look.0 <= needed_at);
    (!covered).then_some(needed_at)
}

impl Followed for Order {
    fn about(&self, channel: Channel) -> About<'_> {
        About::Order(self, channel)
    }

    fn looks_mut(&mut self) -> &mut BTreeSet<Earliest> {
        &mut self.looks
    }
}

impl Followed for Checkout {
    fn about(&self, _: Channel) -> About<'_> {
        About::Cart(self)
    }

    fn looks_mut(&mut self) -> &mut BTreeSet<Earliest> {
        &mut self.looks
    }
}

impl Followed for Conversation {
    fn about(&self, _: Channel) -> About<'_> {
        About::Conversation(self)
    }

    fn looks_mut(&mut self) -> &mut BTreeSet<Earliest> {
        &mut self.looks
    }
}
