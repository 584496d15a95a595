//! Fits the models of [`rihla_core::forecast`] to a shop: how its customers buy, which is the prior of
//! [`rihla_core::rhythm`], too, and what they spend.
//!
//! Both are fitted by maximum likelihood to *counts* of customers who are alike, never to anybody's history: the counts
//! of parts of a shop add up, and even those of a large one are a few megabytes.

mod maximum;
mod purchase_counts;
mod purchasing;
mod spend_counts;
mod spending;

pub use purchase_counts::PurchaseCounts;
pub use spend_counts::SpendCounts;

/// Parameters, and how well they fit.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Fitted<Model> {
    /// The parameters.
    pub model: Model,
    /// The logarithm of the likelihood of the counts by them.
    pub log_likelihood: f64,
    /// How many customers were counted.
    pub customers: u64,
}

/// Why no parameters were found.
#[derive(Debug, thiserror::Error)]
pub enum FitError {
    /// Of so few customers nothing can be said.
    #[error(
        "customers who bought again: {repeaters}, of whom there must be {} at least",
        Self::REPEATERS_AT_LEAST
    )]
    TooFew {
        /// Customers who bought more than once.
        repeaters: u64,
    },
    /// The search for the maximum failed.
    #[error("the search for the parameters failed")]
    Search(#[source] argmin::core::Error),
}

impl FitError {
    /// So many customers must have bought more than once.
    pub const REPEATERS_AT_LEAST: u64 = 30;
}
