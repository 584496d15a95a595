//! End to end, through the handlers.
