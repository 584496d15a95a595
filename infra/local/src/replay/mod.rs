//! Replays: a folder of a real shop's tables becomes the deliveries that its systems would have sent, in order of time.

mod arrival;
mod consent;
mod country;
mod olist;
mod online_retail;
mod outcome;
pub(crate) mod table;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rihla_core::event::Event;
use rihla_core::instant::Instant;
use rihla_core::money::NotMoney;
use rihla_core::source::SourceId;

pub use arrival::{Arrival, in_order, shuffled};
pub use outcome::{
    Ended, EndedAs, Lost, OrderFacts, OwedJourney, SentMail, lost, messages_twice, order_facts,
    orders_owed_a_follow_up,
};

use crate::shop::{Posted, standard_body};

/// The journey whose question the buyers of the data answered: how they found what they got.
pub const ANSWERED_JOURNEY: &str = "delivery-check";

/// What a folder of tables becomes.
#[derive(Debug)]
pub struct Replay {
    /// The source that sends all of it, by Standard Webhooks.
    pub source: SourceId,
    /// How many orders it tells of.
    pub orders: usize,
    /// The deliveries, by the time of what they tell.
    pub deliveries: Vec<Delivery>,
    /// What buyers answered when they were asked, by time.
    pub reviews: Vec<Review>,
    /// What of the tables was left out, with the reason and how many rows or invoices.
    pub left_out: BTreeMap<&'static str, usize>,
}

/// One delivery: facts of one occasion about one order. Its body is made when it is posted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Its id, the same when it is sent again.
    pub id: String,
    /// Whom it is about: the same text for all orders of one person.
    pub person: String,
    /// The order's id at the source.
    pub order: String,
    /// What it tells. At least one event.
    pub events: Vec<Event>,
}

/// A buyer's answer, to be given through the links of a mail about that order once it is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// The order's id at the source.
    pub order: String,
    /// The buyer's e-mail address, as in the deliveries.
    pub email: String,
    /// When the buyer answered. It can be before the order's mail: then it is given as soon as the mail is there.
    pub answered_at: Instant,
    /// 1 to 5.
    pub score: u8,
    /// What the buyer wrote.
    pub comment: Option<String>,
}

/// Why a folder could not be read as tables.
#[derive(Debug, thiserror::Error)]
pub enum ReplayError {
    /// Neither of the two known sets of tables.
    #[error("{}: neither Olist's tables (orders.csv.gz and its four companions) nor UCI Online Retail's file", path.display())]
    Unknown {
        /// What was looked at.
        path: PathBuf,
    },
    /// A file that is not there or not readable.
    #[error("{}: cannot be opened", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A row that does not have the columns it should have.
    #[error("{}: cannot be read as a table", path.display())]
    Row {
        /// The file.
        path: PathBuf,
        /// Which row and why.
        source: csv::Error,
    },
    /// An amount that is none.
    #[error("order {order}: a price cannot be read")]
    Price {
        /// The order.
        order: String,
        /// Why.
        source: NotMoney,
    },
    /// A row that names a row which another table does not have.
    #[error("order {order}: its {missing} is in no table")]
    Missing {
        /// The order.
        order: String,
        /// What is missing.
        missing: &'static str,
    },
    /// A time outside the calendar.
    #[error("order {order}: a time lies outside the calendar")]
    Time {
        /// The order.
        order: String,
        /// Why.
        source: jiff::Error,
    },
}

/// Reads a folder of Olist's tables, or UCI Online Retail's file or the folder that holds it; the first `limit` orders.
pub fn read(path: &Path, limit: Option<usize>) -> Result<Replay, ReplayError> {
    let limit = limit.unwrap_or(usize::MAX);
    if table::find(path, "orders").is_some() {
        return olist::read(path, limit);
    }
    match table::find(path, "online_retail") {
        Some(file) => online_retail::read(&file, limit),
        None => Err(ReplayError::Unknown { path: path.to_owned() }),
    }
}

impl Delivery {
    /// When what it tells became true.
    pub fn happened_at(&self) -> Instant {
        self.events.iter().map(|event| event.at).max().expect("a delivery tells at least one event")
    }
}

impl Replay {
    /// The bytes of one arrival.
    pub fn posted(&self, arrival: &Arrival) -> Posted {
        let delivery = &self.deliveries[arrival.delivery];
        Posted {
            at: arrival.at,
            source: self.source.clone(),
            delivery_id: delivery.id.clone(),
            topic: None,
            body: standard_body(&delivery.events),
        }
    }

    fn from_parts(source: &'static str, orders: usize, mut deliveries: Vec<Delivery>) -> Self {
        deliveries.sort_by_key(Delivery::happened_at);
        let source = SourceId::from_static(source);
        Self { source, orders, deliveries, reviews: Vec::new(), left_out: BTreeMap::new() }
    }
}
