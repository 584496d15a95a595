//! Reads and checks what a shop writes: brand, sources, journeys, limits, messages. Whatever is wrong is told with its file and line, all of
//! it at once, when the software is built or started, not when a customer should have got a mail.

mod brand;
mod fault;
mod holidays;
mod journey_rules;
mod journeys;
mod limits;
mod messages;
mod setup;
mod sources;
mod yaml;

pub use brand::read_brand;
pub use fault::{Fault, Faults, nearest};
pub use holidays::read_holidays;
pub use journeys::{KnownMessages, ended_journeys, read_journeys};
pub use limits::read_limits;
pub use messages::read_messages;
pub use setup::{Setup, read_setup};
pub use sources::read_sources;
pub use yaml::read_yaml;
