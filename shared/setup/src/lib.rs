//! Reads and checks what a shop writes: brand, messages. Whatever is wrong is told with its file and line, all of
//! it at once, when the software is built or started, not when a customer should have got a mail.

mod brand;
mod fault;
mod messages;
mod yaml;

pub use brand::read_brand;
pub use fault::{Fault, Faults, nearest};
pub use messages::read_messages;
pub use yaml::read_yaml;
