//! Which products go best with an order.

use std::collections::{BTreeMap, BTreeSet};

use super::Basket;
use crate::event::Line;
use crate::instant::Instant;

/// What is as good as the sum of all that can be seen of it: numbers are whole, so that no order of adding matters.
const UNIT: u64 = 1_000_000_000_000;

/// The products that were bought together with those of an order, the one that goes best first, each with the name and the
/// price of its latest order. `known` has what is remembered beside each product of the order; `owned` are the products
/// that are not looked for, those of the order among them.
///
/// A basket counts for less the more products it had, because that two of a hundred stand beside each other says little,
/// and for less the more baskets its product has (by their root), so that one product of the order that everybody buys does
/// not drown the others. How often the found product is bought anyway is not divided by: measured, that finds more of what
/// belongs in the same order, and less of what is bought next (`docs/matching.md`).
pub fn ranked(owned: &BTreeSet<&str>, known: &[Vec<Basket>]) -> Vec<Line> {
    let mut found: BTreeMap<&str, Found<'_>> = BTreeMap::new();
    for baskets in known {
        let root_of_count = (baskets.len() as u64 * 10_000).isqrt();
        for basket in baskets {
            let weight = UNIT / (u64::from(basket.products.max(1)) * root_of_count);
            for line in basket.others.iter().filter(|line| !owned.contains(line.product.as_str())) {
                found
                    .entry(&line.product)
                    .or_insert(Found { score: 0, latest: (basket.at, line) })
                    .add(weight, basket.at, line);
            }
        }
    }
    let mut ranked: Vec<Found<'_>> = found.into_values().collect();
    // Stable: of two that are as good, the one whose id comes first.
    ranked.sort_by_key(|found| std::cmp::Reverse(found.score));
    ranked.into_iter().map(|found| found.latest.1.clone()).collect()
}

struct Found<'a> {
    score: u64,
    latest: (Instant, &'a Line),
}

impl<'a> Found<'a> {
    fn add(&mut self, weight: u64, at: Instant, line: &'a Line) {
        self.score += weight;
        self.latest = self.latest.max((at, line));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn line(product: &str) -> Line {
        Line { product: product.into(), title: product.to_uppercase(), quantity: 1, price: None }
    }

    fn basket(day: i64, products: u32, others: &str) -> Basket {
        let others = others.split(' ').map(line).collect();
        Basket { at: Instant::from_seconds(day * 86_400), products, others }
    }

    fn names(owned: &[&str], known: &[Vec<Basket>]) -> Vec<String> {
        let owned = owned.iter().copied().collect();
        ranked(&owned, known).into_iter().map(|line| line.product).collect()
    }

    #[test]
    fn what_is_bought_together_more_often_goes_better() {
        let tea = vec![basket(1, 2, "cup"), basket(2, 2, "pot"), basket(3, 2, "pot"), basket(4, 2, "tea")];
        assert_eq!(names(&["tea"], std::slice::from_ref(&tea)), ["pot", "cup"]);
        assert_eq!(names(&["tea", "pot"], &[tea]), ["cup"], "what somebody has is not suggested");
        assert!(names(&[], &[]).is_empty() && names(&["tea"], &[Vec::new()]).is_empty());
    }

    #[test]
    fn a_small_order_says_more_than_two_big_ones() {
        let tea = vec![basket(1, 90, "lamp"), basket(2, 90, "lamp"), basket(3, 3, "sieve")];
        assert_eq!(names(&["tea"], &[tea]), ["sieve", "lamp"]);
    }

    #[test]
    fn what_everybody_buys_does_not_drown_the_rest() {
        // The bag is in every order, nine times with the card; the rare pipe was twice bought, once with tobacco. By
        // count it were 9 to 1.
        let bag: Vec<Basket> =
            (0..60).map(|day| basket(day, 2, if day < 9 { "card" } else { "bag" })).collect();
        let pipe = vec![basket(1, 2, "tobacco"), basket(2, 2, "tobacco")];
        assert_eq!(names(&["bag", "pipe"], &[bag, pipe]), ["tobacco", "card"]);
    }

    #[test]
    fn the_latest_name_is_shown() {
        let renamed = |day, title: &str| {
            let others = vec![Line { title: title.into(), ..line("pot") }];
            Basket { others, ..basket(day, 2, "pot") }
        };
        let known = vec![renamed(2, "Teapot, blue"), renamed(1, "Teapot")];
        assert_eq!(ranked(&BTreeSet::new(), &[known])[0].title, "Teapot, blue");
    }

    proptest! {
        /// Whatever came in whatever order: the same is suggested, each product once, nothing of what is owned.
        #[test]
        fn the_order_of_what_is_known_does_not_matter(
            known in prop::collection::vec(prop::collection::vec((0..9_i64, 2..40_u32, "[a-f]( [a-f]){0,3}"), 0..8), 0..4),
        ) {
            let known: Vec<Vec<Basket>> = known
                .into_iter()
                .map(|baskets| baskets.into_iter().map(|(day, count, others)| basket(day, count, &others)).collect())
                .collect();
            let suggested = names(&["a"], &known);
            let mut turned = known.clone();
            turned.reverse();
            for baskets in &mut turned {
                baskets.reverse();
            }
            prop_assert_eq!(&suggested, &names(&["a"], &turned));
            prop_assert_eq!(suggested.iter().collect::<BTreeSet<_>>().len(), suggested.len());
            prop_assert!(!suggested.contains(&"a".to_owned()));
        }
    }
}
