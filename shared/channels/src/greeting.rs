//! What providers ask before they send: challenges, probes, pings.

use crate::{Headers, Secret};

/// A request that may be no delivery.
#[derive(Clone, Copy, Debug)]
pub struct Greeting<'a> {
    /// Its method, in capitals.
    pub method: &'a str,
    /// What stands behind the question mark.
    pub query: &'a str,
    /// Its headers.
    pub headers: &'a Headers,
    /// Its body.
    pub body: &'a [u8],
    /// The address as it is configured at the provider, where the source tells it.
    pub url: Option<&'a str>,
    /// The word that the shop and the provider agreed on for this, where the source has one.
    pub token: Option<&'a Secret>,
}

/// What such a request is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// We are here.
    Welcome,
    /// This text.
    Text(String),
    /// This JSON text.
    Json(String),
    /// The agreed word is not right, or was not set up.
    Refused,
}
