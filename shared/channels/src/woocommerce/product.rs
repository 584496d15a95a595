//! Products. Their prices come without a currency, and their stock without a place where it lies.

use rihla_core::event::{Event, Fact, ProductChanged};
use serde::Deserialize;

use super::special_characters::decoded;
use crate::json::{self, Id, Text, Utc};
use crate::{Reading, Unreadable};

#[derive(Deserialize)]
struct Product<'a> {
    id: Id,
    #[serde(borrow)]
    name: Option<Text<'a>>,
    #[serde(borrow)]
    status: Option<Text<'a>>,
    parent_id: Option<Id>,
    #[serde(borrow, rename = "type")]
    kind: Option<Text<'a>>,
    date_created_gmt: Option<Utc>,
    date_modified_gmt: Option<Utc>,
}

/// Reads `product.created`, `product.updated` and `product.restored`.
pub(super) fn read(body: &[u8]) -> Result<Reading, Unreadable> {
    let product: Product<'_> = json::read(body)?;
    if product.is_variation() {
        return Ok(Reading::default());
    }
    let at = product.date_modified_gmt.or(product.date_created_gmt);
    let at = at.ok_or_else(|| Unreadable::missing("date_modified_gmt"))?.0;
    let changed = ProductChanged {
        product: product.id.0.clone(),
        title: product.name.as_ref().and_then(|name| name.limited(200)).map(|name| decoded(&name)),
        // A draft, or one that waits for somebody's word, is not sold.
        withdrawn: product.status.as_ref().and_then(Text::trimmed).is_some_and(|status| status != "publish"),
        ..ProductChanged::default()
    };
    Ok(Reading::events(vec![Event { at, fact: Fact::ProductChanged(changed) }]))
}

impl Product<'_> {
    /// One size or colour of a product, which orders name by the product's id.
    fn is_variation(&self) -> bool {
        let has_parent = self.parent_id.as_ref().is_some_and(|parent| parent.0 != "0");
        has_parent && self.kind.as_ref().and_then(Text::trimmed) == Some("variation")
    }
}
