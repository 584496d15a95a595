//! Many messages due in the same minute: what `deliver` does for each, however many there are. The other half, `dispatch`'s, is
//! measured by `benches/startup/measure.py --rush`.

use std::collections::BTreeMap;
use std::time::Instant;

use rihla_core::instant::Wait;
use rihla_core::journey::Journey;
use serde_json::json;

use crate::facts::{person, placed};
use crate::shop::{MONDAY_NINE, Shop, account_at};

/// So many in one minute. For more: `RUSH=10000 cargo nextest run … --no-capture`.
const MESSAGES: usize = 300;

fn messages() -> usize {
    #[expect(clippy::disallowed_methods, reason = "only who measures wants another number")]
    std::env::var("RUSH").ok().and_then(|count| count.parse().ok()).unwrap_or(MESSAGES)
}

/// A shop in which one message to each of so many people is due in the same minute.
async fn crowded(count: usize) -> Shop {
    let journey = json!({
        "name": "offer", "version": 1, "purpose": "service", "priority": 1,
        "steps": [{ "due": [{ "placed": "1 hour" }], "expires": "1 day", "message": "delivery-check" }],
    });
    let journeys: Vec<Journey> = vec![serde_json::from_value(journey).unwrap()];
    let own = rihla_core::shop::Shop { journeys, ..rihla_infra::shop() };
    let shop = Shop::set_up(account_at(MONDAY_NINE), own).await;
    for number in 0..count {
        let buyer = person(&format!("p{number}@example.com"));
        shop.tell(&[placed(&number.to_string(), buyer)]).await;
    }
    // Until a minute before they are due: the calendar is read a minute ahead.
    shop.pass(Wait::seconds(57 * 60)).await;
    assert!(shop.mails().is_empty());
    shop
}

#[tokio::test]
async fn each_of_many_due_in_one_minute_takes_the_same_few_calls_and_none_is_late() {
    let count = messages();
    let shop = crowded(count).await;
    #[expect(clippy::disallowed_methods, reason = "a figure to print: nothing is asserted of it")]
    let began = Instant::now();
    let ((), trace) = shop.traced(shop.pass(Wait::seconds(4 * 60))).await;
    let took = began.elapsed();
    let mut calls: BTreeMap<&str, usize> = BTreeMap::new();
    let delivers = trace.iter().filter(|traced| &*traced.call.function == "deliver");
    delivers.for_each(|traced| *calls.entry(traced.call.action.as_str()).or_default() += 1);
    let each = took.as_micros() / count as u128;
    println!("{count} messages: {calls:?}, {each} microseconds each");
    // Once for all of them it is read how often the shop's customers buy.
    let [batches, reads] = [count.div_ceil(10), count + 1];
    let expected = [
        ("DeleteMessageBatch", batches),
        ("GetItem", reads),
        ("PutItem", 2 * count),
        ("Query", count),
        ("ReceiveMessage", batches),
        ("SendRawEmail", count),
    ];
    assert_eq!(calls, expected.into());
    assert_eq!(shop.mails().len(), count);
    let accepted: Vec<_> = shop.mails().iter().map(|mail| mail.accepted_at.as_second()).collect();
    let apart = accepted.iter().max().unwrap() - accepted.iter().min().unwrap();
    assert!(apart <= 60, "{apart} s");
}
