//! Nothing gets slower with history: what an event, a look and an answer cost a customer with 1, 100 and 10,000 orders.

use rihla_core::event::Fact;
use rihla_core::instant::Wait;
use rihla_core::parcel::ParcelState::Delivered;
use rihla_local::aws::ledger::Traced;
use rihla_local::shop::Received;
use serde_json::{Value, json};

use crate::facts::{AMAL, agrees, moved, paid, person, placed};
use crate::reader::{journey, rating};
use crate::shop::Shop;
use crate::table::Item;

/// The order that comes after all those.
const NEXT: &str = "next";

/// The call, what it read and what it wrote, each in units.
type Cost = (String, f64, f64);

fn costs(trace: &[Traced]) -> Vec<Cost> {
    let cost = |traced: &Traced| {
        let (call, usage) = (&traced.call, traced.usage);
        (format!("{} {}", call.function, call.action), usage.read_units, usage.write_units)
    };
    trace.iter().map(cost).collect()
}

/// A customer with so many orders, all of them looked at and done with.
pub(crate) async fn shop_with(orders: usize) -> Shop {
    let shop = Shop::open().await;
    shop.tell(&[agrees(person(AMAL))]).await;
    shop.tell(&[placed("1", person(AMAL)), paid("1"), moved("1", Delivered)]).await;
    shop.days(60).await;
    let first: Vec<Item> = shop.items().into_iter().filter(|item| item.sk.starts_with("O#shop#1#")).collect();
    assert_eq!(first.len(), 7, "the order and six entries of its ledger");
    let copies: Vec<Value> = (2..=orders)
        .flat_map(|number| {
            first.iter().map(move |item| put(item, &item.sk.replacen("#1#", &format!("#{number}#"), 1)))
        })
        .collect();
    for some in copies.chunks(25) {
        let request = json!({ "RequestItems": { (shop.aws().layout().table.as_str()): some } });
        let answer = shop.aws().peek("BatchWriteItem", &request);
        assert_eq!(answer["UnprocessedItems"], json!({}), "{answer}");
    }
    shop
}

/// The same item in another place.
fn put(item: &Item, sk: &str) -> Value {
    json!({ "PutRequest": { "Item": {
        "PK": { "S": item.pk }, "SK": { "S": sk }, "v": { "N": item.version }, "d": { "S": item.document },
    } } })
}

/// What the life of one more order costs, step by step.
async fn one_more(shop: &Shop) -> Vec<(&'static str, Vec<Cost>)> {
    let mut steps = Vec::new();
    let facts: [(&str, Fact); 3] =
        [("placed", placed(NEXT, person(AMAL))), ("paid", paid(NEXT)), ("delivered", moved(NEXT, Delivered))];
    for (step, fact) in facts {
        let ((), trace) = shop.traced(shop.tell(&[fact])).await;
        steps.push((step, costs(&trace)));
        shop.pass(Wait::hours(1)).await;
    }
    let ((), trace) = shop.traced(shop.days(5)).await;
    let of_looks: Vec<Traced> =
        trace.into_iter().filter(|traced| &*traced.call.function == "deliver").collect();
    steps.push(("looks", costs(&of_looks)));
    let mails = shop.mails().into_iter().filter(|mail| journey(mail) == "delivery-check");
    let asked = mails.max_by_key(|mail| mail.accepted_at).unwrap();
    let mail = Received::read(&asked.raw.unwrap()).unwrap();
    let (answer, trace) = shop.traced(shop.send_form(&rating(&mail, 5), &[("score", "5")])).await;
    assert_eq!(answer.status, 200);
    steps.push(("answer", costs(&trace)));
    steps
}

#[tokio::test]
async fn an_order_costs_the_same_for_a_customer_of_ten_thousand() {
    let first = one_more(&shop_with(1).await).await;
    assert!(first.iter().all(|(_, costs)| !costs.is_empty()), "{first:?}");
    for orders in [100, 10_000] {
        let shop = shop_with(orders).await;
        let more = one_more(&shop).await;
        for ((step, costs), (_, known)) in more.iter().zip(&first) {
            assert_eq!(costs, known, "{step}, with {orders} orders");
        }
    }
}

/// How many events are timed together, and how often.
const EVENTS: u32 = 20;
const BATCHES: u32 = 30;

/// Prints, and judges nothing: `cargo test --release -p rihla-tests --test it -- --ignored --nocapture time_of_an_event`
#[tokio::test]
#[ignore = "a measurement"]
#[expect(clippy::disallowed_methods, reason = "a measurement is about time")]
async fn time_of_an_event_by_its_customers_history() {
    for orders in [1, 100, 10_000] {
        let shop = shop_with(orders).await;
        let mut quickest = std::time::Duration::MAX;
        for batch in 0..BATCHES {
            let numbers: Vec<String> = (0..EVENTS).map(|number| format!("{batch}-{number}")).collect();
            for number in &numbers {
                shop.tell(&[placed(number, person(AMAL))]).await;
            }
            // The quickest of many counts: whatever else runs on the machine only makes one slower.
            let start = std::time::Instant::now();
            for number in &numbers {
                shop.tell(&[paid(number)]).await;
            }
            quickest = quickest.min(start.elapsed());
        }
        let each = quickest / EVENTS;
        println!("an event on a known order of a customer with {orders:>6} orders: {each:?}");
    }
}
