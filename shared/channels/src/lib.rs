//! One file per provider: who may send ([`Provider::verify`]) and what is meant ([`Provider::normalise`]).
//!
//! Pure: the time and the secrets are given, nothing is fetched, nothing is kept. A new provider is a file beside
//! [`shopify`] and [`standard_webhooks`] and one line in [`PROVIDERS`].

pub mod aftership;
pub mod bigcommerce;
mod delivery;
pub mod easypost;
mod greeting;
mod hmac;
mod json;
mod keys;
mod lookup;
mod moves;
mod person;
mod provider;
mod reading;
mod replay_window;
mod sample;
mod secret;
pub mod shippo;
pub mod shopify;
pub mod sign;
pub mod square;
pub mod standard_webhooks;
pub mod stripe;
mod unreadable;
mod unverified;
pub mod woocommerce;

pub use delivery::{Delivery, Headers};
pub use greeting::{Answer, Greeting};
pub use keys::Keys;
pub use lookup::{Address, Api, Exchange, Lookup, Post, Token};
pub use provider::{About, Holds, PROVIDERS, Provider, Topic, named, provider};
pub use reading::{OfNoInterest, Reading, Unknown};
pub use secret::Secret;
pub use unreadable::Unreadable;
pub use unverified::Unverified;
