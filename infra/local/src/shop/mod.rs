//! The shop that sends: deliveries as the servers of its sources post them, and what its customers do with their mails.

mod outbox;
mod posted;
mod received;
mod standard;
mod visit;
mod web_order;
mod week;

pub use posted::{Posted, SHOP_DOMAIN};
pub use received::Received;
pub use standard::standard_body;
pub use visit::{Does, Visit};
pub use week::{STARTS_AT, sample_visits, sample_week};
