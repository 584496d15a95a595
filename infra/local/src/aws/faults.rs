//! Faults on demand: what may go wrong with a call, decided for each call by a policy.

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use super::call::Call;

/// What becomes of one call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fault {
    /// Nothing goes wrong.
    #[default]
    None,
    /// Refused with an error before it acts.
    Refuse(Refusal),
    /// Not carried out; the client sees a time-out.
    TimeOut,
    /// Carried out; the client sees a time-out all the same.
    LoseAnswer,
    /// The calling process dies before the call is carried out (see [`super::Function::run`]).
    DieBefore,
    /// The calling process dies after the call was carried out, before it hears of it.
    DieAfter,
    /// Carried out in part, where the call asks for several things: the service says of the rest that it was too busy.
    DoPart(Part),
    /// Carried out in part; the calling process dies before it hears of it.
    DieAfterPart(Part),
    /// Answered as done, and not carried out. No service does so: it is to try whoever checks what was done.
    Pretend,
}

/// Which of several things are done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The first.
    First,
    /// All others.
    Others,
}

impl Part {
    /// Whether the thing at that place, from 0, is among them.
    pub(super) fn holds(self, place: usize) -> bool {
        (place == 0) == (self == Self::First)
    }
}

/// With which error a call is refused. The SDK retries the first two by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The service's own throttling error; for SES "Maximum sending rate exceeded."
    Throttled,
    /// A 5xx.
    Unavailable,
    /// The role lacks the permission. Not retried.
    AccessDenied,
}

/// Decides about every call; called once for each, in order of [`Call::sequence`] on one thread.
pub type Policy = dyn Fn(&Call) -> Fault + Send + Sync;

/// The policy in force; none at first.
#[derive(Default)]
pub struct Faults(RwLock<Option<Arc<Policy>>>);

impl Faults {
    /// Puts `policy` in force, instead of any other.
    pub fn set(&self, policy: impl Fn(&Call) -> Fault + Send + Sync + 'static) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(policy));
    }

    /// Nothing goes wrong any more.
    pub fn clear(&self) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = None;
    }

    pub(super) fn decide(&self, call: &Call) -> Fault {
        let policy = self.0.read().unwrap_or_else(PoisonError::into_inner).clone();
        policy.map_or(Fault::None, |policy| policy(call))
    }
}

impl fmt::Debug for Faults {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Faults")
    }
}
