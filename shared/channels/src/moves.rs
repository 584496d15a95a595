//! What tracking services tell of a parcel: how it stands now, and every state that it went through.
//!
//! A service knows the parcel by its tracking number; the order's id that some send along is another source's. Each
//! delivery is read with all the past that it holds, so that one that was lost leaves no gap.

use std::collections::BTreeMap;

use rihla_core::event::{Event, Fact, ParcelMoved};
use rihla_core::instant::Instant;
use rihla_core::parcel::ParcelState;

use crate::Unreadable;
use crate::json::Text;

/// The states of one parcel, with the first time of each.
pub(crate) struct Moves {
    tracking: String,
    carrier: Option<String>,
    reached: BTreeMap<ParcelState, Instant>,
}

impl Moves {
    /// Of the parcel with a tracking number, which stands in the body at `path`.
    pub(crate) fn of(
        path: &str,
        tracking: Option<&Text<'_>>,
        carrier: Option<&Text<'_>>,
    ) -> Result<Self, Unreadable> {
        let tracking = tracking.and_then(|number| number.limited(100));
        let tracking = tracking.ok_or_else(|| Unreadable::missing(path))?;
        let carrier = carrier.and_then(|carrier| carrier.limited(100));
        Ok(Self { tracking, carrier, reached: BTreeMap::new() })
    }

    /// It went through a state, at a time that is left out where it is not told exactly.
    pub(crate) fn past(&mut self, state: ParcelState, at: Option<&Text<'_>>) {
        let at = at.and_then(Text::trimmed).and_then(|text| text.parse().ok());
        if let Some(at) = at.filter(|_| state != ParcelState::Unknown) {
            self.reach(state, at);
        }
    }

    /// It is in a state, since the time that its past tells or, where that tells none, since `told_at`.
    pub(crate) fn now(&mut self, state: ParcelState, told_at: Option<Instant>) -> Result<(), Unreadable> {
        if !self.reached.contains_key(&state) {
            let at = told_at.ok_or_else(|| Unreadable::field(crate::json::WHOLE, "it tells no time"))?;
            self.reach(state, at);
        }
        Ok(())
    }

    fn reach(&mut self, state: ParcelState, at: Instant) {
        let first = self.reached.entry(state).or_insert(at);
        *first = at.min(*first);
    }

    /// The events that tell it, the oldest first. Who is handed a parcel that went back is the shop.
    pub(crate) fn events(mut self) -> Vec<Event> {
        let first = |state| self.reached.get(&state).copied();
        if let (Some(returned), Some(delivered)) =
            (first(ParcelState::Returned), first(ParcelState::Delivered))
            && returned <= delivered
        {
            self.reached.remove(&ParcelState::Delivered);
        }
        let Self { tracking, carrier, reached } = self;
        let moved = |(state, at)| {
            let (tracking, carrier) = (Some(tracking.clone()), carrier.clone());
            Event {
                at,
                fact: Fact::ParcelMoved(ParcelMoved { order: None, parcel: None, tracking, carrier, state }),
            }
        };
        let mut events: Vec<Event> = reached.into_iter().map(moved).collect();
        events.sort_by_key(|event| event.at);
        events
    }
}

/// The state that a provider's word means, by its table of them.
pub(crate) fn found(table: &[(&str, ParcelState)], word: &str) -> Option<ParcelState> {
    table.iter().find(|(known, _)| *known == word).map(|(_, state)| *state)
}
