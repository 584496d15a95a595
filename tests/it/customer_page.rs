//! The customer's page: however long a history is, a page reads as much of it.

use std::collections::BTreeSet;

use rihla_core::event::{Fact, MessagePassed, OrderDetails, Speaker};
use rihla_core::identifier::CustomerId;
use rihla_core::zone::local_zone;
use rihla_local::desk;
use rihla_local::pages::{CustomerView, Pages};

use crate::facts::{AMAL, known_as, person, placed};
use crate::growth::shop_with;
use crate::shop::Shop;

/// An order has five items here, and a page reads 200.
const ORDERS_A_PAGE: usize = 28;

fn pages(shop: &Shop, customer: &str) -> Vec<CustomerView> {
    let id = CustomerId::from_text(customer);
    let mut pages: Vec<CustomerView> = Vec::new();
    loop {
        let after = pages.last().and_then(|page| page.older.clone());
        if after.is_none() && !pages.is_empty() {
            return pages;
        }
        pages.push(desk::customer(shop.aws(), &shop.stack.shop, &id, after.as_deref()).unwrap().unwrap());
    }
}

impl Shop {
    /// The page as the local pages serve it.
    async fn page_of(&self, customer: &str) -> String {
        let standing = desk::standing(&self.stack, customer).await.unwrap();
        let timeline = desk::timeline(&self.stack, customer, None).await.unwrap();
        let view = CustomerView { standing, timeline, ..pages(self, customer).remove(0) };
        Pages::new("Sidra", local_zone(None, None, None, "UTC")).customer(&view)
    }
}

#[tokio::test]
async fn a_long_history_is_shown_page_by_page_each_order_once_with_all_that_belongs_to_it() {
    let shop = shop_with(101).await;
    let (customer, _) = shop.profiles().remove(0);
    let pages = pages(&shop, &customer);
    let sizes: Vec<usize> = pages.iter().map(|page| page.orders.len()).collect();
    assert_eq!(sizes, [ORDERS_A_PAGE, ORDERS_A_PAGE, ORDERS_A_PAGE, 17]);
    let keys: BTreeSet<&str> = pages.iter().flat_map(|page| &page.orders).map(|order| &*order.key).collect();
    assert_eq!(keys.len(), 101);
    assert!(pages.iter().all(|page| page.follow_ups.len() == 6 * page.orders.len()));
    assert_eq!(pages.iter().map(|page| page.is_first).collect::<Vec<_>>(), [true, false, false, false]);
}

/// The page says where somebody stands as the last count of all customers has it, and tells the same as `console`'s timeline.
#[tokio::test]
async fn stage_group_forecast_and_all_that_happened_are_shown() {
    let shop = Shop::open().await;
    shop.tell(&[placed("1", known_as(person(AMAL), "77"))]).await;
    shop.days(3).await;
    shop.tell(&[placed("2", known_as(person(AMAL), "77"))]).await;
    for (order, other) in [("3", "x@example.com"), ("4", "y@example.com")] {
        shop.tell(&[placed(order, person(other))]).await;
    }
    let customer = shop.customer(AMAL).await;
    let before = shop.page_of(&customer).await;
    assert!(before.contains("Loyalty") && !before.contains("Champions"), "{before}");
    shop.stack.tally().await.unwrap();
    let page = shop.page_of(&customer).await;
    for told in
        ["Loyalty", "Champions", "Retention from", "No forecast", "placed order #2", "ease-survey was sent"]
    {
        assert!(page.contains(told), "{told}: {page}");
    }
}

#[tokio::test]
async fn the_orders_of_linked_customers_are_all_shown() {
    let shop = Shop::open().await;
    let by_id = rihla_core::event::Person { customer: Some("77".into()), ..Default::default() };
    shop.tell(&[placed("1", person(AMAL)), placed("2", by_id)]).await;
    shop.hours(1).await;
    shop.tell(&[placed("3", known_as(person(AMAL), "77"))]).await;
    for (customer, _) in shop.profiles() {
        let shown: BTreeSet<String> =
            pages(&shop, &customer).into_iter().flat_map(|page| page.orders).map(|order| order.key).collect();
        assert_eq!(shown, ["shop#1", "shop#2", "shop#3"].map(ToOwned::to_owned).into());
    }
}

#[tokio::test]
async fn a_conversation_of_linked_customers_is_shown_as_one() {
    let shop = Shop::open().await;
    let by_id = rihla_core::event::Person { customer: Some("77".into()), ..Default::default() };
    let said = |message: &str, customer| {
        Fact::MessagePassed(MessagePassed {
            conversation: "c".to_owned(),
            message: message.to_owned(),
            customer,
            dated_by_arrival: false,
            speaker: Speaker::Customer,
            channel: None,
            text: Some(message.to_owned()),
        })
    };
    shop.tell(&[said("1", person(AMAL))]).await;
    shop.hours(1).await;
    shop.tell(&[said("2", by_id)]).await;
    shop.tell(&[placed("3", known_as(person(AMAL), "77"))]).await;
    let (customer, _) = shop.profiles().remove(0);
    let page = pages(&shop, &customer).remove(0);
    let [conversation] = &page.conversations[..] else { panic!("{:?}", page.conversations) };
    let texts: Vec<_> =
        conversation.messages.iter().map(|message| message.text.as_deref().unwrap()).collect();
    assert_eq!(texts, ["1", "2"]);
}

#[tokio::test]
async fn what_was_not_asked_for_lack_of_a_token_is_said() {
    let shop = Shop::open().await;
    let thin = OrderDetails { order: "1".into(), buyer: person(AMAL), ..OrderDetails::default() };
    shop.tell(&[Fact::OrderPlaced(thin), placed("2", person(AMAL))]).await;
    let (customer, _) = shop.profiles().remove(0);
    for (provider, token, expected) in [
        ("stripe", None, &["what was bought", "what it cost"][..]),
        ("stripe", Some("tokens/shop"), &[]),
        ("standard-webhooks", None, &[]),
    ] {
        let mut set_up = rihla_infra::shop();
        let source = set_up.sources.iter_mut().find(|source| source.name.as_str() == "shop").unwrap();
        (source.provider, source.api_token) = (provider.into(), token.map(Into::into));
        let id = CustomerId::from_text(&customer);
        let page = desk::customer(shop.aws(), &set_up, &id, None).unwrap().unwrap();
        let said = |key| page.orders.iter().find(|order| order.key == key).unwrap().not_asked.clone();
        assert_eq!((&*said("shop#1"), said("shop#2").len()), (expected, 0), "{provider}");
        let html = Pages::new("Sidra", local_zone(None, None, None, "UTC")).customer(&page);
        assert_eq!(html.contains("Not told: what was bought and what it cost."), !expected.is_empty());
    }
}
