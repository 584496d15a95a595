//! A token in the address, for those who send without a signature: `?token=` and one of the secrets.

use subtle::ConstantTimeEq;

use crate::{Secret, Unverified, hmac};

/// Whether the token that stands behind the question mark is one of the secrets.
pub(crate) fn check(query: &str, secrets: &[Secret]) -> Result<(), Unverified> {
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    let token = pairs.find(|(name, _)| name == "token").map(|(_, token)| token);
    hmac::any_fits(secrets, |key| token.as_ref().is_some_and(|token| token.as_bytes().ct_eq(key).into()))
        .map_err(|unverified| match unverified {
            Unverified::WrongSignature if token.is_none() => Unverified::NoToken,
            other => other,
        })
}
