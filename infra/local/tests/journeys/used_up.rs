//! A shop in which the same thing is bought again and again: its buyers are reminded when it is used up, by the simulation as by
//! the functions.

use rihla_core::event::Event;
use rihla_core::instant::{Instant, Wait};
use rihla_core::shop::Shop;
use rihla_core::source::SourceId;
use rihla_local::journeys::past::{Past, Told};
use rihla_local::journeys::simulation::simulate;
use serde_json::{Value, json};

use crate::agreement::{assert_same, ends, simulated_ends};
use crate::random_agreement::run;

fn told(day: i64, kind: &str, data: &Value) -> Told {
    let at = "2026-03-02T12:00:00Z".parse::<Instant>().unwrap().after(Wait::days(day));
    let event: Event =
        serde_json::from_value(json!({ "type": kind, "timestamp": at, "data": data })).unwrap();
    Told { at, source: SourceId::from_static("shop"), events: vec![event] }
}

fn buys(day: i64, number: i64) -> Told {
    let line = json!({ "product": "tea", "title": "Tea", "quantity": 1 });
    let order = format!("{number}-{day}");
    let buyer = json!({ "email": format!("p{number}@example.com") });
    told(day, "order.placed", &json!({ "order": order, "buyer": buyer, "lines": [line] }))
}

/// Nine people took about thirty days for theirs; two more have theirs for longer, one of whom agreed to be reminded.
fn past() -> Past {
    let first = (0..9).map(|number| buys(number, number));
    let again = (0..9).map(|number| buys(30 + number, number));
    let agreed =
        json!({ "person": { "email": "p16@example.com" }, "purpose": "marketing", "state": "granted" });
    let others = [told(40, "consent.changed", &agreed), buys(40, 16), buys(41, 17)];
    Past::new(first.chain(again).chain(others).collect(), Vec::new())
}

#[tokio::test]
async fn it_agrees_with_the_functions_on_what_is_used_up() {
    let mut shop: Shop = rihla_infra::shop();
    shop.journeys.retain(|journey| journey.name == "replenishment");
    shop.journeys.iter_mut().for_each(|journey| journey.holdout = Some(0));
    let by_functions = ends(&run(&past(), &shop).await);
    let end_of = |order: &str| by_functions[&format!("replenishment#shop#{order}#1")].0.as_str();
    assert_eq!([end_of("16-40"), end_of("17-41")], ["sent", "refused consent"]);
    assert_same(&by_functions, &simulated_ends(&simulate(&past(), &shop).unwrap()));
}
