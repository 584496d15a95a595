//! Whom staff find by the beginning of a name, in the scripts that occur.

use std::collections::BTreeSet;

use rihla_core::event::{Fact, Person, PrivacyRequest, PrivacyRequested};
use serde_json::{Value, json};

use crate::facts::{AMAL, person, placed};
use crate::shop::Shop;

fn named(email: &str, first: &str, last: &str) -> Person {
    Person { first_name: Some(first.into()), last_name: Some(last.into()), ..person(email) }
}

fn names(answer: &Value) -> BTreeSet<String> {
    let persons = answer["persons"].as_array().unwrap_or_else(|| panic!("{answer}"));
    persons.iter().map(|person| person["name"].as_str().unwrap().to_owned()).collect()
}

/// Items by which a name is found.
fn name_keys(shop: &Shop) -> usize {
    shop.items().iter().filter(|item| item.pk.starts_with("I#name#")).count()
}

impl Shop {
    async fn search_for(&self, text: &str) -> Value {
        self.console(json!({ "search": { "text": text } })).await
    }
}

#[tokio::test]
async fn a_name_is_found_by_its_beginning_in_any_script_and_spelling() {
    let shop = Shop::open().await;
    for (email, first, last) in [
        ("a@example.com", "Amália", "Szűcs"),
        ("b@example.com", "أمل", "الحداد"),
        ("c@example.com", "علي", "كريمي"),
        ("d@example.com", "Amal", "Haddad"),
        ("e@example.com", "Li", "O'Brien"),
    ] {
        shop.tell(&[placed(email, named(email, first, last))]).await;
    }
    for (text, found) in [
        ("amal", &["Amália Szűcs", "Amal Haddad"][..]),
        ("AMÁL", &["Amália Szűcs", "Amal Haddad"]),
        ("amali", &["Amália Szűcs"]),
        ("szu", &["Amália Szűcs"]),
        ("had amal", &["Amal Haddad"]),
        ("Amal Szucs", &["Amália Szűcs"]),
        ("امل", &["أمل الحداد"]),
        ("أَمَل", &["أمل الحداد"]),
        ("کریمی", &["علي كريمي"]),
        ("علی", &["علي كريمي"]),
        ("obri", &["Li O'Brien"]),
        ("li", &["Li O'Brien"]),
        ("amalx", &[]),
        ("am", &[]),
        ("haddad li", &[]),
        ("🌷", &[]),
    ] {
        let answer = shop.search_for(text).await;
        assert_eq!(names(&answer), found.iter().map(|name| (*name).to_owned()).collect(), "{text}");
        let by = answer["persons"].as_array().unwrap().iter().all(|person| person["by"] == json!(["name"]));
        assert!(by && answer.get("next").is_none(), "{answer}");
    }
    let keys = format!("{:?}", shop.items().iter().map(|item| (&item.pk, &item.sk)).collect::<Vec<_>>());
    assert!(!keys.to_lowercase().contains("ama") && !keys.contains("امل"), "{keys}");
}

#[tokio::test]
async fn a_name_is_written_once_and_what_is_no_name_never() {
    let shop = Shop::open().await;
    shop.tell(&[placed("1", named("x@example.com", " \u{3000} ", "🌷🌷"))]).await;
    assert_eq!(name_keys(&shop), 0);
    shop.tell(&[placed("2", named(AMAL, "Amal", "Haddad"))]).await;
    assert_eq!(name_keys(&shop), 2);
    let again = shop.delivery("shop", &[placed("3", named(AMAL, "Amal", "Haddad"))]);
    let (_, calls) = shop.traced(shop.post(&again)).await;
    assert!(!calls.is_empty() && !format!("{calls:?}").contains("I#name#"), "{calls:?}");
    shop.hours(1).await;
    shop.tell(&[Fact::ProfileChanged(named(AMAL, "Amal", "Nasser"))]).await;
    assert_eq!(names(&shop.search_for("nass").await), ["Amal Nasser".to_owned()].into());
    assert_eq!(names(&shop.search_for("haddad").await), BTreeSet::new());
}

#[tokio::test]
async fn many_of_one_name_come_page_by_page_each_once_at_a_cost_that_is_bounded() {
    let shop = Shop::open().await;
    for number in 0..60 {
        let email = format!("n{number}@example.com");
        shop.tell(&[Fact::ProfileChanged(named(&email, "Noor", &format!("Of{number:02}")))]).await;
    }
    let (first, calls) = shop.traced(shop.search_for("noor")).await;
    assert_eq!(names(&first).len(), 50);
    assert!(calls.len() <= 60, "{}", calls.len());
    let next = json!({ "search": { "text": "noor", "page": first["next"] } });
    let last = shop.console(next).await;
    assert_eq!(last.get("next"), None);
    let all: BTreeSet<String> = names(&first).union(&names(&last)).cloned().collect();
    assert_eq!((names(&last).len(), all.len()), (10, 60));
}

#[tokio::test]
async fn nobody_is_found_by_the_name_of_who_is_forgotten() {
    let shop = Shop::open().await;
    shop.tell(&[placed("1", named(AMAL, "Amália", "Haddad"))]).await;
    shop.tell(&[placed("2", named("b@example.com", "Amal", "Haddad"))]).await;
    shop.hours(1).await;
    let id = Some("r-1".to_owned());
    let request = PrivacyRequest::Erase;
    let erase = PrivacyRequested { request, person: person(AMAL), id, orders: Vec::new() };
    assert_eq!(shop.post(&shop.delivery("shop", &[Fact::PrivacyRequested(erase)])).await, 202);
    shop.hours(1).await;
    assert_eq!(names(&shop.search_for("amal").await), ["Amal Haddad".to_owned()].into());
    assert_eq!(name_keys(&shop), 2);
    shop.tell(&[Fact::ProfileChanged(named(AMAL, "Amália", "Haddad"))]).await;
    assert_eq!(name_keys(&shop), 4);
    assert_eq!(names(&shop.search_for("amalia").await), ["Amália Haddad".to_owned()].into());
}
