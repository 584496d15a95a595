//! The proof: what is promised, tried against every order of delivery, every fault at every call, and random lives.
//!
//! The functions that are tried are the real ones, on the embedded AWS. What comes of them is judged by `promises`,
//! which reads the table and the mailbox as plain JSON and shares nothing with the code that is judged.

#[cfg(test)]
mod bad_worlds;
mod deed;
mod durable;
mod ending;
mod harm;
mod lifetime;
mod lives;
mod operator;
mod orders;
mod promises;
mod random_shop;
mod record;
mod run;
mod script;
mod side_by_side;
mod single;
mod telling;
mod world;

pub use harm::{Harm, Plan};
pub use lifetime::{LifetimeFiles, lifetime};
pub use lives::Life;
pub use orders::{Orders, OrdersTried};
pub use promises::Broken;
pub use run::{FaultArguments, Kind, Progress, Proof, run, story};
pub use single::Scenario;
pub use world::WorldError;
