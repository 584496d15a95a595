//! eBay's API, which is asked for the keys that deliveries are signed with.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::oauth::{self, Kept};
use crate::{Api, Exchange, Post, Secret};

pub(super) const API: Api = Api {
    base_url: "https://api.ebay.com",
    headers,
    exchange: Some(Exchange { request, token: oauth::token }),
};

fn headers(token: &Secret) -> Vec<(&'static str, String)> {
    vec![("authorization", format!("Bearer {}", token.text()))]
}

/// A token of the application (<https://developer.ebay.com/api-docs/static/oauth-client-credentials-grant.html>).
fn request(kept: &Secret) -> Option<Post> {
    let kept = Kept::read(kept)?;
    let credentials = format!("{}:{}", kept.client_id.trimmed()?, kept.client_secret.trimmed()?);
    let fields = [("grant_type", "client_credentials"), ("scope", "https://api.ebay.com/oauth/api_scope")];
    Some(Post {
        url: "https://api.ebay.com/identity/v1/oauth2/token".to_owned(),
        headers: vec![
            ("authorization", format!("Basic {}", STANDARD.encode(credentials))),
            ("content-type", "application/x-www-form-urlencoded".to_owned()),
        ],
        body: oauth::form(&fields),
    })
}
