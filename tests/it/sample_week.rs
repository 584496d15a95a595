//! What becomes of the written week: a table that a person can read.

use std::fmt::Write as _;

use rihla_core::order::Order;
use rihla_local::shop::STARTS_AT;
use serde_json::Value;

use crate::shop::Shop;
use crate::week::{Week, follow_ups, key_of, mails};

/// The week's outcome, a fact a line.
pub(crate) fn facts(shop: &Shop) -> String {
    let (mut told, items, profiles) = (String::new(), shop.items(), shop.profiles());
    let orders: Vec<Order> = items
        .iter()
        .filter(|item| item.sk.starts_with("O#") && item.sk.matches('#').count() == 3)
        .map(crate::table::Item::read)
        .collect();
    let linked = shop.linked();
    let mut line = |what: &str, count: usize| writeln!(told, "{what}: {count}").unwrap();
    line("orders", orders.len());
    line("cancelled", orders.iter().filter(|order| order.cancelled.is_some()).count());
    line("sent back", orders.iter().filter(|order| order.is_returned()).count());
    line("parcels", orders.iter().map(|order| order.parcels.len()).sum());
    line("customers", profiles.len() - linked);
    line("linked to another", linked);
    line("addresses closed", profiles.iter().map(|(_, profile)| profile.suppressed.len()).sum());
    for (what, count) in follow_ups(shop) {
        line(&what, count);
    }
    let mut answers: Vec<String> = items.iter().filter(|item| item.sk.contains("#A#")).map(answer).collect();
    answers.sort();
    for answer in answers {
        writeln!(told, "answer: {answer}").unwrap();
    }
    told
}

fn answer(item: &crate::table::Item) -> String {
    let answer: Value = item.read();
    let (order, journey) = (item.sk.split('#').nth(2).unwrap(), key_of(&item.sk, "#A#"));
    format!("{order} {journey} {} {}", answer["score"], answer["comment"].as_str().unwrap_or_default())
}

/// What the week comes to.
pub(crate) const OUTCOME: &str = "\
orders: 28
cancelled: 1
sent back: 1
parcels: 24
customers: 25
linked to another: 0
addresses closed: 2
delivery-attempt sent: 1
delivery-check refused by order: 1
delivery-check refused by person: 1
delivery-check refused by suppression: 2
delivery-check sent: 19
ease-survey refused by order: 1
ease-survey refused by person: 2
ease-survey refused by surveys-apart: 1
ease-survey sent: 23
matching-items refused by consent: 4
matching-items refused by matching-items: 5
matching-items refused by order: 1
matching-items refused by person: 2
matching-items refused by suppression: 2
matching-items sent: 10
newsletter-invitation refused by consent: 5
newsletter-invitation refused by order: 1
newsletter-invitation refused by person: 2
newsletter-invitation refused by suppression: 2
newsletter-invitation sent: 11
nps refused by once: 3
nps refused by order: 1
nps refused by person: 2
nps refused by suppression: 2
nps sent: 16
review-request: ask refused by exit: 2
review-request: ask refused by order: 1
review-request: ask refused by person: 2
review-request: ask refused by review-pages: 17
review-request: ask refused by suppression: 2
thank-you refused by person: 1
thank-you sent: 2
answer: 5400000001001 delivery-check 5 
answer: 5400000001001 ease-survey 5 Two minutes from basket to paid. Lovely.
answer: 5400000001002 delivery-check 4 وصلت الركوة سليمة، لكن العلبة كانت مفتوحة قليلًا.
answer: 5400000001003 ease-survey 2 The delivery date changed twice while I was paying.
answer: 5400000001005 delivery-check 3 One bowl has a chip on the rim. Can it be exchanged?
answer: 5400000001007 ease-survey 5 
answer: 5400000001018 delivery-check 5 شكرًا على التغليف الجميل.
answer: 5400000001024 delivery-check 1 Left in the rain.
";

#[tokio::test]
async fn the_week_comes_to_what_it_was_written_for() {
    let shop = Shop::at(STARTS_AT).await;
    Week::new().live(&shop).await;
    let sent = mails(&shop);
    let mut once = sent.clone();
    once.dedup();
    assert_eq!(sent, once, "nothing twice");
    assert_eq!(facts(&shop), OUTCOME, "\n{}", facts(&shop));
    let waiting = ["inbox", "outbox", "inbox-dead", "outbox-dead"]
        .map(|queue| shop.aws().queues().peek(queue, 10).unwrap().len());
    assert_eq!((waiting, shop.aws().mailbox().dead_events().unwrap().len()), ([0; 4], 0));
}
