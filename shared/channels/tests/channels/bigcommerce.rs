//! `BigCommerce`: both ways in which it proves itself, what its deliveries name, and what the API tells.

use rihla_channels::{Delivery, Headers, Lookup, Reading, Secret, Unreadable, Unverified, provider, sign};
use rihla_core::instant::Wait;
use serde_json::{Value, json};

use crate::{instant, json, read, reason, sample};

const AT: &str = "2026-11-23T05:08:27Z";
const CREATED: &str = "2026-11-20T10:00:00Z";
const MODIFIED: &str = "2026-11-22T10:00:00Z";
const CART: &str = "09346904-4175-44fd-be53-f7e598531b6c";

fn tell(body: &Value) -> Result<Reading, Unreadable> {
    read("bigcommerce", &Headers::default(), body.to_string().as_bytes())
}

/// One of our deliveries, with some members set.
fn changed(name: &str, members: Value) -> Reading {
    tell(&crate::changed(&format!("bigcommerce/{name}"), members)).unwrap()
}

fn answered(name: &str, what: &str, answer: &[u8]) -> Result<Reading, Unreadable> {
    let (headers, body) = (Headers::default(), sample(&format!("bigcommerce/{name}")));
    let delivery = Delivery::new(&headers, &body);
    (provider("bigcommerce").unwrap().complete)(&delivery, &Lookup::at_path(what, "/"), answer)
}

/// What the API's answer to a lookup of a delivery tells.
fn told(name: &str, what: &str, answer: &Value) -> Reading {
    answered(name, what, answer.to_string().as_bytes()).unwrap()
}

/// The order as the API has it, with some members set.
fn order(members: Value) -> Value {
    let mut order = json!({
        "id": 250,
        "status_id": 2,
        "status": "Shipped",
        "date_created": "Fri, 20 Nov 2026 10:00:00 +0000",
        "date_modified": "Sun, 22 Nov 2026 10:00:00 +0000",
        "date_shipped": "",
        "default_currency_code": "AED",
        "currency_code": "USD",
        "total_inc_tax": "564.0000",
        "items_total": 2,
        "items_shipped": 2,
        "customer_id": 32,
        "customer_locale": "ar",
        "billing_address": {
            "first_name": "أمل", "last_name": "الشامسي", "email": "Amal@example.com", "phone": "+971501234567",
            "city": "Dubai", "state": "Dubai", "country": "United Arab Emirates", "country_iso2": "AE",
        },
        "products": { "url": "https://api.bigcommerce.com/stores/abc123/v2/orders/250/products" },
    });
    order.as_object_mut().unwrap().append(&mut crate::object(members));
    order
}

fn kinds(reading: &Reading) -> Vec<String> {
    let events = json(&reading.events);
    events.as_array().unwrap().iter().map(|event| event["type"].as_str().unwrap().to_owned()).collect()
}

fn lookup(what: &str, path: &str) -> Lookup {
    Lookup::at_path(what, format!("/stores/abc123{path}"))
}

fn dirhams(minor: i64) -> Value {
    json!({ "minor": minor, "currency": "AED" })
}

#[test]
fn what_a_delivery_names_is_asked_of_its_store() {
    for (name, scope, expected) in [
        ("order_updated", "store/order/created", lookup("order", "/v2/orders/250")),
        ("order_updated", "store/order/updated", lookup("order", "/v2/orders/250")),
        ("order_updated", "store/order/archived", lookup("order", "/v2/orders/250")),
        ("order_updated", "store/order/transaction/created", lookup("order", "/v2/orders/250")),
        ("refund_created", "store/order/refund/created", lookup("order", "/v2/orders/250")),
        ("customer_updated", "store/customer/created", lookup("customer", "/v3/customers?id:in=32")),
        ("customer_updated", "store/customer/updated", lookup("customer", "/v3/customers?id:in=32")),
        (
            "subscriber_created",
            "store/subscriber/created",
            lookup("subscriber", "/v3/customers/subscribers/5"),
        ),
    ] {
        let reading = changed(name, json!({ "scope": scope }));
        assert_eq!((reading.events.len(), reading.lookups), (0, vec![expected]), "{scope}");
    }
}

#[test]
fn a_store_that_could_lead_elsewhere_is_not_asked() {
    for producer in [
        json!("stores/../v2"),
        json!("stores/"),
        json!("channels/abc123"),
        json!("stores/{store_hash}"),
        json!(null),
    ] {
        let reading = changed("order_updated", json!({ "producer": producer }));
        assert!(reading.lookups.is_empty() && reading.of_no_interest.is_some(), "{producer}");
    }
    let reading = changed("order_updated", json!({ "data": { "id": "../250" } }));
    assert!(reading.lookups.is_empty() && reading.of_no_interest.is_some());
}

#[test]
fn the_api_tells_the_order_and_names_its_parts() {
    let reading = told("order_updated", "order", &order(json!({})));
    let buyer = json!({
        "customer": "32",
        "email": "amal@example.com",
        "phone": "+971501234567",
        "first_name": "أمل",
        "last_name": "الشامسي",
        "locale": "ar",
        "place": { "country": "AE", "city": "Dubai" },
    });
    let details = json!({
        "order": "250", "number": "250", "placed_at": CREATED, "buyer": buyer, "total": dirhams(56400), "shipped_whole": true,
    });
    let expected = json!([
        { "timestamp": MODIFIED, "type": "order.placed", "data": details },
        { "timestamp": CREATED, "type": "order.paid", "data": { "order": "250" } },
    ]);
    assert_eq!(json(&reading.events), expected);
    let parts = [
        lookup("products in AED", "/v2/orders/250/products?limit=250"),
        lookup("shipments", "/v2/orders/250/shipments?limit=250"),
    ];
    assert_eq!(reading.lookups, parts);
    let guest = told("order_updated", "order", &order(json!({ "customer_id": 0 })));
    assert_eq!(json(&guest.events)[0]["data"]["buyer"]["customer"], Value::Null);
}

#[test]
fn every_state_of_an_order_says_one_thing() {
    let placed = |more: &[&str]| {
        let kinds = ["order.placed"].iter().chain(more).map(ToString::to_string);
        kinds.collect::<Vec<_>>()
    };
    for (status_id, expected, shipped_whole) in [
        (0, vec![], Value::Null),
        (1, placed(&[]), Value::Null),
        (2, placed(&["order.paid"]), json!(true)),
        (3, placed(&["order.paid"]), json!(false)),
        (4, placed(&["order.paid"]), Value::Null),
        (5, placed(&["order.cancelled"]), Value::Null),
        (6, placed(&["order.payment_failed"]), Value::Null),
        (7, placed(&[]), Value::Null),
        (8, placed(&["order.paid"]), Value::Null),
        (9, placed(&["order.paid"]), Value::Null),
        (10, placed(&["order.paid"]), json!(true)),
        (11, placed(&["order.paid"]), Value::Null),
        (12, placed(&[]), Value::Null),
        (13, placed(&[]), Value::Null),
        (14, placed(&["order.paid"]), Value::Null),
        (15, placed(&[]), Value::Null),
    ] {
        let by_answer = told("order_updated", "order", &order(json!({ "status_id": status_id })));
        assert_eq!(kinds(&by_answer), expected, "{status_id}");
        assert_eq!(json(&by_answer.events)[0]["data"]["shipped_whole"], shipped_whole, "{status_id}");
        let data = json!({ "type": "order", "id": 250, "status": { "new_status_id": status_id } });
        let by_name = changed("order_status_updated", json!({ "data": data }));
        assert_eq!(kinds(&by_name), expected, "{status_id}");
        assert_eq!(by_name.lookups.len(), usize::from(status_id != 0), "{status_id}");
        for reading in [by_answer, by_name] {
            assert_eq!(!reading.unknown.is_empty(), status_id == 15, "{status_id}");
        }
    }
}

#[test]
fn what_changes_the_state_tells_when() {
    let reading = changed("order_status_updated", json!({}));
    let expected = json!([
        { "timestamp": AT, "type": "order.placed", "data": { "order": "250", "buyer": {} } },
        { "timestamp": AT, "type": "order.paid", "data": { "order": "250" } },
    ]);
    assert_eq!(json(&reading.events), expected);
    assert_eq!(reading.lookups, [lookup("order", "/v2/orders/250")]);
    let cancelled = told("order_updated", "order", &order(json!({ "status_id": 5 })));
    assert_eq!(json(&cancelled.events)[1]["timestamp"], MODIFIED);
}

#[test]
fn products_are_told_in_the_orders_currency() {
    let products = json!([
        { "id": 1, "product_id": 810, "name": "Brass coffee pot", "sku": "POT", "quantity": 1, "price_inc_tax": "289.0000" },
        { "id": 2, "product_id": 0, "name": "A repair", "sku": "", "quantity": 2, "price_inc_tax": "10.1234" },
        { "id": 3, "product_id": 811, "name": "Sent back", "quantity": 0 },
    ]);
    let lines = json!([
        { "product": "810", "title": "Brass coffee pot", "quantity": 1, "price": dirhams(28900) },
        { "product": "2", "title": "A repair", "quantity": 2 },
    ]);
    let expected = json!([{ "timestamp": AT, "type": "order.changed", "data": { "order": "250", "buyer": {}, "lines": lines } }]);
    assert_eq!(json(&told("order_updated", "products in AED", &products).events), expected);
    let without = told("order_updated", "products", &products);
    assert_eq!(json(&without.events)[0]["data"]["lines"][0]["price"], Value::Null);
}

#[test]
fn a_shipment_is_named_and_told() {
    let parcel = |state: &str| json!({ "order": "250", "parcel": "12", "state": state });
    let reading = changed("shipment_created", json!({}));
    assert_eq!(json(&reading.events)[0]["data"], parcel("handed-over"));
    assert_eq!(reading.lookups, [lookup("shipments", "/v2/orders/250/shipments?limit=250")]);
    let deleted = changed("shipment_created", json!({ "scope": "store/shipment/deleted" }));
    assert_eq!((&json(&deleted.events)[0]["data"], deleted.lookups.len()), (&parcel("voided"), 0));
    let shipments = json!([
        { "id": 12, "order_id": 250, "date_created": "Fri, 20 Nov 2026 10:00:00 +0000", "tracking_number": "AX1", "tracking_carrier": "", "shipping_provider": "aramex" },
        { "id": 13, "order_id": 250, "tracking_number": "" },
    ]);
    let expected = json!([
        { "timestamp": CREATED, "type": "parcel.moved", "data": { "order": "250", "parcel": "12", "tracking": "AX1", "carrier": "aramex", "state": "handed-over" } },
        { "timestamp": AT, "type": "parcel.moved", "data": { "order": "250", "parcel": "13", "state": "handed-over" } },
    ]);
    for name in ["shipment_created", "order_updated"] {
        assert_eq!(json(&told(name, "shipments", &shipments).events), expected, "{name}");
    }
    assert!(answered("order_updated", "shipments", b" ").unwrap().of_no_interest.is_some());
    let without_order = json!({ "data": { "id": 12 } });
    let fault = reason(tell(&crate::changed("bigcommerce/shipment_created", without_order)));
    assert_eq!(fault, "data.orderId: missing");
}

#[test]
fn refunds_are_asked_for_where_there_are_some() {
    let wants = |name: &str, status_id: u32| {
        let reading = told(name, "order", &order(json!({ "status_id": status_id, "items_shipped": 0 })));
        reading.lookups.last().cloned().unwrap()
    };
    let refunds = lookup("refunds in AED", "/v3/orders/250/payment_actions/refunds");
    assert_eq!(wants("order_updated", 4), refunds);
    assert_eq!(wants("order_updated", 14), refunds);
    assert_eq!(wants("refund_created", 2), refunds);
    assert_ne!(wants("order_updated", 2), refunds);
    let answer =
        json!({ "data": [{ "id": 3, "created": MODIFIED, "reason": "", "total_amount": 45.5 }], "meta": {} });
    let refunded = json!({ "order": "250", "refund": "3", "amount": dirhams(4550), "goods_returned": false });
    let expected = json!([{ "timestamp": MODIFIED, "type": "order.refunded", "data": refunded }]);
    assert_eq!(json(&told("refund_created", "refunds in AED", &answer).events), expected);
    assert!(told("refund_created", "refunds", &answer).of_no_interest.is_some());
    let lots = json!({ "data": [{ "id": 3, "total_amount": "lots" }] }).to_string();
    let fault = reason(answered("refund_created", "refunds in AED", lots.as_bytes()));
    assert!(fault.starts_with("data[0].total_amount: "), "{fault}");
}

#[test]
fn a_customer_is_told_by_the_api() {
    let customer = json!({ "id": 32, "email": "amal@example.com", "phone": "0501234567", "first_name": "أمل", "last_name": "", "date_created": CREATED, "date_modified": MODIFIED });
    let reading = told("customer_updated", "customer", &json!({ "data": [customer], "meta": {} }));
    let person = json!({ "customer": "32", "email": "amal@example.com", "first_name": "أمل" });
    assert_eq!(
        json(&reading.events),
        json!([{ "timestamp": MODIFIED, "type": "profile.changed", "data": person }])
    );
    assert!(told("customer_updated", "customer", &json!({ "data": [] })).of_no_interest.is_some());
    let timeless = json!({ "data": [{ "id": 32 }] }).to_string();
    let fault = reason(answered("customer_updated", "customer", timeless.as_bytes()));
    assert_eq!(fault, "data[0].date_modified: missing");
}

#[test]
fn a_subscriber_agreed_to_the_newsletter_alone() {
    let reading = told(
        "subscriber_created",
        "subscriber",
        &json!({ "data": { "id": 5, "email": "amal@example.com" } }),
    );
    let granted = json!({
        "person": { "email": "amal@example.com" }, "purpose": "newsletter", "state": "granted", "wording": "subscribed at BigCommerce",
    });
    assert_eq!(
        json(&reading.events),
        json!([{ "timestamp": AT, "type": "consent.changed", "data": granted }])
    );
    assert!(
        told("subscriber_created", "subscriber", &json!({ "data": { "email": "nobody" } }))
            .of_no_interest
            .is_some()
    );
}

#[test]
fn a_left_cart_is_named_told_and_finished() {
    let reading = changed("cart_abandoned", json!({}));
    let left = json!({ "checkout": CART, "buyer": {}, "left": true });
    assert_eq!(json(&reading.events), json!([{ "timestamp": AT, "type": "checkout.changed", "data": left }]));
    assert_eq!(reading.lookups, [lookup("cart", &format!("/v3/carts/{CART}?include=redirect_urls"))]);
    let item = json!({ "id": "i1", "product_id": 810, "name": "Brass coffee pot", "quantity": 1, "list_price": 300, "sale_price": 289 });
    let items = json!({ "physical_items": [item], "digital_items": [], "gift_certificates": [] });
    let urls =
        json!({ "cart_url": "https://shop.example/cart", "checkout_url": "https://shop.example/checkout" });
    let cart = json!({
        "id": CART, "customer_id": 0, "email": "amal@example.com", "currency": { "code": "AED" }, "cart_amount": 289.5,
        "line_items": items, "redirect_urls": urls,
    });
    let lines =
        json!([{ "product": "810", "title": "Brass coffee pot", "quantity": 1, "price": dirhams(28900) }]);
    let changed_to = json!({
        "checkout": CART, "buyer": { "email": "amal@example.com" }, "lines": lines, "total": dirhams(28950),
        "recovery_url": "https://shop.example/checkout", "left": true,
    });
    let expected = json!([{ "timestamp": AT, "type": "checkout.changed", "data": changed_to }]);
    assert_eq!(json(&told("cart_abandoned", "cart", &json!({ "data": cart })).events), expected);
    for scope in ["store/cart/converted", "store/cart/deleted"] {
        let events = json(&changed("cart_converted", json!({ "scope": scope })).events);
        assert_eq!(events[0]["data"], json!({ "checkout": CART, "buyer": {}, "finished": true }), "{scope}");
    }
}

#[test]
fn what_no_record_holds_is_of_no_interest() {
    for scope in [
        "store/customer/deleted",
        "store/subscriber/updated",
        "store/subscriber/deleted",
        "store/cart/created",
        "store/cart/updated",
        "store/order/message/created",
        "store/product/inventory/updated",
        "",
    ] {
        let of_no_interest = changed("order_updated", json!({ "scope": scope })).of_no_interest.unwrap();
        assert_eq!(of_no_interest.topic, scope);
    }
    assert!(told("order_updated", "something else", &json!({})).of_no_interest.is_some());
}

fn verify(
    headers: &Headers,
    body: &[u8],
    secrets: &[&str],
    allowed: &[String],
    now: &str,
) -> Result<(), Unverified> {
    let secrets: Vec<Secret> = secrets.iter().map(Secret::new).collect();
    let delivery = Delivery { allowed, ..Delivery::new(headers, body) };
    (provider("bigcommerce").unwrap().verify)(&delivery, &secrets, instant(now))
}

#[test]
fn an_app_is_sent_signatures_under_its_client_secret() {
    let headers = sign::bigcommerce(&Secret::new("client_secret"), "msg_1", instant(AT), b"{}").unwrap();
    assert_eq!(verify(&headers, b"{}", &["other", "client_secret"], &[], AT), Ok(()));
    assert_eq!(verify(&headers, b"{ }", &["client_secret"], &[], AT), Err(Unverified::WrongSignature));
    assert_eq!(verify(&headers, b"{}", &[""], &[], AT), Err(Unverified::NoSecret));
    let late = instant(AT).before(Wait::seconds(301));
    let headers = sign::bigcommerce(&Secret::new("client_secret"), "msg_1", late, b"{}").unwrap();
    assert!(matches!(verify(&headers, b"{}", &["client_secret"], &[], AT), Err(Unverified::Expired { .. })));
    let missing = verify(&Headers::default(), b"{}", &["client_secret"], &[], AT);
    assert_eq!(missing, Err(Unverified::MissingHeader("webhook-id")));
}

#[test]
fn a_header_of_the_shops_own_is_the_secret_itself_and_makes_up_for_no_signature() {
    let own = |value: &str| -> Headers { [("X-Hook-Secret", value)].into_iter().collect() };
    assert_eq!(verify(&own("hush"), b"{}", &["other", "hush"], &[], AT), Ok(()));
    for wrong in ["Hush", "hush ", "hus", ""] {
        assert_eq!(
            verify(&own(wrong), b"{}", &["hush"], &[], AT),
            Err(Unverified::WrongSignature),
            "{wrong}"
        );
    }
    assert_eq!(verify(&own(""), b"{}", &["", " "], &[], AT), Err(Unverified::NoSecret));
    let mut both = sign::bigcommerce(&Secret::new("other"), "msg_1", instant(AT), b"{}").unwrap();
    both.set("x-hook-secret", "hush");
    assert_eq!(verify(&both, b"{}", &["hush"], &[], AT), Err(Unverified::WrongSignature));
}

#[test]
fn of_the_stores_that_have_the_app_those_are_taken_that_the_source_names() {
    let allowed = ["abc123".to_owned()];
    let of = |producer: &str| {
        crate::changed("bigcommerce/order_updated", json!({ "producer": producer })).to_string()
    };
    for (body, is_good) in
        [(of("stores/abc123"), true), (of("stores/other"), false), ("no JSON".to_owned(), false)]
    {
        let headers = sign::bigcommerce(&Secret::new("c"), "msg_1", instant(AT), body.as_bytes()).unwrap();
        let verdict = if is_good { Ok(()) } else { Err(Unverified::NotAllowed("store")) };
        assert_eq!(verify(&headers, body.as_bytes(), &["c"], &allowed, AT), verdict, "{body}");
        assert_eq!(verify(&headers, body.as_bytes(), &["c"], &[], AT), Ok(()), "{body}");
    }
}

#[test]
fn the_api_is_asked_under_the_stores_token() {
    let api = provider("bigcommerce").unwrap().api.unwrap();
    assert_eq!((api.headers)(&Secret::new("t0k"))[0], ("x-auth-token", "t0k".to_owned()));
}
