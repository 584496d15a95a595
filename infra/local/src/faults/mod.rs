//! The proof: what is promised, tried against every order of delivery, every fault at every call, and random lives.
//!
//! The functions that are tried are the real ones, on the embedded AWS. What comes of them is judged by `promises`,
//! which reads the table and the mailbox as plain JSON and shares nothing with the code that is judged.

mod ending;
mod harm;
mod lifetime;
mod lives;
mod orders;
mod promises;
mod record;
mod run;
mod script;
mod single;
mod telling;
mod world;

pub use harm::{Harm, Plan};
pub use lifetime::{LifetimeFiles, lifetime};
pub use lives::Life;
pub use orders::{Orders, try_orders};
pub use promises::Broken;
pub use run::{FaultArguments, Proof, run, story};
pub use single::Scenario;
pub use world::WorldError;
