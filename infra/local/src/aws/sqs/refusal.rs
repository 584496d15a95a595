//! The errors of SQS, with the codes that AWS gives them.

use crate::aws::answer::Answer;
use crate::aws::call::Service;
use crate::aws::store::StoreError;

/// Why a request is refused, or one entry of a batch.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refusal {
    #[error("The specified queue does not exist.")]
    NoSuchQueue,
    #[error("{0}")]
    InvalidParameterValue(String),
    #[error("The request must contain the parameter {0}.")]
    MissingParameter(&'static str),
    #[error(
        "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF"
    )]
    InvalidMessageContents,
    #[error("There should be at least one {0} in the request.")]
    EmptyBatch(&'static str),
    #[error("Maximum number of entries per request are 10. You have sent {0}.")]
    TooManyEntries(usize),
    #[error("Id {0} repeated.")]
    IdsNotDistinct(String),
    #[error(
        "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long."
    )]
    InvalidBatchEntryId,
    #[error("Batch requests cannot be longer than 1048576 bytes. You have sent {0} bytes.")]
    BatchTooLong(usize),
    #[error("The input receipt handle is invalid.")]
    InvalidReceiptHandle,
    #[error("The operation is not offered here.")]
    UnsupportedOperation,
    #[error("The request cannot be read.")]
    Malformed(#[source] serde_json::Error),
    #[error("The queues' store failed.")]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for Refusal {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

impl Refusal {
    /// The code in the older query protocol, which the SDK tells errors apart by; also that of an entry.
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::NoSuchQueue => "AWS.SimpleQueueService.NonExistentQueue",
            Self::InvalidParameterValue(_) => "InvalidParameterValue",
            Self::MissingParameter(_) => "MissingParameter",
            Self::InvalidMessageContents => "InvalidMessageContents",
            Self::EmptyBatch(_) => "AWS.SimpleQueueService.EmptyBatchRequest",
            Self::TooManyEntries(_) => "AWS.SimpleQueueService.TooManyEntriesInBatchRequest",
            Self::IdsNotDistinct(_) => "AWS.SimpleQueueService.BatchEntryIdsNotDistinct",
            Self::InvalidBatchEntryId => "AWS.SimpleQueueService.InvalidBatchEntryId",
            Self::BatchTooLong(_) => "AWS.SimpleQueueService.BatchRequestTooLong",
            Self::InvalidReceiptHandle => "ReceiptHandleIsInvalid",
            Self::UnsupportedOperation => "AWS.SimpleQueueService.UnsupportedOperation",
            Self::Malformed(_) => "MalformedInput",
            Self::Store(_) => "InternalError",
        }
    }

    fn status(&self) -> u16 {
        if matches!(self, Self::Store(_)) { 500 } else { 400 }
    }
}

impl From<Refusal> for Answer {
    fn from(refusal: Refusal) -> Self {
        let code = refusal.code();
        let shape = match code.rsplit('.').next().unwrap_or(code) {
            "NonExistentQueue" => "QueueDoesNotExist",
            shape => shape,
        };
        let kind = format!("com.amazonaws.sqs#{shape}");
        Self::error(Service::Sqs, refusal.status(), &kind, &refusal.to_string()).with_query_error(code)
    }
}
