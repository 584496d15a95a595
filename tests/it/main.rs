//! End to end: real deliveries through the real handlers, on the embedded AWS.

mod sample_week;
