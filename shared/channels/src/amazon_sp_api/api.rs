//! The Orders API (<https://developer-docs.amazon.com/sp-api/docs/orders-api-v0-reference>).

use crate::oauth::{self, Kept};
use crate::{Api, Exchange, Lookup, Post, Reading, Secret};

/// Europe, the Middle East and India; the source's `api_url` names another region's.
pub(super) const API: Api = Api {
    base_url: "https://sellingpartnerapi-eu.amazon.com",
    headers: |token| vec![("x-amz-access-token", token.text().to_owned())],
    exchange: Some(Exchange { request, token: oauth::token }),
};

/// What the lookups are called.
pub(super) const ORDER: &str = "order";
pub(super) const ITEMS: &str = "order items";

/// Login with Amazon (<https://developer-docs.amazon.com/sp-api/docs/connect-to-the-selling-partner-api>).
fn request(kept: &Secret) -> Option<Post> {
    let kept = Kept::read(kept)?;
    let fields = [
        ("grant_type", "refresh_token"),
        ("refresh_token", kept.refresh_token.as_ref()?.trimmed()?),
        ("client_id", kept.client_id.trimmed()?),
        ("client_secret", kept.client_secret.trimmed()?),
    ];
    Some(Post {
        url: "https://api.amazon.com/auth/o2/token".to_owned(),
        headers: vec![("content-type", "application/x-www-form-urlencoded".to_owned())],
        body: oauth::form(&fields),
    })
}

/// With the order, its buyer and its items to be asked for. An id that is none of Amazon's gets into no path.
pub(super) fn and_look_up(reading: Reading, order: &str) -> Reading {
    let is_id = order.len() <= 40 && order.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if !is_id {
        return reading;
    }
    let path = format!("/orders/v0/orders/{order}");
    let items = Lookup::at_path(ITEMS, format!("{path}/orderItems"));
    reading.and_look_up(Lookup::at_path(ORDER, path)).and_look_up(items)
}
