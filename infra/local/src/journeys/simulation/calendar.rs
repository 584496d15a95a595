//! Looks to come.

use std::collections::BTreeSet;

use rihla_core::instant::{Instant, Wait};

use super::record::Place;

/// Looks to come, in order of time.
#[derive(Debug, Default)]
pub(super) struct Calendar(BTreeSet<(Instant, Place)>);

impl Calendar {
    /// Notes that what lies there is to be looked at.
    pub(super) fn put(&mut self, at: Instant, place: &Place) {
        self.0.insert((at, place.clone()));
    }

    /// What else of the same customer's is to be looked at then.
    pub(super) fn beside<'a>(&'a self, at: Instant, place: &'a Place) -> impl Iterator<Item = &'a Place> {
        let until = at.after(Wait::milliseconds_of(1));
        let then = self
            .0
            .iter()
            .skip_while(move |(other, _)| *other < at)
            .take_while(move |(other, _)| *other < until);
        then.map(|(_, other)| other).filter(move |other| other.0 == place.0 && *other != place)
    }

    /// When the next look is.
    pub(super) fn first_at(&self) -> Option<Instant> {
        self.0.first().map(|(at, ..)| to_the_second(*at))
    }

    /// Takes the next look off.
    pub(super) fn take_first(&mut self) -> Option<(Instant, Place)> {
        let (at, place) = self.0.pop_first()?;
        Some((to_the_second(at), place))
    }

    /// What is still to be looked at.
    pub(super) fn rest(&self) -> BTreeSet<&Place> {
        self.0.iter().map(|(_, place)| place).collect()
    }
}

/// The queue delays by whole seconds: what is due within one is looked at when it is over.
fn to_the_second(at: Instant) -> Instant {
    Instant::from_seconds(at.before(Wait::milliseconds_of(1)).seconds() + 1)
}
