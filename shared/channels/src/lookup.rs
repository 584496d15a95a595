//! What a delivery only names, and how the provider's API is asked for it. Nothing is asked here: the address and the
//! headers are told, and the answer is read.

use rihla_core::instant::Wait;
use serde::{Deserialize, Serialize};

use crate::{Secret, Unreadable};

/// Something that a delivery names and an API tells, asked for by GET.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lookup {
    /// What is asked for, in the provider's words, such as `order`: [`crate::Provider::complete`] tells answers apart by it.
    pub what: String,
    /// Where.
    pub address: Address,
}

/// Where something is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Address {
    /// A path of the provider's API, beginning with a slash, with its query. Asked with the source's token.
    Path(String),
    /// An address of its own, whose host the provider's file has checked. Asked without a token.
    Url(String),
}

/// A provider's API.
#[derive(Clone, Copy, Debug)]
pub struct Api {
    /// Where it is, without a slash at the end, unless the source says otherwise (a sandbox, another region).
    pub base_url: &'static str,
    /// The headers of a request under the token, as it is kept in the parameter store or was got by [`Self::exchange`].
    pub headers: fn(token: &Secret) -> Vec<(&'static str, String)>,
    /// How a token that lives for an hour or so is got for the one that is kept.
    pub exchange: Option<Exchange>,
}

/// Getting a token that lives for a while (OAuth 2.0, RFC 6749, sections 4.4 and 6).
#[derive(Clone, Copy, Debug)]
pub struct Exchange {
    /// The request to send by POST, for the token as it is kept. Nothing where that has not the shape that is needed.
    pub request: fn(kept: &Secret) -> Option<Post>,
    /// The token in the answer, and for how long it can be used.
    pub token: fn(answer: &[u8]) -> Result<Token, Unreadable>,
}

/// A token that lives for a while.
#[derive(Clone, Debug)]
pub struct Token {
    /// The token.
    pub secret: Secret,
    /// For how long it can be used.
    pub lives: Wait,
}

/// A request by POST.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// Where to.
    pub url: String,
    /// Its headers.
    pub headers: Vec<(&'static str, String)>,
    /// Its body.
    pub body: String,
}

impl Address {
    /// The path or address.
    pub fn text(&self) -> &str {
        match self {
            Self::Path(text) | Self::Url(text) => text,
        }
    }
}

impl Lookup {
    /// Something that the provider's API tells at a path.
    pub fn at_path(what: &str, path: impl Into<String>) -> Self {
        Self { what: what.to_owned(), address: Address::Path(path.into()) }
    }

    /// Something that is told at an address whose host was checked.
    pub fn at_url(what: &str, url: impl Into<String>) -> Self {
        Self { what: what.to_owned(), address: Address::Url(url.into()) }
    }
}
