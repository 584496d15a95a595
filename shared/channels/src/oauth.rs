//! Tokens that live for a while (OAuth 2.0, RFC 6749), for APIs that take no other.

use rihla_core::instant::Wait;
use serde::Deserialize;

use crate::json::{self, Text};
use crate::{Secret, Token, Unreadable};

/// What is kept to get them: a JSON text in one parameter.
#[derive(Deserialize)]
pub(crate) struct Kept<'a> {
    #[serde(borrow)]
    pub(crate) client_id: Text<'a>,
    #[serde(borrow)]
    pub(crate) client_secret: Text<'a>,
    #[serde(borrow)]
    pub(crate) refresh_token: Option<Text<'a>>,
}

impl<'a> Kept<'a> {
    /// From the parameter. Nothing where it has not this shape.
    pub(crate) fn read(kept: &'a Secret) -> Option<Self> {
        serde_json::from_str(kept.text()).ok()
    }
}

#[derive(Deserialize)]
struct Answer<'a> {
    #[serde(borrow)]
    access_token: Text<'a>,
    expires_in: u32,
}

/// The token in the answer (section 5.1).
pub(crate) fn token(answer: &[u8]) -> Result<Token, Unreadable> {
    let answer: Answer<'_> = json::read(answer)?;
    let token = answer.access_token.trimmed().ok_or_else(|| Unreadable::missing("access_token"))?;
    Ok(Token { secret: Secret::new(token), lives: Wait::seconds(answer.expires_in.into()) })
}

/// A form's fields (`application/x-www-form-urlencoded`).
pub(crate) fn form(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}
