//! absorb
