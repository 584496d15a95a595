//! `rihla journeys` and `rihla why`.

#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]

mod agreement;
mod commands;
mod data;
mod experiment;
mod past;
mod preview;
mod properties;
mod random;
mod random_agreement;
mod used_up;
mod why;
