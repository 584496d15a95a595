use serde::Serialize;

use crate::Item;
use crate::bidi::isolate;
use crate::format::Style;
use crate::text;

const SHOWN_ITEMS: usize = 4;

#[derive(Serialize)]
pub(super) struct ItemView {
    title: String,
    price: Option<String>,
    url: String,
    image_url: Option<String>,
    review_url: Option<String>,
}

/// The first of the items that have a page.
pub(super) fn views(items: &[Item], style: &Style) -> Option<Vec<ItemView>> {
    first(items.iter().filter_map(|item| view(item, style)))
}

/// The first of the items that can be reviewed.
pub(super) fn reviewable(items: &[Item], style: &Style) -> Option<Vec<ItemView>> {
    first(items.iter().filter_map(|item| view(item, style)).filter(|item| item.review_url.is_some()))
}

fn first(items: impl Iterator<Item = ItemView>) -> Option<Vec<ItemView>> {
    let shown: Vec<ItemView> = items.take(SHOWN_ITEMS).collect();
    (!shown.is_empty()).then_some(shown)
}

fn view(item: &Item, style: &Style) -> Option<ItemView> {
    Some(ItemView {
        title: isolate(text::title(&item.title), style.direction),
        price: item.price.as_ref().map(|price| style.money(price)),
        url: text::link(&item.url)?,
        image_url: item.image_url.as_deref().and_then(text::link),
        review_url: item.review_url.as_deref().and_then(text::link),
    })
}
