//! Carts that are left, with what lies in them and why, as far as it can be told.

use rihla_core::checkout::Checkout;
use rihla_core::event::{CheckoutChanged, Fact, LeftBecause, Person};
use rihla_core::instant::Wait;

use crate::facts::{AMAL, line, person, pounds};
use crate::shop::Shop;

fn cart(buyer: Person) -> CheckoutChanged {
    CheckoutChanged {
        checkout: "ck-1".to_owned(),
        buyer,
        lines: Some(vec![line("mug")]),
        total: Some(pounds(1_800)),
        recovery_url: Some("https://shop.example/ck-1".to_owned()),
        ..CheckoutChanged::default()
    }
}

impl Shop {
    fn checkout(&self) -> Option<Checkout> {
        let item = self.items().into_iter().find(|item| item.sk == "K#shop#ck-1#");
        item.map(|item| item.read())
    }
}

#[tokio::test]
async fn a_left_cart_is_kept_with_its_contents_its_value_and_the_reason() {
    let shop = Shop::open().await;
    shop.tell(&[Fact::CheckoutChanged(cart(person(AMAL)))]).await;
    shop.hours(1).await;
    let shown = CheckoutChanged { shipping: Some(pounds(990)), lines: None, ..cart(person(AMAL)) };
    shop.tell(&[Fact::CheckoutChanged(shown)]).await;
    let left = shop.checkout().unwrap();
    assert_eq!(left.lines.as_ref().unwrap().value, [line("mug")]);
    assert_eq!(left.total.as_ref().unwrap().value, pounds(1_800));
    assert_eq!(left.left_because(), Some(LeftBecause::ShippingCost));
    shop.hours(1).await;
    shop.tell(&[Fact::CheckoutChanged(CheckoutChanged { finished: true, ..cart(person(AMAL)) })]).await;
    assert!(left.is_left(shop.now()));
    assert!(!shop.checkout().unwrap().is_left(shop.now()), "what was bought is not left");
}

#[tokio::test]
async fn a_cart_that_names_nobody_is_not_kept() {
    let shop = Shop::open().await;
    shop.tell(&[Fact::CheckoutChanged(cart(Person::default()))]).await;
    assert_eq!(shop.record(), []);
    shop.tell(&[Fact::CheckoutChanged(cart(person(AMAL)))]).await;
    assert!(shop.checkout().is_some());
}

#[tokio::test]
async fn what_a_cart_held_before_changes_nothing_when_it_comes_late() {
    let shop = Shop::open().await;
    let later = CheckoutChanged { total: Some(pounds(900)), ..cart(person(AMAL)) };
    shop.tell_late(&[(Wait::hours(1), Fact::CheckoutChanged(later.clone()))]).await;
    let before = shop.checkout();
    shop.tell_late(&[(Wait::hours(2), Fact::CheckoutChanged(cart(person(AMAL))))]).await;
    assert_eq!(shop.checkout(), before);
    let items = shop.items();
    shop.tell_late(&[(Wait::hours(1), Fact::CheckoutChanged(later))]).await;
    assert_eq!(shop.items(), items, "told again it writes nothing");
}
