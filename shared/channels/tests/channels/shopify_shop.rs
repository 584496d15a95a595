//! What Shopify's topics of checkouts, stock, products, disputes and payments mean, and what it adds tomorrow.

use rihla_channels::Reading;
use serde_json::{Value, json};

use crate::{SENT, changed, json, read_shopify, reason, sample, shopify_events, without};

const CUSTOMER: &str = "7700112233445566778";
const ORDER: &str = "5678901234567890123";
const CHANGED: &str = "2026-11-07T06:00:00Z";

fn tell(topic: &str, name: &str, members: Value) -> Reading {
    read_shopify(topic, changed(&format!("shopify/{name}"), members).to_string().as_bytes()).unwrap()
}

fn told(topic: &str, name: &str, members: Value) -> Value {
    json(&tell(topic, name, members).events)
}

fn checkout(members: Value) -> Value {
    told("checkouts/update", "checkout", members)[0]["data"].clone()
}

fn dirhams(minor: i64) -> Value {
    json!({ "minor": minor, "currency": "AED" })
}

fn unknown(reading: &Reading) -> Vec<(&'static str, &str)> {
    reading.unknown.iter().map(|unknown| (unknown.field, unknown.value.as_str())).collect()
}

#[test]
fn a_checkout_is_told_with_its_shipping_and_the_way_back() {
    let events = told("checkouts/create", "checkout", json!({}));
    let line = |product: &str, title: &str, quantity: u32, minor: i64| json!({ "product": product, "title": title, "quantity": quantity, "price": dirhams(minor) });
    let expected = json!({
        "checkout": "a1b2c3d4e5",
        "buyer": {
            "customer": CUSTOMER,
            "email": "amal@example.com",
            "phone": "+971501234567",
            "first_name": "أمل",
            "last_name": "الشامسي",
            "locale": "ar-AE",
            "place": { "country": "AE", "region": "SH", "city": "Sharjah" },
        },
        "lines": [line("9007199254740993", "Brass coffee pot", 1, 28900), line("8123000000002", "Cardamom coffee", 2, 4500)],
        "total": dirhams(60400),
        "shipping": dirhams(4000),
        "recovery_url": "https://dallah.example/1/checkouts/a1b2c3d4e5/recover?key=k",
    });
    assert_eq!(
        events[0],
        json!({ "timestamp": "2026-11-02T06:05:00Z", "type": "checkout.changed", "data": expected })
    );
    assert_eq!(
        (&events[1]["type"], &events[1]["data"]["state"]),
        (&json!("consent.changed"), &json!("granted"))
    );
}

#[test]
fn a_checkout_is_finished_when_it_is_completed_closed_or_ordered() {
    for (members, finished) in [
        (json!({}), Value::Null),
        (json!({ "completed_at": SENT }), json!(true)),
        (json!({ "closed_at": SENT }), json!(true)),
        (json!({ "order_id": 1 }), json!(true)),
    ] {
        assert_eq!(checkout(members.clone())["finished"], finished, "{members}");
    }
}

#[test]
fn shipping_is_shown_once_a_way_of_sending_is_chosen() {
    let shipping = |members: Value| checkout(members)["shipping"].clone();
    assert_eq!(shipping(json!({ "shipping_lines": [] })), Value::Null);
    assert_eq!(shipping(json!({ "shipping_lines": null })), Value::Null);
    let free = json!({ "shipping_lines": null, "shipping_line": { "price": "0.00" } });
    assert_eq!(shipping(free), dirhams(0));
    let two = json!({ "shipping_lines": [{ "price": "40.00" }, { "price": "2.50" }, {}] });
    assert_eq!(shipping(two), dirhams(4250));
}

#[test]
fn a_checkout_goes_by_its_token_and_back_by_https() {
    assert_eq!(checkout(json!({ "token": null }))["checkout"], "35200000000001");
    let neither = changed("shopify/checkout", json!({ "token": null, "id": null }));
    assert_eq!(reason(read_shopify("checkouts/update", neither.to_string().as_bytes())), "token: missing");
    assert_eq!(
        checkout(json!({ "abandoned_checkout_url": "javascript:alert(1)" }))["recovery_url"],
        Value::Null
    );
    let by_web = json!({ "abandoned_checkout_url": null, "web_url": "https://dallah.example/c" });
    assert_eq!(checkout(by_web)["recovery_url"], "https://dallah.example/c");
    let nobody = json!({ "customer": null, "email": "", "customer_locale": null, "shipping_address": null });
    assert_eq!(checkout(nobody)["buyer"], json!({}));
    assert_eq!(checkout(json!({ "customer": null, "customer_id": 5 }))["buyer"]["customer"], "5");
}

#[test]
fn a_word_on_text_messages_is_of_that_channel() {
    let topic = "customers_marketing_consent/update";
    let word = |state: &str, purpose: &str| {
        let person = json!({ "customer": CUSTOMER, "phone": "+971501234567" });
        let mut data = json!({ "person": person, "purpose": purpose, "state": state, "channel": "sms" });
        if state == "granted" {
            data["wording"] = json!("confirmed opt-in at Shopify");
            data["double_opt_in"] = json!({});
        }
        json!({ "timestamp": CHANGED, "type": "consent.changed", "data": data })
    };
    assert_eq!(told(topic, "sms_consent", json!({})), json!([word("granted", "marketing")]));
    let no = json!({ "state": "unsubscribed", "consent_updated_at": CHANGED });
    let both = json!([word("withdrawn", "marketing"), word("withdrawn", "newsletter")]);
    assert_eq!(told(topic, "sms_consent", json!({ "sms_marketing_consent": no.clone() })), both);
    let members = json!({ "sms_marketing_consent": no, "phone": "+971501234567" });
    let in_customer = told("customers/update", "customer", members);
    assert_eq!(json!([in_customer[2], in_customer[3]]), both);
    let fault = reason(read_shopify(topic, b"{}"));
    assert_eq!(fault, "sms_marketing_consent: missing");
}

#[test]
fn stock_is_told_by_item_and_location() {
    let expected = json!({ "item": "9007199254740993", "location": "655441491", "available": 6 });
    let events = told("inventory_levels/update", "inventory_level", json!({}));
    assert_eq!(events, json!([{ "timestamp": CHANGED, "type": "stock.changed", "data": expected }]));
    assert_eq!(
        told("inventory_levels/update", "inventory_level", json!({ "available": -2 }))[0]["data"]["available"],
        -2
    );
    assert_eq!(told("inventory_levels/update", "inventory_level", json!({ "available": null })), json!([]));
}

#[test]
fn a_location_is_told_with_its_place_and_whether_it_is_closed() {
    let place = json!({ "country": "AE", "region": "DU", "city": "Dubai" });
    let expected =
        json!({ "location": "655441491", "name": "At the creek", "place": place, "address": "1 Creek Road" });
    for topic in ["locations/create", "locations/update", "locations/activate"] {
        let events = told(topic, "location", json!({}));
        assert_eq!(
            events,
            json!([{ "timestamp": CHANGED, "type": "location.changed", "data": expected }]),
            "{topic}"
        );
    }
    assert_eq!(
        told("locations/deactivate", "location", json!({ "active": false }))[0]["data"]["closed"],
        true
    );
    let deleted = json(&shopify_events("locations/delete", &json!({ "id": 655_441_491 })));
    assert_eq!(deleted[0]["data"], json!({ "location": "655441491", "closed": true }));
    assert_eq!(deleted[0]["timestamp"], SENT);
}

#[test]
fn a_product_names_the_items_that_are_counted_for_it() {
    let expected =
        json!({ "product": "9007199254740993", "title": "Brass coffee pot", "items": ["44", "55"] });
    for topic in ["products/create", "products/update"] {
        let events = told(topic, "product", json!({}));
        assert_eq!(events, json!([{ "timestamp": CHANGED, "type": "product.changed", "data": expected }]));
    }
    for (status, withdrawn, words) in [
        (json!("active"), Value::Null, vec![]),
        (json!("unlisted"), Value::Null, vec![]),
        (json!(null), Value::Null, vec![]),
        (json!("draft"), json!(true), vec![]),
        (json!("archived"), json!(true), vec![]),
        (json!("hidden"), Value::Null, vec![("status", "hidden")]),
    ] {
        let reading = tell("products/update", "product", json!({ "status": status }));
        assert_eq!(json(&reading.events)[0]["data"]["withdrawn"], withdrawn, "{status}");
        assert_eq!(unknown(&reading), words, "{status}");
    }
    let deleted = json(&shopify_events("products/delete", &json!({ "id": 7 })));
    assert_eq!(
        deleted,
        json!([{ "timestamp": SENT, "type": "product.changed", "data": { "product": "7", "withdrawn": true } }])
    );
}

#[test]
fn every_state_of_a_dispute_is_one_of_four() {
    for (kind, status, expected) in [
        ("inquiry", "needs_response", "inquired"),
        ("inquiry", "under_review", "inquired"),
        ("chargeback", "needs_response", "opened"),
        ("chargeback", "under_review", "opened"),
        ("chargeback", "won", "won"),
        ("inquiry", "won", "won"),
        ("chargeback", "lost", "lost"),
        ("chargeback", "accepted", "lost"),
        ("inquiry", "charge_refunded", "lost"),
        ("inquiry", "prevented", "lost"),
    ] {
        let disputed =
            json!({ "order": ORDER, "dispute": "598735659", "state": expected, "amount": dirhams(56400) });
        let events = told("disputes/update", "dispute", json!({ "type": kind, "status": status }));
        assert_eq!(
            events,
            json!([{ "timestamp": SENT, "type": "order.disputed", "data": disputed }]),
            "{kind} {status}"
        );
    }
    assert_eq!(
        unknown(&tell("disputes/create", "dispute", json!({ "status": "on_hold" }))),
        [("status", "on_hold")]
    );
    assert_eq!(told("disputes/create", "dispute", json!({ "order_id": null })), json!([]));
}

#[test]
fn a_payment_that_fails_is_told_and_no_other() {
    let topic = "order_transactions/create";
    let failed = json!([{ "timestamp": "2026-11-02T06:15:30Z", "type": "order.payment_failed", "data": { "order": ORDER } }]);
    for (kind, status, expected, words) in [
        ("sale", "failure", &failed, vec![]),
        ("authorization", "error", &failed, vec![]),
        ("capture", "failure", &failed, vec![]),
        ("refund", "failure", &json!([]), vec![]),
        ("void", "error", &json!([]), vec![]),
        ("sale", "success", &json!([]), vec![]),
        ("sale", "pending", &json!([]), vec![]),
        ("sale", "on_hold", &json!([]), vec![("status", "on_hold")]),
    ] {
        let reading = tell(topic, "transaction", json!({ "kind": kind, "status": status }));
        assert_eq!((&json(&reading.events), unknown(&reading)), (expected, words), "{kind} {status}");
    }
    let without_order = without(changed("shopify/transaction", json!({})), &["order_id"]);
    assert_eq!(reason(read_shopify(topic, without_order.to_string().as_bytes())), "order_id: missing");
}

#[test]
fn what_shopify_adds_tomorrow_is_counted() {
    let fulfillment = |members: Value| tell("fulfillments/update", "fulfillment", members);
    assert_eq!(unknown(&fulfillment(json!({ "status": "teleported" }))), [("status", "teleported")]);
    let sent = json!({ "status": "success", "shipment_status": "beamed_up" });
    assert_eq!(unknown(&fulfillment(sent)), [("shipment_status", "beamed_up")]);
    assert_eq!(unknown(&fulfillment(json!({}))), []);
    let event = tell("fulfillment_events/create", "fulfillment_event", json!({ "status": "beamed_up" }));
    assert_eq!(unknown(&event), [("status", "beamed_up")]);
    let order = tell("orders/updated", "order", json!({ "financial_status": "escrow" }));
    assert_eq!(unknown(&order), [("financial_status", "escrow")]);
    assert_eq!(unknown(&tell("orders/updated", "order", json!({}))), []);
    let within =
        json!({ "fulfillments": [{ "id": 1, "status": "success", "shipment_status": "beamed_up" }] });
    assert_eq!(unknown(&tell("orders/updated", "order", within)), [("shipment_status", "beamed_up")]);
    let word = json!({ "email_marketing_consent": { "state": "thinking_about_it" } });
    assert_eq!(
        unknown(&tell("customers/update", "customer", word)),
        [("consent.state", "thinking_about_it")]
    );
}

#[test]
fn what_is_told_elsewhere_is_of_no_interest() {
    for topic in [
        "carts/create",
        "carts/update",
        "customers/delete",
        "returns/approve",
        "reverse_deliveries/attach_deliverable",
        "fulfillment_orders/placed_on_hold",
        "app/uninstalled",
    ] {
        let of_no_interest = read_shopify(topic, b"no JSON at all").unwrap().of_no_interest.unwrap();
        assert!(
            of_no_interest.topic == topic && of_no_interest.why != "no topic that is read here",
            "{topic}"
        );
    }
}

#[test]
fn an_answer_of_the_rest_api_is_read_like_a_webhook() {
    for (topic, root, name) in [
        ("checkouts/update", "checkout", "checkout"),
        ("disputes/update", "dispute", "dispute"),
        ("order_transactions/create", "transaction", "transaction"),
        ("products/update", "product", "product"),
        ("inventory_levels/update", "inventory_level", "inventory_level"),
        ("locations/update", "location", "location"),
    ] {
        let body: Value = serde_json::from_slice(&sample(&format!("shopify/{name}"))).unwrap();
        assert_eq!(shopify_events(topic, &json!({ root: body })), shopify_events(topic, &body), "{topic}");
    }
}
