use std::error::Error;

use http_body_util::LengthLimitError;

use crate::table::Source;

/// Why a provider did not tell what it was asked. Says nothing of tokens, nor of what stands in an address.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The source names no token for the API, or its parameter does not exist.
    #[error("the source's token for the API is not in the parameter store")]
    NoToken,
    /// The token as it is kept has not the shape that the provider needs.
    #[error("the token for the API has not the shape that the provider needs")]
    NotAToken,
    /// The provider answered something else than a token for the one that is kept.
    #[error("what came for the token that is kept cannot be read")]
    NoTokenGiven(#[source] rihla_channels::Unreadable),
    /// The address or a header is none that can be sent over HTTPS.
    #[error("the address or the token is none that can be sent")]
    Unsendable,
    /// Nothing was answered in time.
    #[error("the provider did not answer in time")]
    TimedOut,
    /// The provider cannot be reached, or its answer broke off.
    #[error("the provider cannot be reached")]
    Unreachable(#[source] Source),
    /// The provider answered with no success.
    #[error("the provider answered {status}")]
    Status {
        /// The status.
        status: u16,
        /// When it wants to be asked again (RFC 9110, section 10.2.3): seconds, or a date.
        retry_after: Option<String>,
    },
    /// The answer is longer than any that is expected.
    #[error("the provider answered more than a megabyte")]
    TooLong,
}

impl FetchError {
    pub(super) fn unreachable(error: impl Into<Source>) -> Self {
        Self::Unreachable(error.into())
    }

    pub(super) fn cut_off(error: Box<dyn Error + Send + Sync>) -> Self {
        if error.is::<LengthLimitError>() { Self::TooLong } else { Self::Unreachable(error) }
    }

    /// Whether the same request may succeed later: the provider is away, overloaded, or the set-up can be mended.
    pub fn may_pass(&self) -> bool {
        match self {
            Self::NoToken | Self::TimedOut | Self::Unreachable(_) => true,
            Self::Status { status, .. } => matches!(status, 408 | 429 | 500..=599),
            Self::NotAToken | Self::NoTokenGiven(_) | Self::Unsendable | Self::TooLong => false,
        }
    }

    /// Whether it may succeed in a moment, if nobody has said otherwise.
    pub fn passes_soon(&self) -> bool {
        match self {
            Self::TimedOut | Self::Unreachable(_) => true,
            Self::Status { status, retry_after } => {
                retry_after.is_none() && matches!(status, 408 | 500..=599)
            }
            _ => false,
        }
    }

    /// Whether the token was refused.
    pub(super) fn is_refused(&self) -> bool {
        matches!(self, Self::Status { status: 401 | 403, .. })
    }
}
