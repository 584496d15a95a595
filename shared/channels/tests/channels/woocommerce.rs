//! `WooCommerce`: its signature, its ping, its states.

use rihla_channels::{
    Answer, Delivery, Greeting, Headers, Reading, Secret, Unreadable, Unverified, provider, sign,
};
use serde_json::{Value, json};

use crate::{changed, instant, json, read, reason};

const ORDER: &str = "9007199254740993";
const MODIFIED: &str = "2026-11-05T05:00:00Z";

pub(crate) fn headers(topic: &str) -> Headers {
    [("x-wc-webhook-topic", topic)].into_iter().collect()
}

fn tell(topic: &str, body: &Value) -> Result<Reading, Unreadable> {
    read("woocommerce", &headers(topic), body.to_string().as_bytes())
}

fn told(members: Value) -> Value {
    json(&tell("order.updated", &changed("woocommerce/order", members)).unwrap().events)
}

fn of_kind(events: &Value, kind: &str) -> Vec<Value> {
    events.as_array().unwrap().iter().filter(|event| event["type"] == kind).cloned().collect()
}

#[test]
fn an_order_is_told_whole() {
    let line = |product: &str, title: &str, quantity: u32| json!({ "product": product, "title": title, "quantity": quantity });
    let priced = |mut line: Value, minor: i64| {
        line["price"] = json!({ "minor": minor, "currency": "AED" });
        line
    };
    let details = json!({
        "order": ORDER,
        "number": "5120",
        "placed_at": "2026-11-02T06:15:29Z",
        "buyer": {
            "customer": "77",
            "email": "amal@example.com",
            "phone": "+971501234567",
            "first_name": "أمل",
            "last_name": "الشامسي",
            "place": { "country": "AE", "region": "SH", "city": "Sharjah" },
        },
        "total": { "minor": 56400, "currency": "AED" },
        "lines": [
            priced(line("810", "Brass & copper pot", 1), 28900),
            priced(line("811", "Cardamom coffee", 3), 4500),
            line("CUP", "Cup without a handle", 2),
        ],
        "shipped_whole": true,
    });
    let amount = json!({ "minor": 4500, "currency": "AED" });
    let parcel =
        json!({ "order": ORDER, "tracking": "AX0099887766AE", "carrier": "aramex", "state": "handed-over" });
    let refund = json!({ "order": ORDER, "refund": "5200", "amount": amount, "goods_returned": false });
    let expected = json!([
        { "timestamp": MODIFIED, "type": "order.placed", "data": details },
        { "timestamp": "2026-11-02T06:16:00Z", "type": "order.paid", "data": { "order": ORDER } },
        { "timestamp": "2026-11-04T00:00:00Z", "type": "parcel.moved", "data": parcel },
        { "timestamp": MODIFIED, "type": "order.refunded", "data": refund },
    ]);
    assert_eq!(told(json!({})), expected);
    for topic in ["order.created", "order.restored"] {
        assert_eq!(json(&tell(topic, &changed("woocommerce/order", json!({}))).unwrap().events), expected);
    }
}

#[test]
fn every_state_of_an_order_says_one_thing() {
    for (status, kind, shipped_whole) in [
        ("pending", None, Value::Null),
        ("processing", None, Value::Null),
        ("on-hold", None, Value::Null),
        ("refunded", None, Value::Null),
        ("updated-tracking", None, Value::Null),
        ("completed", None, json!(true)),
        ("shipped", None, json!(true)),
        ("delivered", None, json!(true)),
        ("partial-shipped", None, json!(false)),
        ("cancelled", Some("order.cancelled"), Value::Null),
        ("trash", Some("order.cancelled"), Value::Null),
        ("failed", Some("order.payment_failed"), Value::Null),
    ] {
        let events = told(json!({ "status": status, "refunds": [], "meta_data": [], "shipping_lines": [] }));
        let mut kinds = vec!["order.placed", "order.paid"];
        kinds.extend(kind);
        let found = events.as_array().unwrap().iter().map(|event| event["type"].as_str().unwrap());
        assert_eq!(found.collect::<Vec<_>>(), kinds, "{status}");
        assert_eq!(events[0]["data"]["shipped_whole"], shipped_whole, "{status}");
        assert!(kind.is_none() || events[2]["timestamp"] == MODIFIED, "{status}");
    }
    let unpaid = told(json!({ "status": "processing", "date_paid_gmt": null }));
    assert_eq!(of_kind(&unpaid, "order.paid"), [] as [Value; 0]);
}

#[test]
fn a_state_of_a_plugin_is_kept_as_unknown_and_a_draft_is_none() {
    let reading =
        tell("order.updated", &changed("woocommerce/order", json!({ "status": "in-the-kitchen" }))).unwrap();
    let unknown: Vec<_> =
        reading.unknown.iter().map(|unknown| (unknown.field, unknown.value.as_str())).collect();
    assert_eq!(unknown, [("status", "in-the-kitchen")]);
    assert_eq!(json(&reading.events)[0]["type"], "order.placed");
    for draft in ["checkout-draft", "auto-draft"] {
        let reading =
            tell("order.created", &changed("woocommerce/order", json!({ "status": draft }))).unwrap();
        assert!(reading.events.is_empty() && reading.of_no_interest.is_some(), "{draft}");
    }
}

#[test]
fn what_is_sent_without_a_number_is_one_parcel() {
    let parcels = |members: Value| of_kind(&told(members), "parcel.moved");
    let sent = parcels(json!({ "meta_data": [] }));
    assert_eq!(sent[0]["timestamp"], "2026-11-04T03:30:00Z");
    assert_eq!(sent[0]["data"], json!({ "order": ORDER, "parcel": "completed", "state": "handed-over" }));
    for (members, count) in [
        (json!({ "meta_data": [], "shipping_lines": [] }), 0),
        (json!({ "meta_data": [], "shipping_lines": [{ "method_id": "local_pickup" }] }), 0),
        (json!({ "meta_data": [], "shipping_lines": [{ "method_id": "pickup_location" }] }), 0),
        (json!({ "meta_data": [], "created_via": "pos-rest-api" }), 0),
        (json!({ "meta_data": [], "status": "processing" }), 0),
        (json!({ "status": "processing" }), 1),
        (json!({ "status": "delivered" }), 2),
        (json!({ "meta_data": [], "status": "delivered" }), 2),
    ] {
        assert_eq!(parcels(members.clone()).len(), count, "{members}");
    }
    let delivered = parcels(json!({ "status": "delivered" }));
    assert_eq!(
        (&delivered[1]["data"]["state"], &delivered[1]["timestamp"]),
        (&json!("delivered"), &json!(MODIFIED))
    );
}

#[test]
fn what_plugins_keep_in_their_own_ways_spoils_nothing() {
    let meta =
        |value: Value| json!({ "meta_data": [{ "key": "_wc_shipment_tracking_items", "value": value }] });
    for (members, is_unknown) in [
        (meta(json!("serialised")), true),
        (meta(json!([{ "number": 1 }])), true),
        (meta(json!([])), false),
        (json!({ "meta_data": { "0": { "key": "a", "value": 1 } } }), false),
        (json!({ "meta_data": null }), false),
    ] {
        let reading = tell("order.updated", &changed("woocommerce/order", members.clone())).unwrap();
        assert_eq!(!reading.unknown.is_empty(), is_unknown, "{members}");
        assert_eq!(reading.events.len(), 4, "{members}");
    }
    let own =
        meta(json!([{ "tracking_number": "1Z", "custom_tracking_provider": "Our van", "date_shipped": "" }]));
    let parcel = &of_kind(&told(own), "parcel.moved")[0];
    assert_eq!((&parcel["data"]["carrier"], &parcel["timestamp"]), (&json!("Our van"), &json!(MODIFIED)));
}

#[test]
fn a_guest_has_no_number_and_a_walk_in_no_name() {
    let buyer = |members: Value| told(members)[0]["data"]["buyer"].clone();
    let guest = buyer(json!({ "customer_id": 0 }));
    assert_eq!((&guest["customer"], &guest["email"]), (&Value::Null, &json!("amal@example.com")));
    let nobody =
        json!({ "customer_id": 0, "billing": { "email": "", "phone": "(555) 555-5555" }, "shipping": {} });
    assert_eq!(buyer(nobody), json!({}));
    let at_the_till = told(json!({ "created_via": "pos-rest-api" }));
    assert_eq!(at_the_till[0]["data"]["channel"], "pos");
}

#[test]
fn a_number_without_its_country_has_that_of_the_bill() {
    let phone = |country: &str| {
        let billing = json!({ "phone": "050 123 4567", "country": country });
        told(json!({ "billing": billing }))[0]["data"]["buyer"]["phone"].clone()
    };
    assert_eq!((phone("AE"), phone("")), (json!("+971501234567"), Value::Null));
}

#[test]
fn a_customer_is_told_with_the_time_of_the_last_change() {
    let customer = |members: Value| {
        json(&tell("customer.updated", &changed("woocommerce/customer", members)).unwrap().events)
    };
    let person = json!({
        "customer": "77",
        "email": "amal@example.com",
        "phone": "+971501234567",
        "first_name": "أمل",
        "last_name": "الشامسي",
        "place": { "country": "AE", "region": "DU", "city": "Dubai" },
    });
    let expected = json!([{ "timestamp": MODIFIED, "type": "profile.changed", "data": person }]);
    assert_eq!(customer(json!({})), expected);
    assert_eq!(customer(json!({ "date_modified_gmt": null }))[0]["timestamp"], "2026-01-20T04:00:00Z");
}

#[test]
fn a_product_that_is_no_longer_shown_is_withdrawn() {
    let product = |members: Value| {
        json(&tell("product.updated", &changed("woocommerce/product", members)).unwrap().events)
    };
    let expected = json!([{
        "timestamp": "2026-10-01T09:00:00Z",
        "type": "product.changed",
        "data": { "product": "810", "title": "Brass & copper pot" },
    }]);
    assert_eq!(product(json!({})), expected);
    assert_eq!(product(json!({ "status": "draft" }))[0]["data"]["withdrawn"], true);
    assert_eq!(product(json!({ "type": "variation", "parent_id": 8 })), json!([]));
}

#[test]
fn what_is_deleted_tells_no_time_and_so_nothing() {
    for topic in [
        "order.deleted",
        "customer.deleted",
        "product.deleted",
        "action.woocommerce_add_to_cart",
        "coupon.created",
    ] {
        let reading = tell(topic, &json!({ "id": 1 })).unwrap();
        assert!(reading.events.is_empty() && reading.of_no_interest.unwrap().topic == topic);
    }
}

#[test]
fn times_are_those_without_a_zone() {
    let only_local = json!({ "date_modified_gmt": null, "date_created_gmt": null });
    let fault = reason(tell("order.updated", &changed("woocommerce/order", only_local)));
    assert_eq!(fault, "date_modified_gmt: missing");
    let fault =
        reason(tell("order.updated", &changed("woocommerce/order", json!({ "date_paid_gmt": "yesterday" }))));
    assert!(fault.starts_with("date_paid_gmt: "), "{fault}");
    assert_eq!(
        reason(read("woocommerce", &Headers::default(), b"{}")),
        "the header x-wc-webhook-topic is missing"
    );
}

#[test]
fn the_secret_is_decoded_before_it_signs() {
    let verify = |headers: &Headers, texts: &[&str]| {
        let secrets: Vec<Secret> = texts.iter().map(Secret::new).collect();
        (provider("woocommerce").unwrap().verify)(&Delivery::new(headers, b"{}"), &secrets, instant(MODIFIED))
    };
    let headers = sign::woocommerce(&Secret::new("s3cret&key"), "order.updated", b"{}").unwrap();
    for texts in [&["s3cret&key"][..], &["s3cret&amp;key"], &["other", "s3cret&#038;key"]] {
        assert_eq!(verify(&headers, texts), Ok(()), "{texts:?}");
    }
    assert_eq!(verify(&headers, &["s3cret&amp;amp;key"]), Err(Unverified::WrongSignature));
    assert_eq!(verify(&headers, &["", " "]), Err(Unverified::NoSecret));
    let unsigned = Headers::default();
    assert_eq!(verify(&unsigned, &["a"]), Err(Unverified::MissingHeader("x-wc-webhook-signature")));
}

#[test]
fn a_ping_is_welcome_and_nothing_else_is_one() {
    let answer = |method: &str, headers: &Headers, body: &[u8]| {
        let greeting = Greeting { method, query: "", headers, body, url: None, token: None };
        (provider("woocommerce").unwrap().greet)(&greeting)
    };
    let none = Headers::default();
    assert_eq!(answer("POST", &none, b"webhook_id=42"), Some(Answer::Welcome));
    for (method, headers, body) in [
        ("GET", &none, &b"webhook_id=42"[..]),
        ("POST", &headers("order.updated"), b"webhook_id=42"),
        ("POST", &none, b"webhook_id="),
        ("POST", &none, b"webhook_id=42&x=1"),
        ("POST", &none, b"webhook_id=4\xff"),
        ("POST", &none, b"{\"id\": 1}"),
        ("POST", &none, b""),
    ] {
        assert_eq!(answer(method, headers, body), None, "{method} {body:?}");
    }
}

#[test]
fn what_goes_to_another_name_with_a_number_of_its_own_is_a_gift() {
    let sent_to = |first: &str, phone: &str| {
        let address = json!({ "first_name": first, "last_name": "الشامسي", "phone": phone, "city": "Sharjah", "country": "AE" });
        let told = told(json!({ "shipping": address }))[0]["data"].clone();
        (told["gift"].clone(), told["buyer"]["place"]["city"].clone(), told["buyer"]["phone"].clone())
    };
    let ours = || json!("+971501234567");
    assert_eq!(sent_to("Salem", "+97142223344"), (json!(true), json!("Dubai"), ours()));
    assert_eq!(sent_to("Salem", ""), (Value::Null, json!("Sharjah"), ours()));
    assert_eq!(sent_to("أمل", "+97142223344"), (Value::Null, json!("Sharjah"), ours()));
}
