//! JSON bodies into types, with faults that name the field.

mod amount;
mod any_moment;
mod count;
mod fault;
mod id;
mod loose;
mod moment;
mod text;
mod unix_time;

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::Unreadable;

pub(crate) use amount::Amount;
pub(crate) use any_moment::AnyMoment;
pub(crate) use count::Count;
pub(crate) use id::Id;
pub(crate) use loose::Loose;
pub(crate) use moment::{MailDate, Seconds, Utc};
pub(crate) use text::{Text, word};
pub(crate) use unix_time::UnixTime;

/// How a fault calls the body as a whole.
pub(crate) const WHOLE: &str = "the body";

/// Reads a body. The path to a fault is looked for only once there is one: looking costs more than reading.
pub(crate) fn read<'de, T: Deserialize<'de>>(body: &'de [u8]) -> Result<T, Unreadable> {
    serde_json::from_slice(body).map_err(|error| explain::<T>(body, error))
}

#[cold]
fn explain<'de, T: Deserialize<'de>>(body: &'de [u8], source: serde_json::Error) -> Unreadable {
    // A number where a name is expected counts as bad syntax, too.
    if !source.is_data() && serde_json::from_slice::<IgnoredAny>(body).is_err() {
        return Unreadable::NotJson { source };
    }
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    match serde_path_to_error::deserialize::<_, T>(&mut deserializer) {
        Ok(_) => Unreadable::field(WHOLE, fault::problem(&source)),
        Err(error) => Unreadable::field(fault::path(error.path()), fault::problem(error.inner())),
    }
}
