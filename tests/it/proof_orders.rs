//! Every order in which deliveries can arrive leads to the same record and the same messages.
//! `rihla faults` tries each life with one and with two deliveries doubled.

use rihla_local::faults::{Life, Orders};

/// Tries every order of a life with so many deliveries doubled: what the first of them led to.
async fn all(life: Life, doubles: usize, count: usize) -> String {
    let groups = Orders::of(life, doubles);
    assert_eq!(groups.iter().map(Orders::count).sum::<usize>(), count);
    let mut led_to = String::new();
    for group in groups {
        let tried = group.try_all().await.unwrap();
        assert!(tried.broken.is_nothing(), "{life:?}: {:#?}", tried.broken.lines());
        assert_eq!(tried.broken.in_doubt, 0);
        led_to = tried.led_to;
    }
    led_to
}

#[tokio::test]
async fn a_plain_life_with_one_delivery_doubled() {
    let led_to = all(Life::Plain, 1, 1_800).await;
    assert!(led_to.contains("did your order"), "{led_to}");
}

#[tokio::test]
async fn every_other_life_without_doubles() {
    for life in Life::ALL.into_iter().filter(|life| *life != Life::Plain) {
        all(life, 0, 120).await;
    }
}
