//! AWS in one process.
