//! One file per provider: who may send ([`Provider::verify`]) and what is meant ([`Provider::normalise`]).
//!
//! Pure: the time and the secrets are given, nothing is fetched, nothing is kept. A new provider is a file beside
//! [`shopify`] and [`standard_webhooks`] and one line in [`PROVIDERS`].

mod delivery;
mod hmac;
mod json;
mod provider;
mod secret;
pub mod shopify;
pub mod sign;
pub mod standard_webhooks;
mod unreadable;
mod unverified;

pub use delivery::{Delivery, Headers};
pub use provider::{PROVIDERS, Provider, Reading, Topic, provider};
pub use secret::Secret;
pub use unreadable::Unreadable;
pub use unverified::Unverified;
