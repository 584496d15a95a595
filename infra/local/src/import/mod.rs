//! Imports: files that a former system exported become parked deliveries of the generic format, for the inbox queue of this
//! machine's account or of the one on AWS.

mod count;
mod plan;
mod report;
mod send;

pub use count::Counts;
pub use plan::{FileRead, ImportError, Plan};
pub use report::write_report;
pub use send::{bodies, send};
