//! The effects: the table, the queues, mail and secrets over the AWS SDK clients, and what two functions share of them.

pub mod batch;
pub mod clock;
pub mod environment;
pub mod fetch;
pub mod http;
#[cfg(feature = "lambda")]
mod https;
pub mod intake;
pub mod kept;
pub mod kept_rhythm;
#[cfg(feature = "log")]
pub mod log;
pub mod look;
pub mod mail;
pub mod notification;
pub mod parked;
pub mod person;
pub mod queue;
pub mod record;
pub mod secrets;
#[cfg(feature = "lambda")]
pub mod start;
pub mod stock;
pub mod table;
