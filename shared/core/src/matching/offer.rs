//! Whether an item can be offered: still sold, in stock, and not out of all proportion to what was bought.

use crate::event::Line;
use crate::money::{Currency, Money};
use crate::stock::{Level, Product};

/// How many of a product are to be had in all shops, as far as they are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Available(Option<i64>);

impl FromIterator<Level> for Available {
    /// From all levels of its items; without any, nobody counts it.
    fn from_iter<Levels: IntoIterator<Item = Level>>(levels: Levels) -> Self {
        let sum = |sum: Option<i64>, level: Level| Some(sum.unwrap_or_default() + level.0.value.max(0));
        Self(levels.into_iter().fold(None, sum))
    }
}

impl Available {
    fn is_sold_out(self) -> bool {
        self.0.is_some_and(|count| count <= 0)
    }
}

/// The prices that fit an order: from a quarter of its cheapest item to twice its dearest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PriceBand(Option<(i64, i64, Currency)>);

impl PriceBand {
    /// Of an order. Where it tells no prices, or several currencies, every price fits.
    pub fn of(lines: &[&Line]) -> Self {
        let prices = || lines.iter().filter_map(|line| line.price).filter(|price| price.minor > 0);
        let (Some(least), Some(most)) = (prices().min(), prices().max()) else { return Self(None) };
        let currency = least.currency;
        let is_one = prices().all(|price| price.currency == currency);
        Self(is_one.then_some((least.minor / 4, most.minor.saturating_mul(2), currency)))
    }

    /// Whether a price fits. One in another currency cannot be compared, and does.
    pub fn has(&self, price: Money) -> bool {
        let fits =
            |(least, most, currency)| currency != price.currency || (least..=most).contains(&price.minor);
        price.minor > 0 && self.0.is_none_or(fits)
    }
}

/// The item as it is offered today, by the name and the price that the shop tells of the product now; none where it is
/// withdrawn, sold out, free of charge (a sample, a present) or not in the band.
pub fn offer(line: Line, product: &Product, available: Available, band: &PriceBand) -> Option<Line> {
    let told = product.clone();
    let is_withdrawn = told.withdrawn.is_some_and(|withdrawn| withdrawn.value);
    let title = told.title.map_or(line.title, |title| title.value);
    let price = told.price.map(|price| price.value).or(line.price);
    let fits = price.is_none_or(|price| band.has(price));
    (fits && !is_withdrawn && !available.is_sold_out()).then_some(Line { title, price, ..line })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instant::Instant;
    use crate::lattice::Latest;

    fn euros(minor: i64) -> Money {
        Money::new(minor, "EUR".parse().unwrap())
    }

    fn line(price: Option<Money>) -> Line {
        Line { product: "pot".into(), title: "Pot".into(), quantity: 1, price }
    }

    fn told<T>(value: T) -> Latest<T> {
        Latest::new(value, Instant::from_seconds(0))
    }

    #[test]
    fn prices_far_from_those_of_the_order_do_not_fit() {
        let (cheap, dear) = (line(Some(euros(800))), line(Some(euros(2_000))));
        let band = PriceBand::of(&[&cheap, &dear, &line(None), &line(Some(euros(0)))]);
        let fits = [199, 200, 4_000, 4_001].map(|minor| band.has(euros(minor)));
        assert_eq!(fits, [false, true, true, false]);
        assert!(band.has(Money::new(1, "JPY".parse().unwrap())), "nobody knows the rate");
        let unknown = PriceBand::of(&[&line(None)]);
        assert!(unknown.has(euros(1)) && !unknown.has(euros(0)));
        let mixed = PriceBand::of(&[&cheap, &line(Some(Money::new(5, "USD".parse().unwrap())))]);
        assert!(mixed.has(euros(999_999)));
    }

    #[test]
    fn what_cannot_be_bought_is_not_offered() {
        let band = PriceBand::of(&[&line(Some(euros(1_000)))]);
        let level = |count| Level(Latest::new(count, Instant::from_seconds(0)));
        let stock = |counts: &[i64]| -> Available { counts.iter().copied().map(level).collect() };
        let offered = |product: Product, counts: &[i64]| {
            offer(line(Some(euros(1_000))), &product, stock(counts), &band)
        };
        assert_eq!(
            offered(Product::default(), &[]),
            Some(line(Some(euros(1_000)))),
            "nobody counts it, nobody tells of it"
        );
        assert_eq!(offered(Product::default(), &[-3, 0]), None, "sold out");
        assert!(offered(Product::default(), &[-3, 1]).is_some(), "one shop has one");
        let withdrawn = Product { withdrawn: Some(told(true)), ..Product::default() };
        assert_eq!(offered(withdrawn, &[5]), None);
        let dearer = Product { price: Some(told(euros(2_001))), ..Product::default() };
        assert_eq!(offered(dearer, &[5]), None, "the price of today counts");
        let renamed = Product {
            title: Some(told("Teapot".to_owned())),
            price: Some(told(euros(900))),
            ..Product::default()
        };
        let offered = offered(renamed, &[5]).unwrap();
        assert_eq!((offered.title.as_str(), offered.price), ("Teapot", Some(euros(900))));
    }
}
