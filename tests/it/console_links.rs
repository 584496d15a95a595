//! Staff say that two are not one, or that they are: whatever events told before, in between or after.

use rihla_core::event::{ConsentState, Event, Fact, Person, Purpose};
use rihla_core::identifier::CustomerId;
use rihla_core::instant::{Instant, Wait};
use rihla_local::shop::{Posted, standard_body};
use serde_json::{Value, json};

use crate::facts::{AMAL, known_as, person, placed, says};
use crate::shop::Shop;
use crate::table::Item;

fn by_id(id: &str) -> Person {
    Person { customer: Some(id.into()), ..Person::default() }
}

impl Shop {
    /// The record that lies under an order's customer.
    fn whose(&self, order: &str) -> String {
        let sk = format!("O#shop#{order}#");
        self.items().into_iter().find(|item| item.sk == sk).unwrap().pk["C#".len()..].to_owned()
    }

    pub(crate) async fn console(&self, request: Value) -> Value {
        self.stack.ask(request).await.unwrap()
    }

    async fn say(&self, word: &str, one: &str, other: &str) -> Value {
        let word = json!({ word: { "customer": one, "from": other, "by": "Noor", "reason": "two sisters" } });
        self.console(word).await
    }

    /// The records that are one person with this one, this one left out.
    fn one_with(&self, customer: &str) -> Vec<String> {
        let person = self.circle().person(&CustomerId::from_text(customer));
        let mut others: Vec<String> = person.into_iter().map(|(id, _)| id.as_str().to_owned()).collect();
        others.retain(|other| other != customer);
        others
    }
}

/// Amal by her address, and customer 77 by the number, one by an event; with the order of each.
async fn merged() -> (Shop, String, String) {
    let shop = Shop::open().await;
    shop.tell(&[placed("amals", person(AMAL))]).await;
    shop.tell(&[placed("seventy-sevens", by_id("77"))]).await;
    shop.hours(1).await;
    shop.tell(&[placed("both", known_as(person(AMAL), "77"))]).await;
    let (amal, other) = (shop.whose("amals"), shop.whose("seventy-sevens"));
    assert_eq!(shop.one_with(&amal), [&*other]);
    (shop, amal, other)
}

#[tokio::test]
async fn two_who_are_taken_apart_have_their_own_again_and_later_events_go_to_whom_their_identifiers_say() {
    let (shop, amal, other) = merged().await;
    shop.hours(1).await;
    let answer = shop.say("unlink", &amal, &other).await;
    assert_eq!(answer["persons"], json!([[amal], [other]]));
    assert_eq!(answer["links"][0]["state"], "apart");
    let reason = answer["links"][0]["reason"].as_str().unwrap();
    assert_eq!(reason, "Noor said that both are not one (two sisters), 2026-11-02T11:00:00Z");
    assert!(shop.one_with(&amal).is_empty() && shop.one_with(&other).is_empty());
    shop.hours(1).await;
    shop.tell(&[placed("again", known_as(person(AMAL), "77"))]).await;
    shop.tell(&[placed("by-id", by_id("77"))]).await;
    shop.tell(&[placed("by-mail", person(AMAL))]).await;
    assert!(shop.one_with(&amal).is_empty(), "what carries both does not join them again");
    let whose = ["again", "by-id", "by-mail"].map(|order| shop.whose(order));
    assert_eq!(whose, [amal.clone(), other.clone(), amal.clone()]);
    let orders = |customer: &str| {
        let mut profiles = shop.profiles().into_iter();
        profiles.find(|(id, _)| id == customer).unwrap().1.totals.orders()
    };
    assert_eq!((orders(&amal), orders(&other)), (4, 2));
    let answer = shop.say("link", &amal, &other).await;
    assert_eq!(answer["links"][0]["state"], "stands");
    assert_eq!(shop.one_with(&amal), [&*other]);
}

#[tokio::test]
async fn nobody_comes_between_two_who_are_apart() {
    let (shop, amal, other) = merged().await;
    shop.tell(&[placed("eighty-eights", by_id("88"))]).await;
    let third = shop.whose("eighty-eights");
    shop.say("unlink", &amal, &other).await;
    shop.hours(1).await;
    shop.tell(&[placed("with-amal", known_as(person(AMAL), "88"))]).await;
    shop.say("link", &other, &third).await;
    // A person's word is more than an event.
    assert_eq!(shop.one_with(&other), [&*third]);
    let answer = shop.console(json!({ "links": { "customer": amal } })).await;
    let links = answer["links"].as_array().unwrap();
    let state = |of: &str| links.iter().filter(|link| link["state"] == of).count();
    assert_eq!((state("stands"), state("apart"), state("held-back")), (1, 1, 1), "{answer}");
    let held_back = links.iter().find(|link| link["state"] == "held-back").unwrap();
    assert!(held_back["reason"].as_str().unwrap().starts_with("one event of shop carried"), "{answer}");
}

#[tokio::test]
async fn a_word_on_consent_of_both_stays_that_of_both() {
    let (shop, amal, other) = merged().await;
    let both = known_as(person(AMAL), "77");
    shop.tell(&[says(both, Purpose::Marketing, ConsentState::Withdrawn)]).await;
    shop.say("unlink", &amal, &other).await;
    for (_, profile) in shop.profiles() {
        assert_eq!(profile.consents.on(Purpose::Marketing).unwrap().state, ConsentState::Withdrawn);
    }
}

#[tokio::test]
async fn a_request_that_cannot_be_done_says_why() {
    let (shop, amal, other) = merged().await;
    let word = |customer: &str, from: &str, by: &str| json!({ "unlink": { "customer": customer, "from": from, "by": by, "reason": "sisters" } });
    for (request, error) in [
        (word(&amal, "nobody", "Noor"), "there is no customer nobody"),
        (word(&amal, &amal, "Noor"), "a customer is one with themself"),
        (word(&amal, &other, " "), "by is to be said in a few words"),
        (json!({ "unlink": { "customer": amal } }), "missing field `from`"),
        (json!({ "forgive": {} }), "unknown variant `forgive`"),
        (json!(7), "this is not a request"),
    ] {
        let before = shop.record();
        let answer = shop.console(request).await;
        assert!(answer["error"].as_str().unwrap().contains(error), "{answer}");
        assert_eq!(shop.record(), before);
    }
}

/// A fact that comes with its own time, or what a person says then.
#[derive(Clone, Debug)]
enum Step {
    Tell(Box<Fact>, i64),
    Say(&'static str, [&'static str; 2]),
}

impl Shop {
    fn at_hour(&self, hour: i64, fact: &Fact) -> Posted {
        let at: Instant = crate::shop::MONDAY_NINE.parse().unwrap();
        let events = [Event { at: at.after(Wait::hours(hour)), fact: fact.clone() }];
        Posted { body: standard_body(&events), ..self.delivery("shop", &[] as &[Fact]) }
    }

    async fn live(&self, steps: &[Step]) {
        for step in steps {
            match step {
                Step::Tell(fact, hour) => assert_eq!(self.post(&self.at_hour(*hour, fact)).await, 200),
                Step::Say(word, orders) => {
                    let [one, other] = orders.map(|order| self.whose(order));
                    self.hours(1).await;
                    assert_eq!(self.say(word, &one, &other).await.get("error"), None);
                }
            }
        }
    }

    /// What is known of everybody: everything but the calendar and how often it was written.
    fn known(&self) -> Vec<Item> {
        let mut items = self.record();
        items.retain(|item| item.pk.starts_with("C#") && item.sk == "PROFILE");
        for item in &mut items {
            item.version.clear();
        }
        items
    }
}

/// Three who are known, and the events that carry identifiers of two of them, told several times, in any order, between the
/// words of persons, come to one record.
#[tokio::test]
async fn any_order_of_merges_and_words_comes_to_the_record_of_the_tidy_order() {
    let known = [("1", person(AMAL)), ("2", by_id("77")), ("3", by_id("88"))];
    let known: Vec<Step> =
        (0..).zip(known).map(|(hour, (order, who))| Step::Tell(placed(order, who).into(), hour)).collect();
    let both = |one: &str, hour| Step::Tell(Fact::ProfileChanged(known_as(person(AMAL), one)).into(), hour);
    let merges = [both("77", 4), both("88", 5), both("77", 6)];
    let words = [
        Step::Say("unlink", ["1", "2"]),
        Step::Say("link", ["2", "3"]),
        Step::Say("unlink", ["1", "3"]),
        Step::Say("link", ["1", "2"]),
    ];
    for told in 0..=words.len() {
        let tidy = Shop::open().await;
        let words = &words[..told];
        tidy.live(&[&known[..], &merges, words].concat()).await;
        for seed in 0..6 {
            let mut random = fastrand::Rng::with_seed(seed);
            let mut mixed: Vec<Step> = [&merges[..], &merges].concat();
            random.shuffle(&mut mixed);
            let mut places: Vec<usize> = words.iter().map(|_| random.usize(..=mixed.len())).collect();
            places.sort_unstable();
            for (place, word) in places.into_iter().zip(words).rev() {
                mixed.insert(place, word.clone());
            }
            let mut first = known.clone();
            random.shuffle(&mut first);
            let shop = Shop::open().await;
            shop.live(&[first, mixed.clone()].concat()).await;
            assert_eq!(shop.known(), tidy.known(), "{told} words, seed {seed}: {mixed:?}");
        }
    }
}

#[tokio::test]
async fn two_merges_and_a_word_that_race_end_in_one_record() {
    let (shop, amal, other) = merged().await;
    shop.tell(&[placed("eighty-eights", by_id("88"))]).await;
    let third = shop.whose("eighty-eights");
    let events = ["78", "88"].map(|id| placed(id, known_as(person(AMAL), id)));
    let posted = events.map(|fact| shop.delivery("shop", &[fact]));
    let word = json!({ "unlink": { "customer": amal, "from": other, "by": "Noor", "reason": "sisters" } });
    let (one, two, answer) = tokio::join!(shop.post(&posted[0]), shop.post(&posted[1]), shop.stack.ask(word));
    assert_eq!((one, two, answer.unwrap().get("error")), (200, 200, None));
    assert_eq!(shop.one_with(&amal), [&*third]);
    assert!(shop.one_with(&other).is_empty());
    let mut profiles = shop.profiles().into_iter();
    assert_eq!(profiles.find(|(id, _)| *id == amal).unwrap().1.totals.orders(), 4);
}
