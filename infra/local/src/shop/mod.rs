//! The shop that sends: deliveries as a source's servers would post them, and what customers do with their mails.

mod standard;

pub use standard::standard_body;

use rihla_core::instant::Instant;
use rihla_core::source::SourceId;

/// One delivery as a source posts it to `/hooks/{source}`; it is signed at the moment of posting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posted {
    /// When it is posted. With repeats and late deliveries this is later than what it tells of.
    pub at: Instant,
    /// The source that posts it.
    pub source: SourceId,
    /// The delivery's id: the same when it is sent again.
    pub delivery_id: String,
    /// Shopify's topic; absent for a source that signs by Standard Webhooks, whose body names its type.
    pub topic: Option<&'static str>,
    /// The exact bytes.
    pub body: Vec<u8>,
}
