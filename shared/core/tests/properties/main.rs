//! What must hold for any facts, in any order, at any moment.

#![expect(clippy::unwrap_used, reason = "a test ends where it fails")]

mod amounts;
mod claims;
mod due_times;
mod events;
mod forgetting;
mod guard_table;
mod guards;
mod identity;
mod journeys;
mod looks;
mod milestones;
mod moments;
mod names;
mod orders;
mod people;
mod quiet_hours;
mod reports;
mod totals;
