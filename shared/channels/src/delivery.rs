//! What came in, as it came in.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::Keys;

/// The header by which whoever takes a delivery in says when it was received, for providers that tell no time at all. What
/// a sender writes there does not count.
pub const RECEIVED_AT: &str = "x-received-at";

/// Headers by name. Names have no case (RFC 9110, section 5.1): they are kept in lower case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "BTreeMap<String, String>", into = "BTreeMap<String, String>")]
pub struct Headers(BTreeMap<String, String>);

impl Headers {
    /// The value of a header, asked for in any case.
    pub fn get(&self, name: &str) -> Option<&str> {
        let value = match self.0.get(name) {
            None if name.bytes().any(|byte| byte.is_ascii_uppercase()) => {
                self.0.get(&name.to_ascii_lowercase())
            }
            found => found,
        };
        value.map(String::as_str)
    }

    /// The value of the first of several names that is there.
    pub fn first(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.get(name))
    }

    /// Sets a header, in place of what it was.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.0.insert(name.to_ascii_lowercase(), value.into());
    }

    /// Names in lower case and values, in the order of the names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl<N: AsRef<str>, V: Into<String>> FromIterator<(N, V)> for Headers {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(headers: I) -> Self {
        let lower = |(name, value): (N, V)| (name.as_ref().to_ascii_lowercase(), value.into());
        Self(headers.into_iter().map(lower).collect())
    }
}

impl From<BTreeMap<String, String>> for Headers {
    fn from(headers: BTreeMap<String, String>) -> Self {
        headers.into_iter().collect()
    }
}

impl From<Headers> for BTreeMap<String, String> {
    fn from(headers: Headers) -> Self {
        headers.0
    }
}

/// One delivery of a webhook.
#[derive(Clone, Copy, Debug)]
pub struct Delivery<'a> {
    /// Its headers.
    pub headers: &'a Headers,
    /// Its body, byte for byte: signatures are over these bytes and no others.
    pub body: &'a [u8],
    /// What stands behind the question mark of the address that it was sent to.
    pub query: &'a str,
    /// The address that it was sent to, as configured at the provider, for those who sign it, too.
    pub url: Option<&'a str>,
    /// The provider's topics, accounts or the like of which deliveries are taken, for those who sign for anybody.
    pub allowed: &'a [String],
    /// The public keys that were fetched so far.
    pub keys: &'a Keys,
}

impl<'a> Delivery<'a> {
    /// A delivery of which only headers and body are known.
    pub const fn new(headers: &'a Headers, body: &'a [u8]) -> Self {
        Self { headers, body, query: "", url: None, allowed: &[], keys: Keys::NONE }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_no_case() {
        let mut headers: Headers = [("X-Shopify-Topic", "orders/create")].into_iter().collect();
        assert_eq!(headers.get("x-shopify-topic"), Some("orders/create"));
        assert_eq!(headers.get("X-SHOPIFY-TOPIC"), Some("orders/create"));
        headers.set("X-shopify-topic", "orders/paid");
        assert_eq!(headers.iter().collect::<Vec<_>>(), [("x-shopify-topic", "orders/paid")]);
        assert_eq!(headers.first(&["shopify-topic", "x-shopify-topic"]), Some("orders/paid"));
    }

    #[test]
    fn headers_read_back_as_they_were_written() {
        let headers: Headers = serde_json::from_str(r#"{"Webhook-Id": "msg_1"}"#).unwrap();
        assert_eq!(serde_json::to_string(&headers).unwrap(), r#"{"webhook-id":"msg_1"}"#);
    }
}
