use rihla_channels::{Headers, Secret, sign};
use rihla_core::instant::Instant;
use rihla_core::source::SourceId;

/// The domain that the sample shop has at Shopify.
pub const SHOP_DOMAIN: &str = "sidra-home.myshopify.com";

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

impl Posted {
    /// The headers to post it with at `now`, signed as its provider signs. Nothing when no key can be made of `secret`.
    pub fn headers(&self, secret: &Secret, now: Instant) -> Option<Headers> {
        let Self { delivery_id, body, .. } = self;
        match self.topic {
            Some(topic) => sign::shopify(secret, topic, SHOP_DOMAIN, delivery_id, now, body),
            None => sign::standard_webhooks(secret, delivery_id, now, body),
        }
    }
}
