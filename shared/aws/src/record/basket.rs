//! What was bought together: for each product of an order, the other products of it.

use rihla_core::matching::baskets;
use rihla_core::order::{Order, OrderKey};

use super::Recorder;
use crate::table::{Expect, Key, Write};

impl Recorder {
    /// Notes what was bought together, where the order told it for the first time.
    pub(super) fn baskets(key: &OrderKey, known: Option<&Order>, order: &Order) -> Vec<Write> {
        let products = order.products();
        let told_before = known.is_some_and(|known| known.placed.is_some() && known.products() == products);
        let (Some(placed_at), false) = (order.placed_at(), told_before) else { return Vec::new() };
        if order.is_test() {
            return Vec::new();
        }
        let write = |(product, basket): (&str, _)| {
            Write::new(Key::basket(&key.source, product, key), &basket, Expect::Anything)
        };
        baskets(key, placed_at, &products).into_iter().map(write).collect()
    }
}
