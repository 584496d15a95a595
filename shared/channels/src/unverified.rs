//! Why a delivery is not believed.

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
    /// The source has no secret that could be a key.
    #[error("the source has no secret that can be used")]
    NoSecret,
}
