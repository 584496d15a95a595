//! What goes with an order, from the orders of others.

use rihla_aws::record::Basket;
use rihla_aws::table::{Key, Table, TableError, Versioned};
use rihla_core::event::Line;
use rihla_core::matching::matching;
use rihla_core::order::{Order, OrderKey};

/// How many of the newest orders of each product are asked.
const ORDERS_ASKED: i32 = 30;

/// For so many products of an order is asked what goes with them.
const PRODUCTS_ASKED: usize = 4;

/// The most items that a message shows.
const MOST_ITEMS: usize = 4;

/// The items that go with an order; none where nobody bought its products together with others.
pub(crate) async fn items(table: &Table, key: &OrderKey, order: &Order) -> Result<Vec<Line>, TableError> {
    let products = order.products();
    let mut baskets: Vec<(String, Vec<Line>)> = Vec::new();
    for product in products.iter().take(PRODUCTS_ASKED) {
        let partition = Key::baskets(&key.source, &product.product);
        let found: Vec<(String, Versioned<Basket>)> =
            table.last_with_prefix(&partition, "B#", ORDERS_ASKED).await?;
        baskets.extend(found.into_iter().map(|(sk, basket)| (sk, basket.document.others)));
    }
    // The key begins with the time of the order: the newest of all first.
    baskets.sort_by(|(one, _), (other, _)| other.cmp(one));
    let baskets: Vec<Vec<Line>> = baskets.into_iter().map(|(_, others)| others).collect();
    Ok(matching(&products, &baskets, MOST_ITEMS))
}
