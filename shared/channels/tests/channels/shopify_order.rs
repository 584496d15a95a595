//! What Shopify's orders mean.

use serde_json::{Value, json};

use crate::{SENT, changed, json, read_shopify, reason, sample, shopify_events, without};

const TOPICS: [&str; 6] = [
    "orders/create",
    "orders/paid",
    "orders/updated",
    "orders/fulfilled",
    "orders/partially_fulfilled",
    "orders/cancelled",
];

fn told(members: Value) -> Value {
    json(&shopify_events("orders/updated", &changed("shopify/order", members)))
}

/// The details of the order, which come first.
fn details(members: Value) -> Value {
    told(members)[0]["data"].clone()
}

fn times(events: &Value, kind: &str) -> Vec<String> {
    let events = events.as_array().unwrap().iter().filter(|event| event["type"] == kind);
    events.map(|event| event["timestamp"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_whole_order_is_told_whole() {
    let events = told(json!({}));
    let order = json!({
        "order": "5678901234567890123",
        "number": "#1042",
        "placed_at": "2026-11-02T06:15:29Z",
        "buyer": {
            "customer": "7700112233445566778",
            "email": "amal@example.com",
            "phone": "+971501234567",
            "first_name": "أمل",
            "last_name": "الشامسي",
            "locale": "ar-AE",
            "place": { "country": "AE", "region": "DU", "city": "Dubai" },
        },
        "gift": true,
        "total": { "minor": 56400, "currency": "AED" },
        "lines": [
            line("9007199254740993", "Brass coffee pot", 1, 28900),
            line("8123000000002", "Cardamom coffee", 2, 4500),
            line("8123000000003", "Cup without a handle", 1, 12000),
        ],
        "shipped_whole": true,
    });
    assert_eq!(
        events[0],
        json!({ "timestamp": "2026-11-05T05:00:00Z", "type": "order.placed", "data": order })
    );
    let kinds: Vec<_> =
        events.as_array().unwrap().iter().map(|event| event["type"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["order.placed", "order.paid", "parcel.moved", "order.refunded", "consent.changed"]);
    assert_eq!(times(&events, "order.paid"), ["2026-11-02T06:15:29Z"]);
    assert_eq!(events[2]["data"]["state"], "in-transit");
    assert_eq!(events[3]["data"]["amount"], json!({ "minor": 4500, "currency": "AED" }));
}

fn line(product: &str, title: &str, quantity: u32, minor: i64) -> Value {
    let price = json!({ "minor": minor, "currency": "AED" });
    json!({ "product": product, "title": title, "quantity": quantity, "price": price })
}

#[test]
fn whichever_topic_tells_it_the_order_is_the_same() {
    let body: Value = serde_json::from_slice(&sample("shopify/order")).unwrap();
    let first = shopify_events(TOPICS[0], &body);
    for topic in TOPICS {
        assert_eq!(shopify_events(topic, &body), first, "{topic}");
    }
}

#[test]
fn parts_of_an_order_say_the_same_as_their_own_topics() {
    let within = told(json!({}));
    let own = |topic: &str, name: &str| {
        let body: Value = serde_json::from_slice(&sample(name)).unwrap();
        json(&shopify_events(topic, &body))[0].clone()
    };
    assert_eq!(within[2], own("fulfillments/update", "shopify/fulfillment"));
    assert_eq!(within[3], own("refunds/create", "shopify/refund"));
    assert_eq!(
        within[4],
        json(&shopify_events("customers/update", &changed("shopify/customer", json!({}))))[1]
    );
}

#[test]
fn an_imported_order_is_as_old_as_it_is() {
    let imported = json!({ "processed_at": "2019-03-01T00:00:00Z" });
    assert_eq!(details(imported.clone())["placed_at"], "2019-03-01T00:00:00Z");
    assert_eq!(times(&told(imported), "order.paid"), ["2019-03-01T00:00:00Z"]);
    assert_eq!(details(json!({ "processed_at": null }))["placed_at"], "2026-11-02T06:15:31Z");
}

#[test]
fn the_total_is_the_price_before_anything_went_back() {
    let total = |members: Value| details(members)["total"].clone();
    assert_eq!(total(json!({ "total_price": null })), json!({ "minor": 51900, "currency": "AED" }));
    let dinar = json!({ "currency": "KWD", "total_price": "12.5" });
    assert_eq!(total(dinar), json!({ "minor": 12500, "currency": "KWD" }));
    let buyers = json!({ "presentment_currency": "EUR" });
    assert_eq!(total(buyers), json!({ "minor": 56400, "currency": "AED" }));
    assert_eq!(total(json!({ "currency": null })), Value::Null);
    assert_eq!(total(json!({ "total_price": 564 })), json!({ "minor": 56400, "currency": "AED" }));
}

#[test]
fn paid_is_what_was_paid_even_if_it_went_back() {
    for (status, is_paid) in [
        (json!("paid"), true),
        (json!("partially_refunded"), true),
        (json!("refunded"), true),
        (json!("partially_paid"), false),
        (json!("authorized"), false),
        (json!("pending"), false),
        (json!("voided"), false),
        (json!("what Shopify adds tomorrow"), false),
        (json!(null), false),
    ] {
        let events = told(json!({ "financial_status": status }));
        assert_eq!(!times(&events, "order.paid").is_empty(), is_paid, "{status}");
    }
}

#[test]
fn a_cancelled_order_keeps_its_lines() {
    let mut body = changed("shopify/order", json!({ "cancelled_at": "2026-11-03T10:00:00+04:00" }));
    for line in body["line_items"].as_array_mut().unwrap() {
        line["current_quantity"] = json!(0);
    }
    let events = json(&shopify_events("orders/cancelled", &body));
    assert_eq!(times(&events, "order.cancelled"), ["2026-11-03T06:00:00Z"]);
    let quantities: Vec<_> =
        events[0]["data"]["lines"].as_array().unwrap().iter().map(|line| &line["quantity"]).collect();
    assert_eq!(quantities, [1, 3, 1]);
}

#[test]
fn a_line_has_the_best_name_there_is_for_its_product() {
    let product = |item: Value| details(json!({ "line_items": [item] }))["lines"][0].clone();
    let item = json!({ "id": 1, "product_id": 2, "variant_id": 3, "sku": "POT", "title": "Pot", "name": "Pot - red" });
    assert_eq!(product(item.clone()), json!({ "product": "2", "title": "Pot", "quantity": 1 }));
    assert_eq!(product(without(item.clone(), &["product_id"]))["product"], "3");
    assert_eq!(product(without(item.clone(), &["product_id", "variant_id"]))["product"], "POT");
    let typed_in = json!({ "id": 1, "sku": "", "product_id": null, "name": "A repair", "price": "0.001" });
    assert_eq!(product(typed_in), json!({ "product": "1", "title": "A repair", "quantity": 1 }));
    assert_eq!(product(json!({ "quantity": 2 })), Value::Null);
}

#[test]
fn whether_all_is_shipped_is_said_only_when_it_is_known() {
    let shipped = |status: Value| details(json!({ "fulfillment_status": status }))["shipped_whole"].clone();
    assert_eq!(shipped(json!("fulfilled")), true);
    assert_eq!(shipped(json!("partial")), false);
    for status in [json!(null), json!("restocked"), json!("")] {
        assert_eq!(shipped(status), Value::Null);
    }
}

#[test]
fn a_sale_at_the_till_has_no_parcel() {
    let over_the_counter = json!([{ "id": 1, "status": "success", "updated_at": SENT }]);
    let posted = json!([{ "id": 1, "status": "success", "updated_at": SENT, "tracking_number": "AX1" }]);
    for (source, fulfillments, channel, parcels) in [
        ("pos", &over_the_counter, json!("pos"), 0),
        ("pos", &posted, json!("pos"), 1),
        ("web", &over_the_counter, Value::Null, 1),
        ("755357713", &over_the_counter, Value::Null, 1),
    ] {
        let events = told(json!({ "source_name": source, "fulfillments": fulfillments }));
        assert_eq!(events[0]["data"]["channel"], channel, "{source}");
        assert_eq!(times(&events, "parcel.moved").len(), parcels, "{source}");
    }
}

#[test]
fn of_a_person_only_what_is_good_is_kept() {
    let nobody = json!({ "customer": null, "email": "", "contact_email": null, "phone": null,
        "billing_address": null, "shipping_address": null, "customer_locale": null });
    assert_eq!(details(nobody)["buyer"], json!({}));
    let no_good = json!({ "customer": { "id": null, "first_name": " ", "phone": "0501234567", "default_address": {} },
        "email": "amal at example", "contact_email": "", "phone": "555-625-1199", "billing_address": { "country_code": "Narnia" },
        "shipping_address": {}, "customer_locale": "<b>" });
    assert_eq!(details(no_good)["buyer"], json!({}));
    let guest = json!({ "customer": null, "email": null, "contact_email": "amal@example.com" });
    let guest = details(guest)["buyer"].clone();
    assert_eq!((&guest["email"], &guest["first_name"]), (&json!("amal@example.com"), &json!("أمل")));
}

#[test]
fn a_number_without_its_country_has_that_of_the_address() {
    let customer = json!({ "customer": { "id": 7, "phone": "050 123 4567", "default_address": { "country_code": "AE" } }, "phone": null });
    assert_eq!(details(customer)["buyer"]["phone"], "+971501234567");
    let order =
        json!({ "customer": null, "phone": "(020) 7946 0018", "shipping_address": { "country_code": "GB" } });
    assert_eq!(details(order)["buyer"]["phone"], "+442079460018");
    let address = json!({ "customer": null, "phone": null, "shipping_address": null,
        "billing_address": { "country_code": "BR", "phone": "(11) 98765-4321" } });
    assert_eq!(details(address)["buyer"]["phone"], "+5511987654321");
}

#[test]
fn the_address_of_the_delivery_gives_the_place_alone() {
    let gift = json!({ "customer": null, "billing_address": null, "phone": null });
    let buyer = details(gift)["buyer"].clone();
    assert_eq!(buyer["place"]["city"], "Sharjah");
    assert_eq!((&buyer["first_name"], &buyer["phone"]), (&Value::Null, &Value::Null));
    let collected = json!({ "shipping_address": null });
    assert_eq!(details(collected)["buyer"]["place"]["city"], "Dubai");
}

#[test]
fn what_goes_to_another_name_with_a_number_of_its_own_is_a_gift() {
    let sent_to = |first: &str, phone: &str| {
        let address = json!({ "first_name": first, "last_name": "الشامسي", "phone": phone, "city": "Sharjah", "country_code": "AE" });
        let told = details(json!({ "shipping_address": address }));
        (told["gift"].clone(), told["buyer"]["place"]["city"].clone(), told["buyer"]["phone"].clone())
    };
    let ours = || json!("+971501234567");
    assert_eq!(sent_to("Salem", "+97142223344"), (json!(true), json!("Dubai"), ours()));
    assert_eq!(sent_to("Salem", "050 123 4567"), (Value::Null, json!("Sharjah"), ours()));
    assert_eq!(sent_to("أمل", "+97142223344"), (Value::Null, json!("Sharjah"), ours()));
}

#[test]
fn a_language_is_kept_when_it_looks_like_one() {
    let locale = |tag: &str| details(json!({ "customer_locale": tag }))["buyer"]["locale"].clone();
    assert_eq!(
        (locale("ar"), locale("pt_BR"), locale("zh-Hant-TW")),
        (json!("ar"), json!("pt-BR"), json!("zh-Hant-TW"))
    );
    for tag in ["", "a", "english", "en-", "en US", "en-\u{202e}"] {
        assert_eq!(locale(tag), Value::Null, "{tag}");
    }
}

#[test]
fn a_test_order_is_kept_as_one() {
    assert_eq!(details(json!({ "test": true }))["test"], true);
    assert_eq!(details(json!({}))["test"], Value::Null);
}

#[test]
fn a_cut_body_places_an_order_only_when_it_says_when() {
    let cut = json!({ "id": 1, "name": "#1", "updated_at": SENT });
    let kind = |topic: &str, body: &Value| json(&shopify_events(topic, body))[0]["type"].clone();
    assert_eq!(kind("orders/updated", &cut), "order.changed");
    assert_eq!(kind("orders/create", &cut), "order.placed");
    let with_time = json!({ "id": 1, "created_at": SENT });
    assert_eq!(kind("orders/updated", &with_time), "order.placed");
    assert_eq!(json(&shopify_events("orders/updated", &json!({ "id": 1 })))[0]["timestamp"], SENT);
}

#[test]
fn a_fault_names_the_field_and_shows_no_content() {
    for (members, expected) in [
        (json!({ "id": null }), "id: expected an id: a whole number or a text of 1 to 255 bytes, got null"),
        (
            json!({ "id": 5.5e17 }),
            "id: expected an id: a whole number or a text of 1 to 255 bytes, got floating point",
        ),
        (json!({ "email": ["amal@example.com"] }), "email: expected text, got sequence"),
        (json!({ "phone": 971_501_234_567_u64 }), "phone: expected text, got integer"),
        (
            json!({ "updated_at": "last week" }),
            "updated_at: \"last week\" is not a moment such as 2026-11-23T05:08:27Z",
        ),
        (
            json!({ "line_items": [{}, { "quantity": -1 }] }),
            "line_items[1].quantity: expected u32, got integer",
        ),
        (json!({ "line_items": {} }), "line_items: expected a sequence, got map"),
        (json!({ "customer": "Amal" }), "customer: expected struct Customer, got string"),
        (
            json!({ "currency": "dirham" }),
            "currency: \"dirham\" is not a currency of three letters such as EUR",
        ),
        (json!({ "total_price": "free" }), "total_price: \"free\" is not an amount such as 129.90"),
        (json!({ "fulfillments": [{ "status": "success" }] }), "fulfillments[0]: missing field `id`"),
        (json!({ "refunds": [{ "refund_line_items": [] }] }), "refunds[0].id: missing"),
        (
            json!({ "refunds": [{ "id": 1, "transactions": [
                { "kind": "refund", "status": "success", "amount": "lots", "currency": "AED" }] }] }),
            "refunds[0].transactions[0].amount: \"lots\" is not an amount such as 129.90",
        ),
    ] {
        let body = changed("shopify/order", members);
        assert_eq!(reason(read_shopify("orders/updated", body.to_string().as_bytes())), expected);
    }
}

#[test]
fn a_field_that_is_there_twice_is_a_fault() {
    let twice = br#"{"id": 1, "email": "one@example.com", "email": "other@example.com"}"#;
    assert_eq!(reason(read_shopify("orders/create", twice)), "the body: duplicate field `email`");
    let unread = br#"{"id": 1, "note": "one", "note": "other"}"#;
    assert!(read_shopify("orders/create", unread).is_ok());
}
