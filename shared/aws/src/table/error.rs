//! What the table answers when it does not do what it was asked.

use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};

/// Boxed error of the SDK.
pub(crate) type Source = Box<dyn std::error::Error + Send + Sync>;

/// Why the table did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// Somebody else wrote in between: load again and decide again.
    #[error("the item was changed by somebody else in between")]
    Conflict,
    /// Throttled, down, slow, or the answer was lost.
    #[error("the table cannot be reached or is overloaded")]
    Unavailable(#[source] Source),
    /// The request itself is wrong: asking again will not help.
    #[error("the table refused the request")]
    Refused(#[source] Source),
    /// An item is not what this version of the software writes.
    #[error("the item {sort_key:?} cannot be read")]
    Unreadable {
        /// Its sort key, which names nobody.
        sort_key: String,
        /// What is wrong with it.
        #[source]
        source: serde_json::Error,
    },
}

impl TableError {
    /// Whether the same request may succeed later.
    pub fn is_retryable(&self) -> bool {
        matches!(self, Self::Conflict | Self::Unavailable(_))
    }

    pub(crate) fn of<E, R>(error: SdkError<E, R>) -> Self
    where
        E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
        R: std::fmt::Debug + Send + Sync + 'static,
    {
        let code = error.code().unwrap_or_default();
        let message = error.message().unwrap_or_default();
        let overtaken = message.contains("ConditionalCheckFailed") || message.contains("TransactionConflict");
        match code {
            "ConditionalCheckFailedException" | "TransactionConflictException" => Self::Conflict,
            "TransactionCanceledException" if overtaken => Self::Conflict,
            // A table that is being restored does not exist for a while, and a permission can be mended: both pass.
            "ValidationException" => Self::Refused(Box::new(error)),
            _ => Self::Unavailable(Box::new(error)),
        }
    }
}
