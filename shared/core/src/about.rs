//! What a run is about, as it is on record: everything that its own milestones follow from.

use crate::checkout::Checkout;
use crate::conversation::Conversation;
use crate::event::{ConversationState, Place};
use crate::instant::{Instant, Wait};
use crate::journey::{Journey, Milestone, Season, Step};
use crate::lattice::Earliest;
use crate::order::Order;
use crate::source::Channel;
use crate::trigger::On;
use std::collections::BTreeSet;

/// An order, a cart or a conversation.
#[derive(Clone, Copy, Debug)]
pub enum About<'a> {
    /// An order of a source of that channel.
    Order(&'a Order, Channel),
    /// A cart or checkout.
    Cart(&'a Checkout),
    /// A conversation.
    Conversation(&'a Conversation),
}

/// Nobody is thought lost sooner, nor something used up, however often it used to be bought: so long after an order it is
/// first looked at whether they are.
pub const EARLIEST_SILENCE: Wait = Wait::days(14);

impl<'a> About<'a> {
    /// Which kind it is.
    pub fn on(self) -> On {
        match self {
            Self::Order(..) => On::Order,
            Self::Cart(_) => On::Cart,
            Self::Conversation(_) => On::Conversation,
        }
    }

    /// The order that it is.
    pub fn order(self) -> Option<&'a Order> {
        match self {
            Self::Order(order, _) => Some(order),
            _ => None,
        }
    }

    /// When it began.
    pub fn began_at(self) -> Option<Instant> {
        match self {
            Self::Order(order, _) => order.placed_at(),
            Self::Cart(cart) => cart.touched.as_ref().map(|touched| touched.at),
            Self::Conversation(conversation) => conversation.since.map(|since| since.0),
        }
    }

    /// Where it is sent, if that is known.
    pub fn place(self) -> Option<&'a Place> {
        Some(&self.order()?.place.as_ref()?.value)
    }

    /// The looks at it that are on the calendar for certain.
    pub fn looks(self) -> &'a BTreeSet<Earliest> {
        match self {
            Self::Order(order, _) => &order.looks,
            Self::Cart(cart) => &cart.looks,
            Self::Conversation(conversation) => &conversation.looks,
        }
    }

    /// Whether a journey is about such a one.
    pub fn starts(self, journey: &Journey) -> bool {
        let is_channel = |channel| journey.channels.is_empty() || journey.channels.contains(&channel);
        let counts = match self {
            Self::Order(order, of_source) => is_channel(order.channel_or(of_source)) && !order.is_test(),
            Self::Cart(_) | Self::Conversation(_) => true,
        };
        let in_season = |season: Season| self.began_at().is_some_and(|began_at| season.contains(began_at));
        journey.on == self.on() && counts && journey.season.is_none_or(in_season)
    }

    /// When a step is due, as far as this alone tells it; for what the person decides, too, the first moment at which it
    /// is worth a look.
    pub fn due_at(self, journey: &Journey, step: &Step) -> Option<Instant> {
        let reached = |milestone: &Milestone| self.reached_at(milestone);
        self.starts(journey).then(|| step.due_at(reached, |at| self.is_history(at)))?
    }

    /// Whether what became true of it at `at` is history: a former system saw to what follows from that, or did not.
    pub fn is_history(self, at: Instant) -> bool {
        self.order().is_some_and(|order| order.is_history(at))
    }

    /// When it reached a milestone of its own. Silence after an order that is history is history, too.
    pub fn reached_at(self, milestone: &Milestone) -> Option<Instant> {
        match (self, milestone) {
            (Self::Order(order, channel), _) => Self::order_reached_at(order, channel, milestone),
            (Self::Cart(cart), Milestone::Left) => cart.left_at(),
            (Self::Conversation(conversation), Milestone::Resolved) => conversation.resolved_at(),
            _ => None,
        }
    }

    fn order_reached_at(order: &Order, of_source: Channel, milestone: &Milestone) -> Option<Instant> {
        let placed_at = order.placed_at()?;
        let taken_along = order.is_taken_along(of_source).then_some(placed_at);
        match milestone {
            Milestone::Placed => Some(placed_at),
            Milestone::Paid => order.paid.map(|at| at.0),
            Milestone::Shipped => taken_along.or_else(|| order.shipped_at()),
            Milestone::Delivered => taken_along.or_else(|| order.delivered_at()),
            Milestone::Promised => order.overdue_since().filter(|_| taken_along.is_none()),
            Milestone::Attempted => order.attempted_at(),
            Milestone::ReadyForPickup => order.ready_for_pickup_at(),
            Milestone::Retention | Milestone::Recovery | Milestone::Replenish => {
                Some(placed_at).filter(|at| !order.is_history(*at)).map(|at| at.after(EARLIEST_SILENCE))
            }
            _ => None,
        }
    }
}

impl Checkout {
    /// Since when it is left, if nobody touches it again.
    fn left_at(&self) -> Option<Instant> {
        let touched = self.touched.as_ref().filter(|_| self.finished.is_none())?;
        let is_said = self.left.as_ref().is_some_and(|left| left.at >= touched.at);
        Some(if is_said { touched.at } else { touched.at.after(crate::checkout::UNTOUCHED) })
    }
}

impl Conversation {
    /// Since when it is solved; only of one in which the customer spoke.
    fn resolved_at(&self) -> Option<Instant> {
        let state = self.state.as_ref().filter(|state| state.value == ConversationState::Resolved)?;
        (!self.is_open() && self.heard.is_some()).then_some(state.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_of_its_own_kind() {
        let (order, cart, talk) = (Order::default(), Checkout::default(), Conversation::default());
        let kinds = [About::Order(&order, Channel::Web), About::Cart(&cart), About::Conversation(&talk)]
            .map(About::on);
        assert_eq!(kinds, [On::Order, On::Cart, On::Conversation]);
    }
}
