//! One file per provider: who may send ([`Provider::verify`]) and what is meant ([`Provider::normalise`]).
//!
//! Pure: the time and the secrets are given, nothing is fetched, nothing is kept. A new provider is a file beside
//! [`shopify`] and [`standard_webhooks`] and one line in [`PROVIDERS`].

mod address_token;
pub mod aftership;
pub mod amazon_sp_api;
pub mod aws_eum_social;
pub mod aws_sns_ses;
pub mod bigcommerce;
pub mod chatwoot;
mod conversation;
mod delivery;
pub mod easypost;
pub mod ebay;
mod full_name;
mod greeting;
mod hex;
mod hmac;
pub mod intercom;
mod json;
mod keys;
mod lookup;
mod messaging;
pub mod messenger;
mod meta;
mod moves;
mod oauth;
mod person;
mod plain_text;
mod provider;
mod reading;
mod replay_window;
mod sample;
mod secret;
pub mod shippo;
pub mod shopify;
pub mod sign;
mod sns;
pub mod square;
pub mod standard_webhooks;
pub mod stripe;
pub mod twilio;
mod unreadable;
mod unverified;
pub mod whatsapp_cloud;
pub mod woocommerce;
pub mod zendesk;

pub use delivery::{Delivery, Headers, RECEIVED_AT};
pub use greeting::{Answer, Greeting};
pub use keys::Keys;
pub use lookup::{Address, Api, Exchange, Lookup, Post, Token};
pub use provider::{About, Holds, PROVIDERS, Provider, Topic, named, provider};
pub use reading::{OfNoInterest, Reading, Unknown};
pub use secret::Secret;
pub use unreadable::Unreadable;
pub use unverified::Unverified;
