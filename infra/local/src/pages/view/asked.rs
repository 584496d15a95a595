//! What staff are told by `console`: where a customer stands, and what happened.

use rihla_core::instant::Instant;
use serde::Serialize;

/// Where a customer stands with the shop.
#[derive(Clone, Debug, Serialize)]
pub struct StandingView {
    /// The stage.
    pub stage: String,
    /// Since when.
    pub since: Option<Instant>,
    /// The one that comes next if nothing is bought, and when.
    pub next: Option<(String, Instant)>,
    /// The group among the shop's customers.
    pub group: Option<GroupView>,
    /// What was spent to date, net of what went back, by currency.
    pub value: Vec<String>,
    /// What they are likely to buy.
    pub forecast: Option<ForecastView>,
    /// Why nothing is forecast.
    pub no_forecast_because: Option<String>,
}

/// A group of customers.
#[derive(Clone, Debug, Serialize)]
pub struct GroupView {
    /// Its name.
    pub name: String,
    /// What is to be thought of it.
    pub sentence: String,
    /// Recency, frequency and money, from 1 to 3.
    pub scores: [u64; 3],
}

/// The next twelve months.
#[derive(Clone, Debug, Serialize)]
pub struct ForecastView {
    /// Purchases to be expected.
    pub purchases: String,
    /// Of ten such customers eight lie between.
    pub purchases_between: [u64; 2],
    /// Money to be expected.
    pub net: Option<String>,
    /// Of ten such customers eight lie between.
    pub net_between: Option<(String, String)>,
    /// By which model.
    pub model: String,
    /// When it was fitted.
    pub fitted_at: Instant,
}

/// A page of what happened.
#[derive(Clone, Debug, Serialize)]
pub struct TimelineView {
    /// The newest first.
    pub entries: Vec<EntryView>,
    /// What the next page is asked for by.
    pub next: Option<String>,
    /// Whether it is the first page.
    pub is_first: bool,
}

/// One thing that happened.
#[derive(Clone, Debug, Serialize)]
pub struct EntryView {
    /// When.
    pub at: Instant,
    /// What kind of thing.
    pub kind: String,
    /// What it was.
    pub text: String,
    /// Who told it.
    pub source: Option<String>,
}
