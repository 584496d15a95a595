//! The front page: what was run, what came of it, what it cost.

use rihla_core::instant::Instant;
use serde::Serialize;

/// The run.
#[derive(Clone, Debug, Serialize)]
pub struct FrontView {
    /// What was run, such as `The sample week`.
    pub what: String,
    /// The time on the clock when it began.
    pub from: Instant,
    /// The time on the clock now.
    pub now: Instant,
    /// What came in and went out, in the order in which it is shown.
    pub figures: Vec<Figure>,
    /// What became of each journey's follow-ups.
    pub journeys: Vec<JourneyRow>,
    /// What the mail provider reported, such as `delivered`, and of how many mails.
    pub outcomes: Vec<Count>,
    /// What it cost at list prices.
    pub costs: Vec<CostLine>,
    /// All of it.
    pub cost_total: String,
    /// The same for a million orders, where that can be said.
    pub cost_per_million_orders: Option<String>,
}

/// A number with its name.
#[derive(Clone, Debug, Serialize)]
pub struct Figure {
    /// What is counted.
    pub label: String,
    /// How many, or how much.
    pub value: String,
    /// What is to be said of it, in a few words.
    pub note: Option<String>,
}

/// What is counted, and how many.
#[derive(Clone, Debug, Serialize)]
pub struct Count {
    /// What is counted.
    pub what: String,
    /// How many.
    pub count: u64,
}

/// What became of one journey's follow-ups.
#[derive(Clone, Debug, Serialize)]
pub struct JourneyRow {
    /// Its name.
    pub journey: String,
    /// Taken by the mail provider.
    pub sent: u64,
    /// To be looked at again.
    pub deferred: u64,
    /// Not sent, for good.
    pub refused: u64,
    /// Claimed, and nobody knows whether it was sent.
    pub in_doubt: u64,
    /// Why the refused ones were refused: the guards, the most frequent first.
    pub refused_because: Vec<Count>,
    /// Why follow-ups had to wait, counted each time.
    pub deferred_because: Vec<Count>,
}

/// One line of the bill.
#[derive(Clone, Debug, Serialize)]
pub struct CostLine {
    /// What for.
    pub what: String,
    /// How much of it.
    pub quantity: String,
    /// In dollars, such as `0.0123`.
    pub usd: String,
}
