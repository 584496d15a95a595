//! What a former system exports, read into events: customers with their consent, orders, and Amazon Pinpoint's endpoints,
//! as CSV or JSON Lines.
//!
//! Columns are known by their names, those of Shopify, `WooCommerce`, Klaviyo, Mailchimp and Omnisend among them
//! (`docs/importing.md` has them all). Every line becomes events or a reason; a value that is no good is left out with its
//! reason, and the rest of its line is taken.
//!
//! Here nothing knows the time: what an export tells without a time is dated when it was made.

mod amount;
mod consent;
mod customer;
mod deliveries;
mod draft;
mod endpoint;
mod file;
mod kind;
mod order;
mod order_line;
mod person;
mod refusal;
mod row;
mod time;

pub use deliveries::{Limits, Told, deliveries};
pub use draft::Reading;
pub use file::NotATable;
pub use kind::Kind;
pub use refusal::Refusal;

use file::{Table, table};
use rihla_core::instant::Instant;
use row::Row;

/// How a file is to be read.
#[derive(Clone, Debug)]
pub struct Rules {
    /// What it holds, where its columns are not to tell.
    pub kind: Option<Kind>,
    /// The zone of its times that name none.
    pub zone: jiff::tz::TimeZone,
    /// Nothing may be told of what comes later: when the export was made, or now.
    pub latest: Instant,
    /// How those agreed whom the former system does not name as having opted out, in the words that are kept with it.
    /// Without such words, not having opted out is no consent.
    pub opted_in: Option<String>,
}

/// Why a whole file is not read.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// It is no table.
    #[error(transparent)]
    NotATable(#[from] NotATable),
    /// Its columns are those of nothing that is known here.
    #[error("its columns are neither a customer's nor an order's nor an endpoint's: {0}")]
    Unrecognised(String),
}

/// Reads one file. Its name tells only what Mailchimp tells by it: who is subscribed.
pub fn read(name: &str, bytes: &[u8], rules: &Rules) -> Result<Reading, Unreadable> {
    let Table { columns, rows } = table(bytes)?;
    let kind = rules.kind.or_else(|| Kind::of(&columns));
    let kind = kind.ok_or_else(|| Unreadable::Unrecognised(columns.join(", ")))?;
    let mut reading = Reading::new(kind, &rows);
    match kind {
        Kind::Customers => customer::read(name, &rows, rules, &mut reading),
        Kind::Orders => order::read(&rows, rules, &mut reading),
        Kind::Endpoints => endpoint::read(&rows, rules, &mut reading),
    }
    Ok(reading)
}
