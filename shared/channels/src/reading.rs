//! What a delivery says.

use rihla_core::event::Event;

use crate::lookup::Lookup;

/// What a delivery says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The events that it tells.
    pub events: Vec<Event>,
    /// What it only names, and the provider's API would tell.
    pub lookups: Vec<Lookup>,
    /// What it tells where nothing of that can be asked: less surely than the answers would.
    pub otherwise: Vec<Event>,
    /// Values that the provider did not have when this was written: kept as unknown, and counted.
    pub unknown: Vec<Unknown>,
    /// Where there is no event: what was sent, and why nothing of it is held.
    pub of_no_interest: Option<OfNoInterest>,
}

/// A value that is not known here.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unknown {
    /// Where it stands, such as `shipment_status`.
    pub field: &'static str,
    /// The value, of at most 60 characters; `something else` where it could be about a person.
    pub value: String,
}

/// A delivery that tells nothing that a record holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfNoInterest {
    /// The provider's name for what it sent.
    pub topic: String,
    /// Why not, in a few words.
    pub why: &'static str,
}

impl Reading {
    /// These events.
    pub fn events(events: Vec<Event>) -> Self {
        Self { events, ..Self::default() }
    }

    /// Nothing that a record holds.
    pub fn no_interest(topic: impl Into<String>, why: &'static str) -> Self {
        let of_no_interest = Some(OfNoInterest { topic: topic.into(), why });
        Self { of_no_interest, ..Self::default() }
    }

    /// These events; where there are none, nothing of interest for this reason.
    pub fn events_or(events: Vec<Event>, topic: &str, why: &'static str) -> Self {
        if events.is_empty() { Self::no_interest(topic, why) } else { Self::events(events) }
    }

    /// The same; where it neither tells nor names anything, nothing of interest for this reason.
    #[must_use]
    pub fn or_no_interest(mut self, topic: &str, why: &'static str) -> Self {
        if self.events.is_empty() && self.lookups.is_empty() && self.otherwise.is_empty() {
            self.of_no_interest.get_or_insert(OfNoInterest { topic: topic.to_owned(), why });
        }
        self
    }

    /// With something to be looked up.
    #[must_use]
    pub fn and_look_up(mut self, lookup: Lookup) -> Self {
        self.of_no_interest = None;
        self.lookups.push(lookup);
        self
    }

    /// With a value that is not known here, if there is one.
    #[must_use]
    pub(crate) fn and_unknown_if(self, field: &'static str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.and_unknown(field, value),
            None => self,
        }
    }

    /// With what it tells only where nothing can be asked.
    #[must_use]
    pub fn otherwise(mut self, events: Vec<Event>) -> Self {
        self.otherwise = events;
        self
    }

    /// With a value that is not known here.
    #[must_use]
    pub fn and_unknown(mut self, field: &'static str, value: &str) -> Self {
        self.unknown.push(Unknown::new(field, value));
        self
    }
}

impl Unknown {
    /// A value at a field. It is shown if it could be a name of the provider's.
    pub fn new(field: &'static str, value: &str) -> Self {
        let in_a_name = |byte: u8| byte.is_ascii_alphanumeric() || b"_-./ ".contains(&byte);
        let is_name = (1..=60).contains(&value.len()) && value.bytes().all(in_a_name);
        Self { field, value: if is_name { value } else { "something else" }.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_value_is_shown_if_it_could_be_a_name() {
        let shown = |value| Unknown::new("status", value).value;
        assert_eq!(shown("held_at_customs"), "held_at_customs");
        assert_eq!(shown("amal@example.com"), "something else");
        assert_eq!((shown(""), shown(&"x".repeat(61))), ("something else".into(), "something else".into()));
    }
}
