//! What AWS does between a queue or a topic and a function: receive, invoke, and see to what failed.

mod mail_events;
mod queue;

pub use mail_events::MailEventTrigger;
pub use queue::QueueTrigger;

use super::function::Ending;

/// What one poll of a trigger did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Polled {
    /// Messages or events handed to the function.
    pub received: usize,
    /// Those of them that will come again.
    pub failed: usize,
    /// Why the invocation as a whole gave no result, if it did not.
    pub ending: Option<Failure>,
}

/// Why an invocation gave no result.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// It died or panicked.
    #[error(transparent)]
    Ended(#[from] Ending),
    /// The handler answered with an error.
    #[error("the handler failed: {0}")]
    Handler(String),
}

/// The result of running a handler, with the two ways of failing made one.
fn outcome<T, E: std::fmt::Display>(run: Result<Result<T, E>, Ending>) -> Result<T, Failure> {
    run?.map_err(|error| Failure::Handler(error.to_string()))
}
