//! What one delivery costs where the order is known: one pointer read, one order read, one conditional write.

use rihla_core::parcel::ParcelState;
use rihla_local::aws::Service;
use rihla_local::aws::ledger::Traced;

use crate::facts::{AMAL, ORDER, details, known_as, moved, paid, person, placed};
use crate::shop::Shop;

/// The table's calls, in their order.
fn table_calls(trace: &[Traced]) -> Vec<&str> {
    let table = trace.iter().filter(|traced| traced.call.service == Service::DynamoDb);
    table.map(|traced| traced.call.action.as_str()).collect()
}

async fn calls_for(shop: &Shop, fact: rihla_core::event::Fact) -> (Vec<String>, f64) {
    let ((), trace) = shop.traced(shop.tell(&[fact])).await;
    let units = trace.iter().map(|traced| traced.usage.write_units).sum();
    (table_calls(&trace).into_iter().map(ToOwned::to_owned).collect(), units)
}

#[tokio::test]
async fn an_event_on_a_known_order_is_two_reads_and_one_write() {
    let shop = Shop::open().await;
    shop.tell(&[placed(ORDER, person(AMAL))]).await;
    shop.hours(1).await;
    assert_eq!(
        calls_for(&shop, paid(ORDER)).await,
        (vec!["GetItem".into(), "GetItem".into(), "PutItem".into()], 1.0)
    );
    shop.tell(&[moved(ORDER, ParcelState::HandedOver)]).await;
    shop.hours(1).await;
    let one_more = moved(ORDER, ParcelState::InTransit);
    assert_eq!(
        calls_for(&shop, one_more).await,
        (vec!["GetItem".into(), "GetItem".into(), "PutItem".into()], 1.0)
    );
}

/// What each delivery of an order's life asks of the table: of a customer who is new, and of one who bought before.
#[tokio::test]
async fn each_delivery_of_an_orders_life_makes_so_few_calls() {
    let placing = ["BatchGetItem", "BatchExecuteStatement", "PutItem", "PutItem"];
    let known = ["GetItem", "GetItem", "PutItem"];
    let numbered = ["GetItem", "GetItem", "PutItem", "PutItem"];
    let shop = Shop::open().await;
    for order in ["1", "2"] {
        let buyer = known_as(person(AMAL), "77");
        let life = [
            (placed(order, buyer), &placing[..]),
            (paid(order), &known),
            (moved(order, ParcelState::HandedOver), &numbered),
            (moved(order, ParcelState::InTransit), &known),
        ];
        for (fact, calls) in life {
            let (made, _) = calls_for(&shop, fact.clone()).await;
            assert_eq!(made, calls, "{fact:?}");
            shop.hours(1).await;
        }
        let arrived = shop.delivery("shop", &[moved(order, ParcelState::Delivered)]);
        for calls in [&["GetItem", "GetItem", "PutItem", "PutItem"][..], &["GetItem", "GetItem"]] {
            let (status, trace) = shop.traced(shop.post(&arrived)).await;
            assert_eq!((status, table_calls(&trace)), (200, calls.to_vec()));
        }
    }
}

#[tokio::test]
async fn what_changes_nothing_writes_nothing() {
    let shop = Shop::open().await;
    let buyer = known_as(person(AMAL), "77");
    let life = [
        placed(ORDER, buyer),
        paid(ORDER),
        moved(ORDER, ParcelState::HandedOver),
        moved(ORDER, ParcelState::Delivered),
    ];
    let deliveries: Vec<_> = life.into_iter().map(|fact| shop.delivery("shop", &[fact])).collect();
    for delivery in &deliveries {
        assert_eq!(shop.post(delivery).await, 200);
    }
    let before = shop.items();
    for (number, delivery) in deliveries.iter().enumerate() {
        let (status, trace) = shop.traced(shop.post(delivery)).await;
        // The first tells that it is new: then its buyer is looked for in the same request. It bears on the totals, too:
        // whether they count it says the profile, which is among what was read.
        let first = if number == 0 { "BatchGetItem" } else { "GetItem" };
        assert_eq!((status, table_calls(&trace)), (200, vec![first, "GetItem"]), "{}", delivery.delivery_id);
    }
    assert_eq!(shop.items(), before);
}

/// What an order and its payment cost.
async fn costs(shop: &Shop, order: usize) -> [(Vec<String>, String); 2] {
    let order = order.to_string();
    let placed = calls_for(shop, placed(&order, person(AMAL))).await;
    let paid = calls_for(shop, paid(&order)).await;
    [placed, paid].map(|(calls, units)| (calls, units.to_string()))
}

#[tokio::test]
async fn an_event_costs_the_same_whatever_the_customer_bought_before() {
    let shop = Shop::open().await;
    let mut seen = Vec::new();
    for order in 0..10 {
        seen.push(costs(&shop, order).await);
        shop.days(16).await;
    }
    // The first order makes the customer; from then on nothing grows.
    assert!(seen[1..].iter().all(|costs| *costs == seen[1]), "{seen:#?}");
}

/// Of a few orders at a time the profile notes what it counts for them; with more, it is written together with them.
#[tokio::test]
async fn an_event_costs_no_more_than_one_transaction_however_many_orders_come_at_once() {
    let shop = Shop::open().await;
    let mut seen = Vec::new();
    for order in 0..40 {
        seen.push(costs(&shop, order).await);
    }
    assert!(seen[1..4].iter().all(|costs| *costs == seen[1]), "{seen:#?}");
    assert!(seen[4..].iter().all(|costs| *costs == seen[4]), "{seen:#?}");
    assert_eq!((seen[1][0].1.as_str(), seen[4][0].1.as_str()), ("4", "6"));
}

#[tokio::test]
async fn an_order_told_whole_again_with_one_change_is_one_write() {
    let shop = Shop::open().await;
    let order = details(ORDER, person(AMAL), &["bowl"]);
    shop.tell(&[rihla_core::event::Fact::OrderPlaced(order.clone())]).await;
    shop.hours(1).await;
    let changed = rihla_core::event::OrderDetails {
        placed_at: Some(crate::table::moment(crate::shop::MONDAY_NINE)),
        shipped_whole: Some(true),
        ..order
    };
    let (calls, units) = calls_for(&shop, rihla_core::event::Fact::OrderChanged(changed)).await;
    assert_eq!((calls, units), (vec!["GetItem".into(), "GetItem".into(), "PutItem".into()], 1.0));
}
