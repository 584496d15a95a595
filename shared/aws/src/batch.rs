//! Batches from a queue: each message by itself, so that a bad one, even one that panics, never holds up a good one.

use std::fmt::Display;
use std::future::Future;
use std::panic::AssertUnwindSafe;

use aws_lambda_events::sqs::{SqsBatchResponse, SqsEvent, SqsMessage};
use futures_util::FutureExt;
use futures_util::future::join_all;

/// Handles every message of a batch and reports exactly those that failed: they come again.
pub async fn each<Handling, Error>(
    event: SqsEvent,
    handle: impl Fn(SqsMessage) -> Handling,
) -> SqsBatchResponse
where
    Handling: Future<Output = Result<(), Error>>,
    Error: Display,
{
    let handled = event.records.into_iter().map(|message| {
        let id = message.message_id.clone().unwrap_or_default();
        // What a panic leaves behind is not looked at again: the message is handled anew.
        let handling = AssertUnwindSafe(async { handle(message).await }).catch_unwind();
        async move {
            let failure = match handling.await {
                Ok(Ok(())) => return None,
                Ok(Err(error)) => error.to_string(),
                Err(_) => "the handling of the message panicked".to_owned(),
            };
            tracing::warn!(message = id, failure, "batch.message_failed");
            Some(id)
        }
    });
    let mut response = SqsBatchResponse::default();
    for failed in join_all(handled).await.into_iter().flatten() {
        response.add_failure(failed);
    }
    response
}
