//! When what was bought is used up, from those who bought it again.

use std::collections::BTreeMap;

use rihla_aws::table::{Expect, Key, Table, TableError, Versioned, Write};
use rihla_core::event::Line;
use rihla_core::instant::Instant;
use rihla_core::order::OrderKey;
use rihla_core::replenish::{self, INTERVALS_KEPT, Interval};

use crate::matching::orders_of;
use crate::scene::Scene;

/// For so many products of an order is asked how long they last.
const PRODUCTS_ASKED: usize = 12;

/// The intervals that are known of a product, by their places beside it.
type Places = BTreeMap<String, Interval>;

/// The first product of what is looked at to be used up, and when; nothing where no journey asks for it, or nobody knows.
/// Notes how long its buyer had what they had bought before: a write for each of those products, once.
pub(crate) async fn first_used_up(
    table: &Table,
    scene: &Scene<'_>,
) -> Result<Option<(Line, Instant)>, TableError> {
    let (Some(key), Some(order)) = (scene.look.trigger.order(), scene.about().order()) else {
        return Ok(None);
    };
    if !scene.view("").asks_what_is_used_up(&scene.shop.journeys) {
        return Ok(None);
    }
    let mut known: Vec<(&str, Places)> = Vec::new();
    for line in order.products().into_iter().take(PRODUCTS_ASKED) {
        known.push((&line.product, places(table, &key, &line.product).await?));
    }
    let others = orders_of(table, &scene.look.customer, &key.source).await?;
    note(table, &key, replenish::intervals(order, &others), &known).await?;
    let intervals = known.into_iter().map(|(product, places)| (product, places.into_values().collect()));
    let first = replenish::first_used_up(order, &others, &intervals.collect::<Vec<_>>());
    Ok(first.map(|first| (first.line.clone(), first.at)))
}

async fn places(table: &Table, key: &OrderKey, product: &str) -> Result<Places, TableError> {
    let partition = Key::baskets(&key.source, product);
    let found: Vec<(String, Versioned<Interval>)> =
        table.last_with_prefix(&partition, "R#", INTERVALS_KEPT.into()).await?;
    Ok(found.into_iter().map(|(place, interval)| (place, interval.document)).collect())
}

/// Notes what is not there yet. Of two orders that share a place the one that is looked at last has it.
async fn note(
    table: &Table,
    key: &OrderKey,
    learned: Vec<(&Line, Interval)>,
    known: &[(&str, Places)],
) -> Result<(), TableError> {
    let write = |(line, interval): (&Line, Interval)| {
        let place = Key::interval(&key.source, &line.product, key);
        let (_, places) = known.iter().find(|(product, _)| *product == line.product)?;
        let is_news = places.get(&place.sk) != Some(&interval);
        is_news.then(|| Write::new(place, &interval, Expect::Anything))
    };
    table.put_each(learned.into_iter().filter_map(write).collect()).await
}
