//! What is a case and what is a hit; and the real shop, where it is at hand.

use std::path::Path;

use rihla_core::event::{Event, Fact, Line, OrderDetails, Person};
use rihla_core::instant::{Instant, Wait};
use rihla_core::source::SourceId;

use super::RecommendResult;
use crate::replay::{Delivery, Replay};

fn placed(person: &str, order: &str, day: i64, products: &str) -> Delivery {
    let at = Instant::from_seconds(1_780_272_000).after(Wait::days(day)).after(Wait::hours(9));
    let customer = Some(person.to_owned()).filter(|person| !person.starts_with("guest"));
    let line =
        |product: &str| Line { product: product.into(), title: product.into(), quantity: 1, price: None };
    let lines = Some(products.split(' ').map(line).collect());
    let buyer = Person { customer, ..Person::default() };
    let details = OrderDetails { order: order.into(), buyer, lines, ..OrderDetails::default() };
    let events = vec![Event { at, fact: Fact::OrderPlaced(details) }];
    Delivery { id: order.into(), person: person.into(), order: order.into(), events }
}

fn result(deliveries: Vec<Delivery>) -> RecommendResult {
    let source = SourceId::from_static("web");
    let replay = Replay { source, orders: 0, deliveries, reviews: Vec::new(), left_out: [].into() };
    RecommendResult::of(&replay, Wait::days(10), Wait::days(0)).unwrap()
}

/// Cases, and hits of the rule, of each task.
fn counted(result: &RecommendResult) -> Vec<(usize, u64)> {
    result.tasks.iter().map(|task| (task.cases, task.hits[0].hits)).collect()
}

#[test]
fn what_is_bought_next_and_what_was_hidden() {
    let mut deliveries: Vec<Delivery> =
        (0..5).map(|number| placed("guest", &format!("g{number}"), number, "tea pot")).collect();
    deliveries.extend([
        placed("amal", "1", 10, "soap"),
        // Held out. Tea, of which a pot is suggested: she buys it next, and then nothing.
        placed("amal", "2", 21, "tea"),
        placed("amal", "3", 22, "pot"),
        // A pot is not new to who had one: nothing could be right.
        placed("badr", "4", 11, "pot"),
        placed("badr", "5", 23, "tea"),
        placed("badr", "6", 24, "pot soap"),
        // A guest's next order is nobody's, but one of their products can be hidden.
        placed("guest", "7", 25, "tea pot"),
        placed("guest", "8", 29, "tea"),
    ]);
    // Amal: one case, a hit. Badr: soap is new, and not found. Hidden: one of Badr's pair, which nobody bought together; and
    // one of the guest's, which is found by the other.
    assert_eq!(counted(&result(deliveries)), [(2, 1), (1, 0), (2, 1)]);
}

/// On the real shop the rule is right more often than the best sellers and than the plain counts, in every task.
#[test]
fn on_a_real_shop_it_does_better_than_the_best_sellers() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/online_retail_dev");
    if !data.exists() {
        #[expect(clippy::disallowed_methods, reason = "only the build that checks knows that it is one")]
        let must_be_there = std::env::var("CI").is_ok_and(|value| value == "true");
        assert!(!must_be_there, "no {}", data.display());
        println!("skipped: no {}", data.display());
        return;
    }
    let replay = crate::replay::read(&data, None).unwrap();
    let result = RecommendResult::of(&replay, Wait::days(30), Wait::days(0)).unwrap();
    assert!(result.most_baskets <= 64, "{}", result.most_baskets);
    for task in &result.tasks {
        let [rule, _, plain, popular] = task.hits.as_slice() else { panic!("{task:?}") };
        assert!(rule.hits > plain.hits && rule.hits > popular.hits, "{task:?}");
    }
}
