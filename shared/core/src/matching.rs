//! What goes with an order: what others bought together with its products.
//!
//! Beside each product a bounded sample is kept of the orders that had it ([`Basket`]): every order has one of
//! [`BASKETS_KEPT`] places, and takes it over from the one before. So nothing has to be read to note an order, nothing is
//! counted at night, and what is known fades by as much as is bought. How well it does: `docs/matching.md`.

mod offer;
mod rank;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::event::Line;
use crate::instant::Instant;
use crate::order::OrderKey;

pub use offer::{Available, PriceBand, offer};
pub use rank::ranked;

/// How many orders are remembered beside a product.
pub const BASKETS_KEPT: u8 = 64;

/// An order is noted beside so many of its products: so many writes it costs at most.
const NOTED_BESIDE: usize = 12;

/// So many other products are noted beside each: with names and prices some 1 KB.
const OTHERS_NOTED: usize = 10;

/// An order in which a product was bought with others, as it is remembered beside that product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basket {
    /// When it was placed.
    pub at: Instant,
    /// How many different products it had in all.
    pub products: u32,
    /// The others; of a big order some of them.
    pub others: Vec<Line>,
}

/// What an order adds: baskets, each with the product beside which it is remembered. Of a big order it is chance which
/// products that is and which others are noted, the same chance each time.
pub fn baskets<'a>(key: &OrderKey, at: Instant, products: &[&'a Line]) -> Vec<(&'a str, Basket)> {
    let Ok(count @ 2..) = u32::try_from(products.len()) else { return Vec::new() };
    let mut drawn = products.to_vec();
    drawn.sort_by_cached_key(|line| draw(key, &line.product));
    let others = |place: usize| {
        let after = drawn.iter().cycle().skip(place + 1);
        after.take(OTHERS_NOTED.min(drawn.len() - 1)).map(|line| Line::clone(line)).collect()
    };
    let basket =
        |place: usize| (drawn[place].product.as_str(), Basket { at, products: count, others: others(place) });
    (0..drawn.len().min(NOTED_BESIDE)).map(basket).collect()
}

/// The place that an order takes beside a product, from 0.
pub fn place(key: &OrderKey) -> u8 {
    draw(key, "")[0] % BASKETS_KEPT
}

fn draw(key: &OrderKey, product: &str) -> [u8; 32] {
    Sha256::new().chain_update(key.to_string()).chain_update("#").chain_update(product).finalize().into()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn lines(count: usize) -> Vec<Line> {
        let line = |number: usize| Line {
            product: format!("p{number}"),
            title: format!("Product {number}"),
            quantity: 1,
            price: None,
        };
        (0..count).map(line).collect()
    }

    fn noted(order: &str, lines: &[Line]) -> Vec<(String, Basket)> {
        let key = OrderKey { source: "web".parse().unwrap(), order: order.to_owned() };
        let products: Vec<&Line> = lines.iter().collect();
        let noted = baskets(&key, Instant::from_seconds(0), &products);
        noted.into_iter().map(|(product, basket)| (product.to_owned(), basket)).collect()
    }

    #[test]
    fn each_product_of_an_order_remembers_the_others() {
        for count in [2, 3, 10, 11, 12, 13, 400] {
            let noted = noted("1", &lines(count));
            assert_eq!(noted.len(), count.min(NOTED_BESIDE));
            let beside: BTreeSet<&String> = noted.iter().map(|(product, _)| product).collect();
            assert_eq!(beside.len(), noted.len(), "each product once");
            for (product, basket) in &noted {
                let others: BTreeSet<&String> = basket.others.iter().map(|line| &line.product).collect();
                assert_eq!(others.len(), (count - 1).min(OTHERS_NOTED), "each other product once");
                assert!(!others.contains(product));
                assert_eq!(basket.products as usize, count);
            }
        }
        assert!(noted("1", &lines(1)).is_empty() && noted("1", &[]).is_empty());
    }

    #[test]
    fn of_a_big_order_the_same_is_noted_however_its_lines_stand() {
        let mut lines = lines(40);
        let before = noted("1", &lines);
        lines.reverse();
        assert_eq!(before, noted("1", &lines));
        assert_ne!(before, noted("2", &lines));
    }

    #[test]
    fn orders_spread_over_all_places() {
        let place_of =
            |number: u32| place(&OrderKey { source: "web".parse().unwrap(), order: number.to_string() });
        let mut counts = [0_u32; BASKETS_KEPT as usize];
        for number in 0..6_400 {
            counts[usize::from(place_of(number))] += 1;
        }
        assert!(counts.iter().all(|count| (50..=150).contains(count)), "{counts:?}");
    }
}
