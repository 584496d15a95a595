//! What the local pages show and the reports count, read from the table as it lies there.

mod asked;
mod customer;
mod front;
mod history;
mod linked;
mod mailbox;
mod report;
mod stored;
mod talk;

pub use asked::{standing, timeline};
pub use customer::{customer, customers};
pub use front::front;
pub use mailbox::{mail, mailbox};
pub use report::{Counted, Report};
pub use stored::{Record, Stored};
