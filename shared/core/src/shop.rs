//! What a shop has set up: its sources, its journeys, its limits.

use serde::{Deserialize, Serialize};

use crate::journey::Journey;
use crate::limits::Limits;
use crate::source::{Channel, Source, SourceId};
use crate::workdays::Holidays;

/// A shop's set-up, as far as it decides what is recorded and sent.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Shop {
    /// Its connections.
    pub sources: Vec<Source>,
    /// Its journeys, the one that goes first when several are due at once first.
    pub journeys: Vec<Journey>,
    /// When and how often it writes to people.
    pub limits: Limits,
    /// The days off of the countries.
    #[serde(default)]
    pub holidays: Holidays,
    /// Its time zone (IANA name).
    pub zone: String,
}

impl Shop {
    /// The connection of that name.
    pub fn source(&self, name: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.name.as_str() == name)
    }

    /// By which channel a source's orders come; the web where the source is no longer set up.
    pub fn channel(&self, source: &SourceId) -> Channel {
        self.source(source.as_str()).map_or(Channel::Web, |source| source.channel)
    }

    /// Whether tracking numbers are looked up: only where a carrier tells of parcels without naming their orders.
    pub fn follows_tracking_numbers(&self) -> bool {
        self.sources.iter().any(|source| source.channel == Channel::Carrier)
    }
}
