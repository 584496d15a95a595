//! The clock: at the edge the wall's, in tests and replays a virtual one.

use std::fmt;
use std::sync::Arc;

use rihla_core::instant::Instant;

/// Tells the time.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Instant + Send + Sync>);

impl Clock {
    /// The wall's clock.
    pub fn wall() -> Self {
        #[expect(clippy::disallowed_methods, reason = "this is the edge at which the time comes in")]
        Self::reading(|| {
            std::time::SystemTime::now().try_into().map_or(Instant::from_seconds(0), from_timestamp)
        })
    }

    /// A clock that is read by `read`.
    pub fn reading(read: impl Fn() -> Instant + Send + Sync + 'static) -> Self {
        Self(Arc::new(read))
    }

    /// The time.
    pub fn now(&self) -> Instant {
        (self.0)()
    }
}

fn from_timestamp(timestamp: jiff::Timestamp) -> Instant {
    timestamp.into()
}

impl fmt::Debug for Clock {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Clock")
    }
}
