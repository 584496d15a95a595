//! Why a delivery is not believed.

use crate::Lookup;

/// Why a delivery is not believed. Says nothing of the secrets, nor of what would have been right.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unverified {
    /// A header that every signed delivery has is not there.
    #[error("the header {0} is missing")]
    MissingHeader(&'static str),
    /// The header with the moment of signing holds something else.
    #[error("the header {0} does not hold seconds since 1970")]
    NotATimestamp(&'static str),
    /// Signed by none of the source's secrets.
    #[error("the signature fits none of the source's secrets")]
    WrongSignature,
    /// Signed too long ago, or for a time to come.
    #[error("signed {off_seconds} seconds from now, more than the {tolerance_seconds} that are let pass")]
    Expired {
        /// How far from now, in either direction.
        off_seconds: u64,
        /// How far is let pass.
        tolerance_seconds: u64,
    },
    /// It is signed with a private key, and the public one is not at hand yet.
    #[error("the provider's public key is to be fetched first")]
    KeyWanted(Lookup),
    /// It comes from a topic, account or the like of which the source takes no deliveries.
    #[error("it comes from a {0} that the source does not allow")]
    NotAllowed(&'static str),
    /// It is not signed, and the address that it was sent to lacks the token that stands in for a signature.
    #[error("it is not signed, and its address lacks the `token`")]
    NoToken,
    /// The provider signs the address that it sends to, and the source does not say how it is configured there.
    #[error("the source has no url, which the provider signs with the body")]
    NoUrl,
    /// The source has no secret that could be a key.
    #[error("the source has no secret that can be used")]
    NoSecret,
}
