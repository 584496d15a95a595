//! What one order's whole life costs in write units, as the table itself reports it (`ReturnConsumedCapacity`).

use std::collections::BTreeMap;

use rihla_core::event::{Fact, OrderDetails};
use rihla_core::instant::Wait;
use rihla_core::parcel::ParcelState::{Delivered, HandedOver, InTransit};
use rihla_local::aws::ledger::Traced;

use crate::facts::{AMAL, ORDER, agrees, details, moved, paid, person};
use crate::reader::rating;
use crate::shop::{MONDAY_NINE, Shop, account_at};

/// Write units by who spends them on what.
type Spent = BTreeMap<(String, String), f64>;

fn spent(trace: &[Traced]) -> Spent {
    let mut spent = Spent::new();
    for traced in trace.iter().filter(|traced| traced.usage.write_units > 0.0) {
        let key = (traced.call.function.to_string(), traced.call.action.clone());
        *spent.entry(key).or_default() += traced.usage.write_units;
    }
    spent
}

fn units(spent: &Spent, functions: &[&str]) -> f64 {
    spent
        .iter()
        .filter(|((function, _), _)| functions.contains(&function.as_str()))
        .map(|(_, units)| units)
        .sum()
}

/// Six deliveries, one of them twice the same; three follow-ups sent; one answer.
async fn life(shop: &Shop, products: &[&str]) {
    live(shop, details(ORDER, person(AMAL), products)).await;
}

async fn live(shop: &Shop, order: OrderDetails) {
    let placed = Fact::OrderPlaced(order);
    let steps = [(placed, 0), (paid(ORDER), 6), (moved(ORDER, HandedOver), 20), (moved(ORDER, InTransit), 4)];
    for (fact, hours) in steps {
        shop.tell(&[fact]).await;
        shop.pass(Wait::seconds(90)).await;
        shop.hours(hours).await;
    }
    let arrived = shop.delivery("shop", &[moved(ORDER, Delivered)]);
    for _ in 0..2 {
        assert_eq!(shop.post(&arrived).await, 200);
    }
    shop.days(3).await;
    let answered = shop.send_form(&rating(&shop.read("delivery-check"), 5), &[("score", "5")]).await;
    assert_eq!(answered.status, 200);
    shop.days(14).await;
}

/// A shop in which Amal bought before, agreed to be written to and had all that follows, and others bought two things
/// together.
async fn shop_of_a_known_customer() -> Shop {
    let mut own = rihla_infra::shop();
    own.journeys.retain(|journey| THREE_FOLLOW_UPS.contains(&journey.name.as_str()));
    shop_with(own).await
}

async fn shop_with(own: rihla_core::shop::Shop) -> Shop {
    let shop = Shop::set_up(account_at(MONDAY_NINE), own).await;
    shop.tell(&[agrees(person(AMAL))]).await;
    shop.tell(&[Fact::OrderPlaced(details("4400", person(AMAL), &["tea"]))]).await;
    shop.tell(&[moved("4400", Delivered)]).await;
    shop.tell(&[Fact::OrderPlaced(details("4401", person("x@example.com"), &["bowl", "spoon"]))]).await;
    shop.days(40).await;
    shop
}

async fn spent_on_a_life_of(products: &[&str]) -> Spent {
    let shop = shop_of_a_known_customer().await;
    let ((), trace) = shop.traced(life(&shop, products)).await;
    spent_in(&shop, &trace, products)
}

fn spent_in(shop: &Shop, trace: &[Traced], products: &[&str]) -> Spent {
    for journey in ["delivery-check", "ease-survey", "matching-items"] {
        assert_eq!(shop.fate(journey), "sent");
    }
    let spent = spent(trace);
    let (own, reports, cursor) =
        (units(&spent, &THE_ORDERS_OWN), units(&spent, &["observe"]), units(&spent, &["dispatch"]));
    println!(
        "an order of {products:?}: {own} write units, for the mails' reports {reports}, for the cursor {cursor}"
    );
    println!("{spent:?}");
    spent
}

/// What the budget is about: three follow-ups, and the invitation that a person gets once. Each further one costs its mail's
/// claim, its entry in the ledger and its look.
const THREE_FOLLOW_UPS: [&str; 4] =
    ["delivery-check", "ease-survey", "matching-items", "newsletter-invitation"];

/// Who writes for the order itself. The reports of the mails and the calendar's cursor, which all orders of a minute
/// share, are counted apart.
const THE_ORDERS_OWN: [&str; 4] = ["receive", "absorb", "deliver", "respond"];

/// With the sources that are shipped: a carrier is among them, so that the tracking number is made to lead to the order.
#[tokio::test]
async fn an_orders_life_costs_eighteen_write_units_of_the_twenty_that_it_may() {
    let own = units(&spent_on_a_life_of(&["bowl"]).await, &THE_ORDERS_OWN);
    assert!(own <= 18.0, "{own}");
}

/// The shop as it is shipped sends more.
#[tokio::test]
async fn with_all_journeys_that_are_shipped_it_costs_three_more() {
    let shop = shop_with(rihla_infra::shop()).await;
    let ((), trace) = shop.traced(life(&shop, &["bowl"])).await;
    let own = units(&spent_in(&shop, &trace, &["bowl"]), &THE_ORDERS_OWN);
    assert!(own <= 21.0, "{own}");
}

#[tokio::test]
async fn each_product_bought_together_costs_one_more() {
    let one = units(&spent_on_a_life_of(&["bowl"]).await, &THE_ORDERS_OWN);
    let two = units(&spent_on_a_life_of(&["bowl", "tin"]).await, &THE_ORDERS_OWN);
    assert!((two - one - 2.0).abs() < 0.01, "{one} and {two}");
}

/// So that staff find it by what the customer reads to them.
#[tokio::test]
async fn a_number_that_is_not_the_sources_own_id_costs_one_more() {
    let shop = shop_of_a_known_customer().await;
    let order = OrderDetails { number: Some("#A-1007".into()), ..details(ORDER, person(AMAL), &["bowl"]) };
    let ((), trace) = shop.traced(live(&shop, order)).await;
    let own = units(&spent_in(&shop, &trace, &["bowl"]), &THE_ORDERS_OWN);
    assert!(own <= 19.0, "{own}");
}
