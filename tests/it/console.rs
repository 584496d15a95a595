//! What the shop's staff ask of a person: what happened, who it is, what is kept, and that it be forgotten.

use rihla_core::event::{Fact, MessagePassed, OrderDetails, Person, Speaker};
use rihla_core::parcel::ParcelState;
use serde_json::{Value, json};

use crate::facts::{AMAL, agrees, details, known_as, moved, paid, person, placed, refunded};
use crate::shop::Shop;

const NUMBER: &str = "+447700900101";

fn amal() -> Person {
    Person {
        phone: Some(NUMBER.parse().unwrap()),
        last_name: Some("Haddad".into()),
        ..known_as(person(AMAL), "77")
    }
}

fn said(message: &str) -> Fact {
    Fact::MessagePassed(MessagePassed {
        conversation: "talk".to_owned(),
        message: message.to_owned(),
        customer: amal(),
        dated_by_arrival: false,
        speaker: Speaker::Customer,
        channel: None,
        text: Some(format!("<b>{message}</b>?")),
    })
}

fn numbered(order: &str, number: &str) -> Fact {
    let details = details(order, Person::default(), &["bowl"]);
    Fact::OrderChanged(OrderDetails { number: Some(number.into()), ..details })
}

impl Shop {
    /// A customer of two records, with an order of each, a message, a parcel and a mail; gives one of the records.
    async fn with_history(&self) -> String {
        let by_id = Person { customer: Some("77".into()), ..Person::default() };
        for facts in [
            vec![placed("till", by_id)],
            vec![agrees(person(AMAL)), placed("web", person(AMAL)), paid("web")],
            vec![numbered("web", "#A-1007"), moved("web", ParcelState::HandedOver)],
            vec![moved("web", ParcelState::Delivered), Fact::ProfileChanged(amal())],
            vec![said("where is it")],
            vec![refunded("till", 300, false)],
        ] {
            self.tell(&facts).await;
            self.hours(1).await;
        }
        self.days(4).await;
        let found = self.console(json!({ "search": { "text": AMAL } })).await;
        found["persons"][0]["customer"].as_str().unwrap().to_owned()
    }

    /// The whole timeline, page by page, and how many pages it had.
    async fn timeline(&self, customer: &str) -> (Vec<Value>, usize) {
        let (mut entries, mut page, mut pages) = (Vec::new(), Value::Null, 0);
        loop {
            let answer = self.console(json!({ "timeline": { "customer": customer, "page": page } })).await;
            entries.extend(answer["entries"].as_array().unwrap_or_else(|| panic!("{answer}")).clone());
            pages += 1;
            match answer.get("next") {
                Some(next) => page = next.clone(),
                None => return (entries, pages),
            }
        }
    }
}

fn at(entry: &Value) -> &str {
    entry["at"].as_str().unwrap()
}

#[tokio::test]
async fn the_timeline_has_all_that_happened_over_all_records_the_newest_first() {
    let shop = Shop::open().await;
    let customer = shop.with_history().await;
    let (entries, _) = shop.timeline(&customer).await;
    assert!(entries.is_sorted_by(|one, next| at(one) >= at(next)), "{entries:#?}");
    let texts: Vec<&str> = entries.iter().map(|entry| entry["text"].as_str().unwrap()).collect();
    for text in [
        "placed order #till, 10.00 GBP",
        "placed order #A-1007, 10.00 GBP",
        "paid order #A-1007",
        "a parcel of order #A-1007: delivered",
        "customer: <b>where is it</b>?",
        "3.00 GBP of order #till went back",
        "marketing: granted, on the ground of consent",
        "delivery-check was sent",
    ] {
        assert_eq!(texts.iter().filter(|known| **known == text).count(), 1, "{text} in {texts:#?}");
    }
    let link = entries.iter().find(|entry| entry["kind"] == "link").unwrap();
    assert!(link["text"].as_str().unwrap().starts_with("one event of shop carried identifiers of both"));
    let order = entries.iter().find(|entry| entry["text"] == "paid order #A-1007").unwrap();
    assert_eq!((&order["source"], &order["ids"]["order"]), (&json!("shop"), &json!("web")));
}

#[tokio::test]
async fn a_page_reads_as_much_however_long_the_history_is() {
    let mut read = Vec::new();
    for orders in [400, 800] {
        let shop = Shop::open().await;
        let ids: Vec<String> = (0..orders).map(|n| format!("{n:04}")).collect();
        for ids in ids.chunks(40) {
            let facts: Vec<Fact> = ids.iter().map(|id| placed(id, person(AMAL))).collect();
            shop.tell(&facts).await;
            shop.hours(1).await;
        }
        let found = shop.console(json!({ "search": { "text": AMAL } })).await;
        let customer = found["persons"][0]["customer"].as_str().unwrap().to_owned();
        let asked = json!({ "timeline": { "customer": customer } });
        let (answer, calls) = shop.traced(shop.console(asked)).await;
        read.push((calls.len(), calls.iter().map(|call| call.usage.read_units).sum::<f64>()));
        let newest = answer["entries"][0]["ids"]["order"].as_str().unwrap();
        assert!(ids[ids.len() - 40..].iter().any(|id| id == newest), "{newest}");
        let (entries, _) = shop.timeline(&customer).await;
        let mut seen: Vec<&str> = entries.iter().filter_map(|entry| entry["ids"]["order"].as_str()).collect();
        assert!(entries.is_sorted_by(|one, next| at(one) >= at(next)));
        seen.sort_unstable();
        assert_eq!(seen, ids, "each once, over {orders} orders");
    }
    let ((few_calls, few_units), (many_calls, many_units)) = (read[0], read[1]);
    assert_eq!(few_calls, many_calls);
    assert!((few_units - many_units).abs() < 0.1 * few_units, "{few_units} and {many_units}");
}

#[tokio::test]
async fn whoever_is_asked_for_is_found_by_any_identifier_in_any_notation() {
    let shop = Shop::open().await;
    let customer = shop.with_history().await;
    shop.tell(&[placed("other", person("basel@example.com"))]).await;
    for (text, by) in [
        ("Amal@Example.com ", "e-mail address"),
        ("07700 900101", "telephone number"),
        ("+44 7700 900 101", "telephone number"),
        ("٠٧٧٠٠ ٩٠٠١٠١", "telephone number"),
        ("web", "order number"),
        ("#web", "order number"),
        ("#A-1007", "order number"),
        ("a-1007", "order number"),
        ("spwebgb", "tracking number"),
        ("77", "customer number"),
    ] {
        let found = shop.console(json!({ "search": { "text": text } })).await;
        let persons = found["persons"].as_array().unwrap_or_else(|| panic!("{found}"));
        assert_eq!(persons.len(), 1, "{text}: {found}");
        assert_eq!(persons[0]["customer"], customer.as_str(), "{text}");
        assert_eq!(persons[0]["by"], json!([by]), "{text}");
        assert_eq!((&persons[0]["name"], &persons[0]["orders"]), (&json!("Amal Haddad"), &json!(2)));
    }
    for text in ["", "#", "nobody@example.com", "+33123456789", "no such thing"] {
        assert_eq!(
            shop.console(json!({ "search": { "text": text } })).await,
            json!({ "persons": [] }),
            "{text}"
        );
    }
}

#[tokio::test]
async fn an_export_has_every_item_of_every_record_and_is_on_record_itself() {
    let shop = Shop::open().await;
    let customer = shop.with_history().await;
    let ask = |format: &str| json!({ "export": { "customer": customer, "by": "Noor", "format": format } });
    let exported = shop.console(ask("json")).await;
    let mut kept: Vec<(String, String)> = Vec::new();
    for item in exported["items"].as_array().unwrap() {
        let text = |name: &str| item[name].as_str().unwrap().to_owned();
        kept.push((format!("C#{}", text("record")), text("place")));
    }
    kept.sort();
    let items = shop.items().into_iter().filter(|item| item.pk.starts_with("C#"));
    assert_eq!(kept, items.map(|item| (item.pk, item.sk)).collect::<Vec<_>>());
    assert!(exported["items"].to_string().contains("Haddad") && exported["next"].is_null());
    assert!(kept.iter().any(|(_, place)| place.starts_with("X#console-export-")));
    let page = shop.console(ask("html")).await;
    let page = page["html"].as_str().unwrap();
    for text in
        ["Order web (shop)", "&lt;b&gt;where is it&lt;/b&gt;?", "Haddad", AMAL, "2026-11-02T10:00:00Z"]
    {
        assert!(page.contains(text), "{text} in {page}");
    }
    assert!(!page.contains("<b>") && !page.contains("://"), "{page}");
}

#[tokio::test]
async fn who_is_forgotten_at_the_word_of_staff_is_forgotten_wholly() {
    let shop = Shop::open().await;
    let customer = shop.with_history().await;
    let answer = shop.console(json!({ "forget": { "customer": customer, "by": "Noor" } })).await;
    assert!(answer["error"].is_null(), "{answer}");
    assert_eq!(answer["customers"].as_array().unwrap().len(), 2, "{answer}");
    let kept = format!("{:#?}", shop.items());
    for text in [AMAL, "Haddad", "7700900101", "where is it", "A-1007"] {
        assert!(!kept.contains(text), "{text} in {kept}");
    }
    let request = shop.items().into_iter().find(|item| item.sk.starts_with("X#")).unwrap();
    assert_eq!(request.sk, format!("X#{}", answer["request"].as_str().unwrap()));
    assert!(request.document.contains("done_at") && request.document.contains("Noor"));
    let found = shop.console(json!({ "search": { "text": AMAL } })).await;
    assert_eq!(found["persons"][0]["name"], "");
    for nobody in ["timeline", "export", "forget"] {
        let asked = if nobody == "timeline" {
            json!({ "customer": "x" })
        } else {
            json!({ "customer": "x", "by": "N" })
        };
        let answer = shop.console(json!({ nobody: asked })).await;
        assert_eq!(answer["error"], "there is no customer x");
    }
}
