//! Every order in which deliveries can arrive leads to the same record and the same messages.
//! `rihla faults` tries each life with one and with two deliveries doubled.

use rihla_local::faults::{Life, Orders, try_orders};

fn assert_same(life: Life, orders: &Orders) {
    assert!(orders.broken.is_nothing(), "{life:?}: {:#?}", orders.broken.lines());
    assert_eq!(orders.broken.in_doubt, 0);
}

#[tokio::test]
async fn a_plain_life_with_one_delivery_doubled() {
    let orders = try_orders(Life::Plain, 1).await.unwrap();
    assert_eq!(orders.tried, 1_800);
    assert!(orders.led_to.contains("did your order"), "{}", orders.led_to);
    assert_same(Life::Plain, &orders);
}

#[tokio::test]
async fn every_other_life_without_doubles() {
    for life in Life::ALL.into_iter().filter(|life| *life != Life::Plain) {
        let orders = try_orders(life, 0).await.unwrap();
        assert_eq!(orders.tried, 120);
        assert_same(life, &orders);
    }
}
