//! Why a delivery is not believed.

use crate::Lookup;

/// Why a delivery is not believed. Says nothing of the secrets, nor of what would have been right.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unverified {
    /// A header that every signed delivery has is not there.
    #[error("the header {0} is missing")]
    MissingHeader(&'static str),
    /// The header with the moment of signing holds something else.
    #[error("the header {0} does not hold a moment as the provider writes it")]
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
    /// It carries no signature where one belongs.
    #[error("it carries no signature")]
    NotSigned,
    /// It comes from a topic, account or the like of which the source takes no deliveries.
    #[error("it comes from a {0} that the source does not allow")]
    NotAllowed(&'static str),
    /// It is not signed, and the address that it was sent to lacks the token that stands in for a signature.
    #[error("it is not signed, and its address lacks the `token`")]
    NoToken,
    /// Signed with a secret that the provider publishes for trials: anybody can sign so.
    #[error("signed with the provider's public secret for trials, which anybody knows")]
    PublicSecret,
    /// The address is signed, too, and the source does not say at which one the provider sends to it.
    #[error("the provider signs the address, and the source has no `url`")]
    NoUrl,
    /// It came over HTTP from a provider that sends into a queue only.
    #[error("this provider sends by a queue only; over HTTP it could be from anybody")]
    OnlyByQueue,
    /// The source has no secret that could be a key.
    #[error("the source has no secret that can be used")]
    NoSecret,
}
