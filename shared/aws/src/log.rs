//! How a line of the log looks. The template counts lines by it.

use tracing_subscriber::fmt::format::{Format, Json, JsonFields};
use tracing_subscriber::fmt::{SubscriberBuilder, time::SystemTime};

/// JSON lines with the event's fields at the top: `message` says what happened.
pub fn lines() -> SubscriberBuilder<JsonFields, Format<Json, SystemTime>> {
    tracing_subscriber::fmt().json().flatten_event(true).with_target(false)
}
