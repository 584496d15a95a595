//! Two messages to one person that waited for the same moment, of two orders: the more important one goes first.

use rihla_core::instant::Wait;
use rihla_core::journey::Journey;
use rihla_core::parcel::ParcelState::Delivered;
use serde_json::json;

use crate::facts::{AMAL, agrees, moved, person, placed};
use crate::shop::{Shop, account_at};

fn journey(name: &str, milestone: &str, priority: u32) -> Journey {
    let journey = json!({
        "name": name, "version": 1, "purpose": "marketing", "holdout": 0, "priority": priority,
        "steps": [{ "due": [{ milestone: "1 hour" }], "expires": "6 days", "message": "delivery-check" }],
    });
    serde_json::from_value(journey).unwrap()
}

/// One order is only placed, the other arrived, too. Whatever is due falls into the quiet hours.
async fn evening(waits: &str, arrived: &str) -> Shop {
    let journeys = vec![journey("arrival", "delivered", 20), journey("offer", "placed", 80)];
    let own = rihla_core::shop::Shop { journeys, ..rihla_infra::shop() };
    let shop = Shop::set_up(account_at("2026-11-02T20:30:00Z"), own).await;
    shop.tell(&[agrees(person(AMAL)), placed(waits, person(AMAL)), placed(arrived, person(AMAL))]).await;
    shop.tell(&[moved(arrived, Delivered)]).await;
    shop.hours(11).await;
    let fate = shop.fate_of(waits, "offer");
    assert!(fate.starts_with("deferred until 2026-11-03T08:00:00Z by quiet-hours"), "{fate}");
    shop.pass(Wait::seconds(31 * 60)).await;
    shop
}

#[tokio::test]
async fn of_two_orders_the_message_of_higher_priority_goes_first_and_the_other_is_put_off() {
    // Whichever of the two is looked at first.
    for (waits, arrived) in [("1", "2"), ("2", "1")] {
        let shop = evening(waits, arrived).await;
        assert_eq!(shop.fate_of(arrived, "arrival"), "sent", "{arrived}");
        shop.pass(Wait::seconds(5 * 60)).await;
        for order in [waits, arrived] {
            let fate = shop.fate_of(order, "offer");
            assert!(fate.starts_with("deferred until 2026-11-04T00:00:00Z by distance"), "{order}: {fate}");
        }
        shop.hours(24 * 4).await;
        assert_eq!([waits, arrived].map(|order| shop.fate_of(order, "offer")), ["sent", "sent"]);
        assert_eq!(shop.journeys_sent_to(AMAL), ["arrival", "offer", "offer"]);
    }
}

#[tokio::test]
async fn the_ledger_says_what_went_first() {
    let shop = evening("1", "2").await;
    assert_eq!(
        shop.fate_of("1", "offer"),
        "deferred until 2026-11-03T08:05:00Z by priority: arrival#shop#2#1 goes first, of priority 20"
    );
}
