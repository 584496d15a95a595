//! The functions in this process, on the embedded AWS: what Lambda, the queues' mappings, the topic and the schedule
//! do in a deployment is done here, on a clock that can be moved.

mod calendar;
mod drive;
mod http;
mod outside;
mod stack;

pub use http::{HttpAnswer, HttpRequest};
pub use outside::Outside;
pub use stack::{LOCAL_SECRETS, Stack, StackError};
