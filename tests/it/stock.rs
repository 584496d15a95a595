//! Which shop near this customer has it?

use rihla_aws::stock::shops_with;
use rihla_core::event::{Fact, LocationChanged, Place, ProductChanged, StockChanged};
use rihla_core::instant::Wait;
use rihla_core::source::SourceId;

use crate::shop::Shop;

pub(crate) fn location(id: &str, city: &str) -> Fact {
    let place = Place { country: Some("GB".to_owned()), region: None, city: Some(city.to_owned()) };
    Fact::LocationChanged(LocationChanged {
        location: id.to_owned(),
        name: Some(format!("The shop in {city}")),
        place: Some(place),
        ..LocationChanged::default()
    })
}

pub(crate) fn stock(item: &str, location: &str, available: i64) -> Fact {
    Fact::StockChanged(StockChanged { item: item.to_owned(), location: location.to_owned(), available })
}

impl Shop {
    /// The shops that have a product, for a customer in a town.
    async fn shops_with(&self, product: &str, city: &str) -> Vec<(String, i64)> {
        let table = self.table(&self.aws().function("the-reader"));
        let near = Place { country: Some("GB".to_owned()), region: None, city: Some(city.to_owned()) };
        let found = shops_with(&table, &SourceId::from_static("shop"), product, Some(&near)).await.unwrap();
        found.into_iter().map(|shop| (shop.location.name.unwrap(), shop.available)).collect()
    }
}

#[tokio::test]
async fn the_nearest_shop_that_has_it_is_found() {
    let shop = Shop::open().await;
    shop.tell(&[location("bri", "Bristol"), location("lee", "Leeds"), location("yor", "York")]).await;
    shop.tell(&[stock("mug", "bri", 2), stock("mug", "lee", 7), stock("mug", "yor", 0)]).await;
    let (bristol, leeds) = (("The shop in Bristol".to_owned(), 2), ("The shop in Leeds".to_owned(), 7));
    assert_eq!(shop.shops_with("mug", "Bristol").await, [bristol.clone(), leeds.clone()]);
    assert_eq!(shop.shops_with("mug", "Leeds").await, [leeds, bristol]);
    assert_eq!(shop.shops_with("board", "Leeds").await, []);
}

#[tokio::test]
async fn a_product_is_in_stock_where_any_of_its_items_is() {
    let shop = Shop::open().await;
    let items = vec!["mug-white".to_owned(), "mug-blue".to_owned()];
    let product = ProductChanged { product: "mug".to_owned(), items, ..ProductChanged::default() };
    shop.tell(&[Fact::ProductChanged(product), location("bri", "Bristol")]).await;
    shop.tell(&[stock("mug-white", "bri", 2), stock("mug-blue", "bri", 3)]).await;
    assert_eq!(shop.shops_with("mug", "Bristol").await, [("The shop in Bristol".to_owned(), 5)]);
}

#[tokio::test]
async fn an_older_count_that_comes_late_changes_nothing() {
    let shop = Shop::open().await;
    shop.tell(&[location("bri", "Bristol")]).await;
    shop.tell_late(&[(Wait::hours(1), stock("mug", "bri", 4))]).await;
    let before = shop.items();
    shop.tell_late(&[(Wait::hours(2), stock("mug", "bri", 9))]).await;
    shop.tell_late(&[(Wait::hours(1), stock("mug", "bri", 4))]).await;
    assert_eq!(shop.items(), before);
    assert_eq!(shop.shops_with("mug", "Bristol").await, [("The shop in Bristol".to_owned(), 4)]);
}
