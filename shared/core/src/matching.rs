//! What goes with an order: what others bought together with its products.

use std::collections::BTreeMap;

use crate::event::Line;

/// The products most often bought together with those of an order, the most frequent first; of equally frequent ones
/// the one bought more lately. `baskets` are the other products of orders in which one of them was bought, the newest
/// first. What the order has itself is left out.
pub fn matching(owned: &[&Line], baskets: &[Vec<Line>], most: usize) -> Vec<Line> {
    let mut found: BTreeMap<&str, (usize, usize, &Line)> = BTreeMap::new();
    for (age, line) in
        baskets.iter().enumerate().flat_map(|(age, lines)| lines.iter().map(move |line| (age, line)))
    {
        found.entry(&line.product).or_insert((0, age, line)).0 += 1;
    }
    found.retain(|product, _| owned.iter().all(|line| line.product != *product));
    let mut ranked: Vec<_> = found.into_values().collect();
    ranked.sort_by_key(|(count, age, line)| (std::cmp::Reverse(*count), *age, line.product.clone()));
    ranked.into_iter().take(most).map(|(_, _, line)| line.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(product: &str) -> Line {
        Line { product: product.into(), title: product.to_uppercase(), quantity: 1, price: None }
    }

    #[test]
    fn the_most_frequent_first_then_the_latest_and_nothing_owned() {
        let baskets: Vec<Vec<Line>> = ["cup", "pot sieve", "pot", "tea sieve", "tin"]
            .iter()
            .map(|basket| basket.split(' ').map(line).collect())
            .collect();
        let names = |most| -> Vec<String> {
            matching(&[&line("tea")], &baskets, most).into_iter().map(|line| line.product).collect()
        };
        assert_eq!(names(9), ["pot", "sieve", "cup", "tin"]);
        assert_eq!(names(2), ["pot", "sieve"]);
        assert!(matching(&[], &[], 4).is_empty());
    }
}
