//! What lies in which shop, as lattices, and which shop near a customer has it.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use crate::event::{LocationChanged, Place, ProductChanged};
use crate::instant::Instant;
use crate::lattice::{Join, Latest};
use crate::money::Money;

/// How many of an item are to be had at a location.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Level(pub Latest<i64>);

/// A shop or warehouse. Every word on it says all of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Location(pub Latest<LocationDetails>);

/// What is known of a shop or warehouse.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LocationDetails {
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Street and number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Whether it is closed for good.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub closed: bool,
}

/// A product.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Latest<String>>,
    /// The lowest price of its items.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Latest<Money>>,
    /// The items that are counted for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub items: Option<Latest<Vec<String>>>,
    /// Whether it is no longer sold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Latest<bool>>,
}

impl Join for Level {
    fn join(&mut self, other: Self) {
        self.0.join(other.0);
    }
}

impl Join for Location {
    fn join(&mut self, other: Self) {
        self.0.join(other.0);
    }
}

impl Join for Product {
    fn join(&mut self, other: Self) {
        self.title.join(other.title);
        self.price.join(other.price);
        self.items.join(other.items);
        self.withdrawn.join(other.withdrawn);
    }
}

impl Location {
    /// What a change at `at` tells.
    pub fn of(changed: &LocationChanged, at: Instant) -> Self {
        let LocationChanged { name, place, address, closed, .. } = changed.clone();
        Self(Latest::new(LocationDetails { name, place, address, closed }, at))
    }
}

impl Product {
    /// What a change at `at` tells.
    pub fn of(changed: &ProductChanged, at: Instant) -> Self {
        let items = Some(changed.items.clone()).filter(|items| !items.is_empty());
        Self {
            title: changed.title.clone().map(|title| Latest::new(title, at)),
            price: changed.price.map(|price| Latest::new(price, at)),
            items: items.map(|items| Latest::new(items, at)),
            withdrawn: Some(Latest::new(changed.withdrawn, at)),
        }
    }

    /// The items that are counted for the product of this id: itself where nothing else was told.
    pub fn items_of(&self, product: &str) -> Vec<String> {
        match &self.items {
            Some(items) => items.value.clone(),
            None => vec![product.to_owned()],
        }
    }
}

/// A shop that has a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InStock {
    /// The shop.
    pub location: LocationDetails,
    /// How many it has.
    pub available: i64,
}

/// The shops that have something, the nearest to `customer` first: of the same town, then region, then country; of two
/// as near the one that has more. Without a customer's place, or a shop's, it counts as far away.
pub fn nearest_first(mut shops: Vec<InStock>, customer: Option<&Place>) -> Vec<InStock> {
    shops.retain(|shop| shop.available > 0 && !shop.location.closed);
    shops.sort_by_key(|shop| {
        let nearness = nearness(shop.location.place.as_ref(), customer);
        (Reverse(nearness), Reverse(shop.available), shop.location.name.clone())
    });
    shops
}

/// Whether a shop is in the customer's own town or region, as far as that is known.
pub fn is_near(shop: &Place, customer: &Place) -> bool {
    nearness(Some(shop), Some(customer)) >= 2
}

/// How much of two places is the same, from 0 (nothing that is known) to 3 (the town).
fn nearness(shop: Option<&Place>, customer: Option<&Place>) -> u8 {
    let (Some(shop), Some(customer)) = (shop, customer) else { return 0 };
    let same = |one: &Option<String>, other: &Option<String>| {
        let folded = |text: &Option<String>| text.as_ref().map(|text| text.trim().to_lowercase());
        one.is_some() && folded(one) == folded(other)
    };
    match (
        same(&shop.country, &customer.country),
        same(&shop.region, &customer.region),
        same(&shop.city, &customer.city),
    ) {
        (true, _, true) => 3,
        (true, true, false) => 2,
        (true, false, false) => 1,
        (false, ..) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(country: &str, region: &str, city: &str) -> Place {
        let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Place { country: text(country), region: text(region), city: text(city) }
    }

    fn shop(name: &str, place: Place, available: i64, closed: bool) -> InStock {
        let location =
            LocationDetails { name: Some(name.to_owned()), place: Some(place), address: None, closed };
        InStock { location, available }
    }

    #[test]
    fn the_nearest_shop_that_has_it_comes_first() {
        let shops = vec![
            shop("Lyon", place("FR", "ARA", "Lyon"), 9, false),
            shop("Leeds", place("GB", "ENG", "Leeds"), 3, false),
            shop("Bristol, closed", place("GB", "ENG", "Bristol"), 5, true),
            shop("Bristol, sold out", place("GB", "ENG", "Bristol"), 0, false),
            shop("Bath", place("GB", "ENG", "Bath"), 4, false),
            shop("Glasgow", place("GB", "SCT", "Glasgow"), 9, false),
            shop("Bristol", place("GB", "ENG", "bristol "), 1, false),
        ];
        let names = |customer: Option<&Place>| -> Vec<String> {
            let near = nearest_first(shops.clone(), customer);
            near.into_iter().filter_map(|shop| shop.location.name).collect()
        };
        let at_home = place("GB", "ENG", "Bristol");
        assert_eq!(names(Some(&at_home)), ["Bristol", "Bath", "Leeds", "Glasgow", "Lyon"]);
        assert_eq!(names(None), ["Glasgow", "Lyon", "Bath", "Leeds", "Bristol"]);
    }

    #[test]
    fn a_shop_is_near_in_the_same_town_or_region_of_the_same_country() {
        let bristol = place("GB", "ENG", "Bristol");
        for (shop, customer, is_so) in [
            (place("GB", "ENG", " bristol"), &bristol, true),
            (place("GB", "ENG", "Leeds"), &bristol, true),
            (place("GB", "", "Bristol"), &bristol, true),
            (place("GB", "ENG", ""), &bristol, true),
            (place("GB", "SCT", "Glasgow"), &bristol, false),
            (place("US", "ENG", "Bristol"), &bristol, false),
            (place("", "ENG", "Bristol"), &bristol, false),
            // What is unknown of both is not the same.
            (place("GB", "", "Leeds"), &place("GB", "", "Bristol"), false),
            (place("GB", "ENG", ""), &place("GB", "SCT", ""), false),
            (place("GB", "", ""), &place("GB", "", ""), false),
        ] {
            assert_eq!(is_near(&shop, customer), is_so, "{shop:?} {customer:?}");
        }
    }
}
