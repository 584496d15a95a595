//! Products. Their prices come without a currency.

use rihla_core::event::{Fact, ProductChanged};
use rihla_core::instant::Instant;
use serde::Deserialize;

use super::bare::bare;
use super::{Told, event};
use crate::json::{self, Id, Text};
use crate::{Reading, Unreadable};

/// Shopify's own limit of variants is below this.
const ITEMS_LIMIT: usize = 2_048;

#[derive(Deserialize)]
struct Product<'a> {
    id: Id,
    #[serde(borrow)]
    title: Option<Text<'a>>,
    #[serde(borrow)]
    status: Option<Text<'a>>,
    variants: Option<Vec<Variant>>,
    created_at: Option<Instant>,
    updated_at: Option<Instant>,
}

#[derive(Deserialize)]
struct Variant {
    /// What is counted in stock.
    inventory_item_id: Option<Id>,
}

#[derive(Deserialize)]
struct Deleted {
    id: Id,
}

/// Reads `products/create` and `products/update`.
pub(super) fn read(body: &[u8], told: &Told<'_>) -> Result<Reading, Unreadable> {
    let product: Product<'_> = json::read(bare(body, "product")?)?;
    let at = product.updated_at.or(product.created_at).map_or_else(|| told.time(), Ok)?;
    let status = product.status.as_ref().and_then(Text::trimmed);
    let variants = product.variants.iter().flatten().take(ITEMS_LIMIT);
    let changed = ProductChanged {
        product: product.id.0.clone(),
        title: product.title.as_ref().and_then(|title| title.limited(200)),
        items: variants.filter_map(|variant| Some(variant.inventory_item_id.as_ref()?.0.clone())).collect(),
        withdrawn: matches!(status, Some("draft" | "archived")),
        ..ProductChanged::default()
    };
    let reading = Reading::events(vec![event(at, Fact::ProductChanged(changed))]);
    // `unlisted` is sold to whoever has the link.
    Ok(match status {
        None | Some("active" | "draft" | "archived" | "unlisted") => reading,
        Some(status) => reading.and_unknown("status", status),
    })
}

/// Reads `products/delete`, which tells the id alone.
pub(super) fn read_deleted(body: &[u8], told: &Told<'_>) -> Result<Reading, Unreadable> {
    let Deleted { id } = json::read(body)?;
    let changed = ProductChanged { product: id.0, withdrawn: true, ..ProductChanged::default() };
    Ok(Reading::events(vec![event(told.time()?, Fact::ProductChanged(changed))]))
}
