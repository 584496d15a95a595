//! The effects: the table, the queues, mail and secrets over the AWS SDK clients, and what two functions share of them.

pub mod clock;
pub mod mail;
pub mod parked;
pub mod queue;
pub mod record;
pub mod secrets;
pub mod table;
