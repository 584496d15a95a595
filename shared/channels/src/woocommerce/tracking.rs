//! Tracking numbers, as the plugins "Shipment Tracking" and "Advanced Shipment Tracking" keep them in an order.

use rihla_core::event::ParcelMoved;
use rihla_core::instant::Instant;
use rihla_core::parcel::ParcelState;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::json::{self, Seconds, Text};

const KEY: &str = "_wc_shipment_tracking_items";

#[derive(Deserialize)]
struct Meta<'a> {
    #[serde(borrow)]
    key: Text<'a>,
    #[serde(borrow)]
    value: &'a RawValue,
}

#[derive(Deserialize)]
#[expect(clippy::struct_field_names, reason = "the fields are called as the plugins call them")]
pub(super) struct Tracking<'a> {
    #[serde(borrow)]
    tracking_number: Text<'a>,
    #[serde(borrow)]
    tracking_provider: Option<Text<'a>>,
    #[serde(borrow)]
    custom_tracking_provider: Option<Text<'a>>,
    /// The day, as its first second.
    #[serde(borrow)]
    date_shipped: Option<&'a RawValue>,
}

/// The tracking numbers in an order's `meta_data`. Nothing where there are none; a fault where a plugin keeps them in
/// some other way. What other plugins keep there is theirs alone.
pub(super) fn trackings(meta_data: Option<&RawValue>) -> Result<Vec<Tracking<'_>>, crate::Unreadable> {
    let metas: Vec<Meta<'_>> =
        meta_data.and_then(|meta_data| json::read(bytes(meta_data)).ok()).unwrap_or_default();
    match metas.into_iter().find(|meta| meta.key.trimmed() == Some(KEY)) {
        Some(meta) => json::read(bytes(meta.value)),
        None => Ok(Vec::new()),
    }
}

impl Tracking<'_> {
    /// Where it is by the shop's word, which has it handed over on the day that it says.
    pub(super) fn moved(&self, order: &str) -> Option<ParcelMoved> {
        let carrier = [&self.custom_tracking_provider, &self.tracking_provider];
        Some(ParcelMoved {
            order: Some(order.to_owned()),
            parcel: None,
            tracking: Some(self.tracking_number.limited(100)?),
            carrier: carrier.into_iter().flatten().find_map(|carrier| carrier.limited(100)),
            state: ParcelState::HandedOver,
        })
    }

    pub(super) fn shipped_at(&self) -> Option<Instant> {
        let seconds: Seconds = json::read(bytes(self.date_shipped?)).ok()?;
        Some(seconds.0)
    }
}

fn bytes(value: &RawValue) -> &[u8] {
    value.get().as_bytes()
}
