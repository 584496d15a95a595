//! An order with its parcels.

use rihla_core::event::DisputeState;
use rihla_core::instant::Instant;
use rihla_core::parcel::ParcelState;
use rihla_core::source::Channel;
use serde::Serialize;

/// One order.
#[derive(Clone, Debug, Serialize)]
pub struct OrderView {
    /// Its key: source and id.
    pub key: String,
    /// The number that people see.
    pub number: String,
    /// The source that told it.
    pub source: String,
    /// The channel it came by.
    pub channel: Channel,
    /// When it was placed; unknown while only later facts have come in.
    pub placed_at: Option<Instant>,
    /// What it cost in all.
    pub total: Option<String>,
    /// What was bought.
    pub lines: Vec<LineView>,
    /// When it was paid.
    pub paid_at: Option<Instant>,
    /// When it was called off.
    pub cancelled_at: Option<Instant>,
    /// By when the buyer was told to have it.
    pub promised_at: Option<Instant>,
    /// Whether it is a trial of the shop's own.
    pub is_test: bool,
    /// Whether more parcels are to come.
    pub is_shipped_in_part: bool,
    /// Its parcels.
    pub parcels: Vec<ParcelView>,
    /// What went back.
    pub refunds: Vec<RefundView>,
    /// When a payment for it first failed, if it was never paid.
    pub payment_failed_at: Option<Instant>,
    /// What is disputed: what became of it, and since when.
    pub disputes: Vec<(DisputeState, Instant)>,
    /// What its source did not tell, and its provider was not asked for: there is no token to ask with.
    pub not_asked: Vec<&'static str>,
}

/// One product of an order.
#[derive(Clone, Debug, Serialize)]
pub struct LineView {
    /// Its name.
    pub title: String,
    /// How many.
    pub quantity: u32,
    /// What one costs.
    pub price: Option<String>,
}

/// One parcel.
#[derive(Clone, Debug, Serialize)]
pub struct ParcelView {
    /// The carrier's name.
    pub carrier: Option<String>,
    /// The carrier's tracking number.
    pub tracking: Option<String>,
    /// The state it is in.
    pub state: ParcelState,
    /// The states that it reached, by time.
    pub reached: Vec<(ParcelState, Instant)>,
}

/// Money that went back.
#[derive(Clone, Debug, Serialize)]
pub struct RefundView {
    /// How much.
    pub amount: String,
    /// Whether goods came back, too.
    pub goods_returned: bool,
    /// When.
    pub at: Instant,
}
