//! Where customers stand with the shop: counted once a day, asked by staff, and followed by journeys.

use std::sync::atomic::{AtomicUsize, Ordering};

use rihla_aws::clock::Clock;
use rihla_aws::table::{Expect, Freshness, Key, Versioned, Write};
use rihla_core::event::{Event, Fact, Person};
use rihla_core::fit::ShopFit;
use rihla_core::identifier::CustomerId;
use rihla_core::instant::{Instant, Wait};
use rihla_core::order::Order;
use rihla_core::profile::Profile;
use rihla_core::source::Channel;
use rihla_core::totals::Totals;
use rihla_local::aws::{Fault, Function, Refusal};
use serde_json::{Value, json};
use tally::{Done, Pace, Tally};

use crate::facts::{AMAL, agrees, details, known_as, person, placed, pounds};
use crate::shop::Shop;

const LEILA: &str = "leila@example.com";

fn id(number: u32) -> CustomerId {
    CustomerId::from_text(format!("{:08x}000000000000", number.wrapping_mul(0x9E37_79B1)))
}

/// What orders of so many weeks ago add up to.
fn bought(weeks_ago: impl Iterator<Item = i64>, pence: i64, now: Instant) -> Totals {
    let orders = weeks_ago.map(|weeks| {
        let mut details = details("1", Person::default(), &["bowl"]);
        details.total = Some(pounds(pence));
        let at = now.before(Wait::days(7 * weeks));
        Totals::of(&Order::told_by(&Event { at, fact: Fact::OrderPlaced(details) }), Channel::Web)
    });
    orders.fold(Totals::default(), |all, one| all.plus(&one))
}

impl Shop {
    /// So many customers, of whom four in five came back, every few weeks.
    async fn populate(&self, customers: u32) {
        let (now, place) = (self.now(), self.table(&self.aws().function("another")));
        let writes = (0..customers).map(|number| {
            let n = i64::from(number);
            let gap = 2 + n % 9;
            let weeks_ago = (0..=n % 5).map(|order| 1 + n % 7 + order * gap);
            let totals = bought(weeks_ago, 1_000 + 300 * (n % 11), now);
            let profile = Profile { totals, ..Profile::default() };
            Write::new(Key::profile(&id(number)), &profile, Expect::Absent)
        });
        place.put_each(writes.collect()).await.unwrap();
    }

    async fn fit(&self) -> Option<ShopFit> {
        let found: Option<Versioned<ShopFit>> =
            self.table(&self.aws().function("another")).get(&Key::fit(), Freshness::Latest).await.unwrap();
        found.map(|found| found.document)
    }

    pub(crate) async fn customer(&self, email: &str) -> String {
        let found = self.console(json!({ "search": { "text": email } })).await;
        found["persons"][0]["customer"].as_str().unwrap().to_owned()
    }

    async fn standing(&self, customer: &str) -> Value {
        self.console(json!({ "stage": { "customer": customer } })).await
    }

    async fn stage(&self, email: &str) -> String {
        self.standing(&self.customer(email).await).await["stage"].as_str().unwrap().to_owned()
    }
}

/// The function, at the pace of a few items.
fn slow(shop: &Shop) -> Tally {
    slow_in(shop, &shop.aws().function("tally"))
}

fn slow_in(shop: &Shop, function: &Function) -> Tally {
    let clock = shop.aws().clock().clone();
    let pace = Pace { pages: 2, items_a_page: Some(15), time: Wait::hours(1) };
    Tally { table: shop.table(function), clock: Clock::reading(move || clock.now().into()), pace }
}

async fn until_the_round_is_over(tally: &Tally) -> usize {
    for invocations in 1..100 {
        if tally.handle().await.unwrap() == Done::Round {
            return invocations;
        }
    }
    panic!("the round goes on for ever");
}

#[tokio::test]
async fn stretch_by_stretch_everybody_is_counted_once_a_day() {
    let shop = Shop::open().await;
    shop.populate(120).await;
    let tally = slow(&shop);
    assert!(until_the_round_is_over(&tally).await > 3);
    let fit = shop.fit().await.unwrap();
    assert_eq!((fit.customers, fit.currency), (120, Some("GBP".parse().unwrap())));
    assert_eq!(fit.models.as_ref().unwrap().customers, 120);
    assert!(fit.rhythm.unwrap().gap_days < 90.0, "{:?}", fit.rhythm);
    assert_eq!(tally.handle().await.unwrap(), Done::NotDue);
    let at_once = Shop::open().await;
    at_once.populate(120).await;
    assert_eq!(at_once.stack.tally().await.unwrap(), Done::Round);
    assert_eq!(at_once.fit().await.unwrap(), fit);
    shop.days(1).await;
    assert_eq!(tally.handle().await.unwrap(), Done::Stretch);
    assert_eq!(shop.fit().await.unwrap(), fit, "the last one holds until the next is there");
}

/// Each call of a round fails once in each way. So few came back that nothing is fitted, which would take its time.
#[tokio::test]
async fn whatever_fails_in_a_round_nobody_is_counted_twice() {
    /// Of two stretches: what is known, three pages, the fit, and twice what was counted.
    const CALLS: usize = 8;
    let shop = Shop::open().await;
    shop.populate(35).await;
    until_the_round_is_over(&slow(&shop)).await;
    let expected = shop.fit().await.unwrap();
    let mut failed = 0;
    for fault in [Fault::Refuse(Refusal::AccessDenied), Fault::LoseAnswer, Fault::DieBefore, Fault::DieAfter]
    {
        for failing in 0..CALLS {
            shop.days(1).await;
            let began = shop.now();
            let count = std::sync::Arc::new(AtomicUsize::new(0));
            let counted = count.clone();
            shop.aws().faults().set(move |call| match &*call.function {
                "tally" if counted.fetch_add(1, Ordering::Relaxed) == failing => fault,
                _ => Fault::None,
            });
            let mut is_over = false;
            for _ in 0..9 {
                if is_over {
                    break;
                }
                let function = shop.aws().function("tally");
                let tally = slow_in(&shop, &function);
                is_over |= matches!(function.run(tally.handle()).await, Ok(Ok(Done::Round)));
                is_over |= shop.fit().await.is_some_and(|fit| fit.as_of >= began);
            }
            shop.aws().faults().clear();
            let fit = shop.fit().await.unwrap();
            assert!(is_over, "{fault:?} at call {failing}");
            assert_eq!((fit.customers, &fit.spread), (35, &expected.spread), "{fault:?} at call {failing}");
            assert_eq!(fit.no_models_because, expected.no_models_because, "{fault:?} at call {failing}");
            failed += usize::from(count.load(Ordering::Relaxed) > failing);
        }
    }
    // What died after it had stored the fit has its round ended by the next one, which makes half the calls.
    assert_eq!(failed, 4 * CALLS - 1);
}

/// Whoever comes second finds the counts as the first one wrote them, and a write that was done before is not done again.
#[tokio::test]
async fn a_schedule_that_rings_twice_does_no_harm() {
    let shop = Shop::open().await;
    shop.populate(35).await;
    let (one, other) = (slow(&shop), slow(&shop));
    let is_lost = AtomicUsize::new(0);
    shop.aws().faults().set(move |call| match (&*call.function, &*call.action) {
        ("tally", "PutItem") if is_lost.fetch_add(1, Ordering::Relaxed) == 0 => Fault::LoseAnswer,
        _ => Fault::None,
    });
    let mut done = Vec::new();
    for tally in [&one, &other, &one, &other] {
        done.push(tally.handle().await.unwrap());
    }
    assert_eq!(done, [Done::Overtaken, Done::Round, Done::NotDue, Done::NotDue]);
    assert_eq!(shop.fit().await.unwrap().customers, 35);
}

#[tokio::test]
async fn a_person_of_two_records_is_one_customer() {
    let shop = Shop::open().await;
    let by_id = Person { customer: Some("77".into()), ..Person::default() };
    shop.tell(&[placed("till", by_id)]).await;
    shop.tell(&[placed("web", person(AMAL))]).await;
    shop.tell(&[Fact::ProfileChanged(known_as(person(AMAL), "77"))]).await;
    assert_eq!(shop.linked(), 1);
    assert_eq!(shop.stack.tally().await.unwrap(), Done::Round);
    let fit = shop.fit().await.unwrap();
    assert_eq!((fit.customers, fit.rhythm), (1, None));
    let standing = shop.standing(&shop.customer(AMAL).await).await;
    assert_eq!(
        standing["no_forecast_because"],
        "customers who bought again: 0, of whom there must be 30 at least"
    );
    assert_eq!(standing["value"][0]["minor"], 2_000);
}

#[tokio::test]
async fn staff_are_told_where_somebody_stands() {
    let shop = Shop::open().await;
    shop.populate(120).await;
    // Five orders, the last nine weeks ago, five weeks apart.
    let often = id(39);
    let before = shop.standing(often.as_str()).await;
    assert_eq!(before["no_forecast_because"], "the customers were not counted yet");
    shop.stack.tally().await.unwrap();
    let standing = shop.standing(often.as_str()).await;
    assert_eq!(
        (standing["stage"].as_str(), standing["next"]["stage"].as_str()),
        (Some("loyalty"), Some("retention"))
    );
    assert_eq!(standing["value"], json!([{ "minor": 5 * 2_800, "currency": "GBP" }]));
    assert_eq!(standing["rfm"]["scores"]["frequency"], 3);
    assert!(standing["rfm"]["sentence"].is_string());
    let forecast = &standing["forecast"];
    let [from, expected, to] =
        ["from", "expected", "to"].map(|name| forecast["purchases"][name].as_f64().unwrap());
    assert!(from < expected && expected < to && to > 1.0, "{forecast}");
    assert_eq!(forecast["net"]["expected"]["currency"], "GBP");
    assert!(forecast["model"].as_str().unwrap().starts_with("BG/NBD"));
    let nobody = shop.console(json!({ "stage": { "customer": "nobody" } })).await;
    assert_eq!(nobody["error"], "there is no customer nobody");
}

/// With the shop's own set-up of 90 days the first silence is long after some 160 days, the second after 285.
#[tokio::test]
async fn who_falls_silent_is_asked_to_come_back_and_who_buys_again_is_not() {
    let shop = Shop::open().await;
    for email in [AMAL, LEILA] {
        shop.tell(&[agrees(person(email)), placed(email, person(email))]).await;
    }
    shop.days(120).await;
    assert_eq!(shop.stage(AMAL).await, "trial");
    shop.tell(&[placed("again", person(LEILA))]).await;
    shop.days(60).await;
    assert_eq!((shop.stage(AMAL).await, shop.stage(LEILA).await), ("retention".into(), "loyalty".into()));
    let sent = |email: &str, journey: &str| {
        shop.journeys_sent_to(email).iter().filter(|one| *one == journey).count()
    };
    assert_eq!([sent(AMAL, "falling-off"), sent(AMAL, "recovery")], [1, 0]);
    shop.days(115).await;
    assert_eq!(shop.stage(AMAL).await, "recovery");
    assert_eq!([sent(AMAL, "falling-off"), sent(AMAL, "recovery")], [1, 1]);
    assert_eq!([sent(LEILA, "falling-off"), sent(LEILA, "recovery")], [0, 0]);
}

#[tokio::test]
async fn in_a_shop_whose_customers_come_often_a_silence_is_long_sooner() {
    for is_counted in [false, true] {
        let shop = Shop::open().await;
        shop.populate(120).await;
        if is_counted {
            shop.stack.tally().await.unwrap();
        }
        shop.tell(&[agrees(person(AMAL)), placed("1", person(AMAL))]).await;
        shop.days(130).await;
        let is_sent = shop.journeys_sent_to(AMAL).contains(&"falling-off".to_owned());
        assert_eq!(is_sent, is_counted, "{:?}", shop.fit().await.and_then(|fit| fit.rhythm));
    }
}
