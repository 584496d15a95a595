//! What goes with an order, from the orders of others.

use std::collections::BTreeSet;

use rihla_aws::table::{Freshness, Key, Table, TableError, Versioned};
use rihla_core::event::Line;
use rihla_core::identifier::CustomerId;
use rihla_core::matching::{Available, BASKETS_KEPT, Basket, PriceBand, offer, ranked};
use rihla_core::order::{Order, OrderKey};
use rihla_core::source::SourceId;
use rihla_core::stock::{Level, Product};
use serde_json::Value;

/// For so many products of an order is asked what goes with them.
const PRODUCTS_ASKED: usize = 12;

/// The most items that a message shows.
const MOST_ITEMS: usize = 4;

/// Of so many that go with an order is asked whether they can be had.
const SHORTLIST: usize = 12;

/// In so many shops is looked for an item.
const SHOPS_ASKED: i32 = 50;

/// So many items of a customer's record are searched for what they have.
const SEARCHED: i32 = 30;

/// The items that go with an order; none where nobody bought its products together with others.
pub(crate) async fn items(
    table: &Table,
    customer: &CustomerId,
    key: &OrderKey,
    order: &Order,
) -> Result<Vec<Line>, TableError> {
    let products = order.products();
    let others = orders_of(table, customer, &key.source).await?;
    let owned = products.iter().copied().chain(others.iter().flat_map(Order::products));
    let owned: BTreeSet<&str> = owned.map(|line| line.product.as_str()).collect();
    let mut known = Vec::new();
    for product in products.iter().take(PRODUCTS_ASKED) {
        known.push(baskets(table, &key.source, &product.product).await?);
    }
    let band = PriceBand::of(&products);
    let mut items = Vec::new();
    for line in ranked(&owned, &known).into_iter().take(SHORTLIST) {
        if items.len() < MOST_ITEMS {
            items.extend(offered(table, &key.source, line, &band).await?);
        }
    }
    Ok(items)
}

async fn baskets(table: &Table, source: &SourceId, product: &str) -> Result<Vec<Basket>, TableError> {
    let partition = Key::baskets(source, product);
    let found: Vec<(String, Versioned<Basket>)> =
        table.last_with_prefix(&partition, "B#", BASKETS_KEPT.into()).await?;
    Ok(found.into_iter().map(|(_, basket)| basket.document).collect())
}

/// What else somebody ordered at the source: of the last by their ids, which with most shops grow with time.
pub(crate) async fn orders_of(
    table: &Table,
    customer: &CustomerId,
    source: &SourceId,
) -> Result<Vec<Order>, TableError> {
    let partition = Key::profile(customer).pk;
    let found: Vec<(String, Versioned<Value>)> =
        table.last_with_prefix(&partition, &format!("O#{source}#"), SEARCHED).await?;
    // Of what belongs to an order, its own key alone ends with a `#`.
    let orders = found.into_iter().filter(|(sk, _)| sk.ends_with('#'));
    Ok(orders.filter_map(|(_, order)| serde_json::from_value(order.document).ok()).collect())
}

/// The item as it can be had today.
async fn offered(
    table: &Table,
    source: &SourceId,
    line: Line,
    band: &PriceBand,
) -> Result<Option<Line>, TableError> {
    let product: Option<Versioned<Product>> =
        table.get(&Key::product(source, &line.product), Freshness::MayBeStale).await?;
    let product = product.map(|found| found.document).unwrap_or_default();
    let mut levels: Vec<Level> = Vec::new();
    for item in product.items_of(&line.product) {
        let found = table.last_with_prefix(&Key::levels(source, &item), "L#", SHOPS_ASKED).await?;
        levels.extend(found.into_iter().map(|(_, level)| level.document));
    }
    Ok(offer(line, &product, levels.into_iter().collect::<Available>(), band))
}
