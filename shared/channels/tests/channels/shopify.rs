//! What Shopify's topics besides orders mean.

use rihla_channels::{Headers, OfNoInterest};
use serde_json::{Value, json};

use crate::{SENT, changed, json, read, read_shopify, reason, sample, shopify_events, without};

const CUSTOMER: &str = "7700112233445566778";
const ORDER: &str = "5678901234567890123";

fn told(topic: &str, name: &str) -> Value {
    let body: Value = serde_json::from_slice(&sample(name)).unwrap();
    json(&shopify_events(topic, &body))
}

fn no_interest(topic: &str, body: &[u8]) -> &'static str {
    let reading = read_shopify(topic, body).unwrap();
    assert_eq!(reading.events, [], "{topic}");
    let OfNoInterest { topic: named, why } = reading.of_no_interest.unwrap();
    assert_eq!(named, topic);
    why
}

#[test]
fn a_customer_is_a_profile_and_a_consent() {
    let events = told("customers/update", "shopify/customer");
    let expected = json!([
        {
            "timestamp": "2026-11-05T05:00:00Z",
            "type": "profile.changed",
            "data": {
                "customer": CUSTOMER,
                "email": "amal@example.com",
                "phone": "+971501234567",
                "first_name": "أمل",
                "last_name": "الشامسي",
                "place": { "country": "AE", "region": "DU", "city": "Dubai" },
            },
        },
        {
            "timestamp": "2026-01-20T04:00:01Z",
            "type": "consent.changed",
            "data": {
                "person": { "customer": CUSTOMER, "email": "amal@example.com" },
                "purpose": "marketing",
                "state": "granted",
                "wording": "single opt-in at Shopify",
            },
        },
    ]);
    assert_eq!(events, expected);
}

#[test]
fn a_withdrawal_holds_for_the_newsletter_too() {
    let events = told("customers_email_marketing_consent/update", "shopify/email_consent");
    let purposes: Vec<_> = events.as_array().unwrap().iter().map(|event| &event["data"]["purpose"]).collect();
    assert_eq!(purposes, ["marketing", "newsletter"]);
    for event in events.as_array().unwrap() {
        assert_eq!(event["timestamp"], "2026-11-07T06:00:00Z");
        assert_eq!(event["data"]["state"], "withdrawn");
        assert_eq!(event["data"]["person"], json!({ "customer": CUSTOMER, "email": "amal@example.com" }));
    }
}

#[test]
fn a_yes_without_its_time_never_outdoes_a_no() {
    let word = |state: &str, time: Value| {
        let consent = json!({ "state": state, "consent_updated_at": time });
        let body = changed("shopify/customer", json!({ "email_marketing_consent": consent }));
        json(&shopify_events("customers/update", &body)[1..])
    };
    let (own, created, updated) = ("2026-05-01T00:00:00Z", "2026-01-20T04:00:00Z", "2026-11-05T05:00:00Z");
    for (state, time, expected) in [
        ("subscribed", json!(own), Some(("granted", own))),
        ("subscribed", Value::Null, Some(("granted", created))),
        ("unsubscribed", json!(own), Some(("withdrawn", own))),
        ("unsubscribed", Value::Null, Some(("withdrawn", updated))),
        ("redacted", json!(own), Some(("withdrawn", own))),
        ("not_subscribed", json!(own), None),
        ("pending", json!(own), None),
        ("invalid", json!(own), None),
        ("what Shopify adds tomorrow", json!(own), None),
    ] {
        let events = word(state, time);
        let first = events
            .get(0)
            .map(|event| (event["data"]["state"].as_str().unwrap(), event["timestamp"].as_str().unwrap()));
        assert_eq!(first, expected, "{state}");
    }
}

#[test]
fn a_yes_without_any_time_is_none() {
    let consent = json!({ "state": "subscribed" });
    let body = changed("shopify/customer", json!({ "email_marketing_consent": consent, "created_at": null }));
    assert_eq!(shopify_events("customers/update", &body).len(), 1);
}

#[test]
fn requests_under_privacy_law_carry_the_time_of_sending() {
    let request = |topic, name| told(topic, name)[0].clone();
    assert_eq!(
        request("customers/data_request", "shopify/customer_data_request"),
        json!({
            "timestamp": SENT,
            "type": "privacy.requested",
            "data": {
                "request": "export",
                "person": { "customer": CUSTOMER, "email": "amal@example.com", "phone": "+971501234567" },
                "id": "9999",
                "orders": [ORDER],
            },
        })
    );
    assert_eq!(
        request("customers/redact", "shopify/customer_redact")["data"],
        json!({ "request": "erase", "person": { "email": "amal@example.com" }, "orders": [ORDER] })
    );
    assert_eq!(
        request("shop/redact", "shopify/shop_redact")["data"],
        json!({ "request": "erase-shop", "person": {}, "orders": [] })
    );
}

#[test]
fn a_request_about_nobody_is_not_lost_but_put_before_a_person() {
    let unreadable = |body: Value| reason(read_shopify("customers/redact", body.to_string().as_bytes()));
    assert_eq!(unreadable(json!({ "shop_id": 1 })), "customer: missing");
    let nobody = unreadable(json!({ "customer": { "email": "", "phone": "555-625-1199" } }));
    assert_eq!(nobody, "customer: expected an id, an e-mail or a phone, got none");
}

#[test]
fn a_parcel_has_the_state_of_its_fulfilment() {
    let state = |status: Value, shipment: Value| {
        let body = changed("shopify/fulfillment", json!({ "status": status, "shipment_status": shipment }));
        let events = json(&shopify_events("fulfillments/update", &body));
        events.get(0).map(|event| event["data"]["state"].as_str().unwrap().to_owned())
    };
    let success = || json!("success");
    for (status, shipment, expected) in [
        (success(), json!(null), Some("handed-over")),
        (success(), json!(""), Some("handed-over")),
        (success(), json!("label_printed"), Some("label")),
        (success(), json!("label_purchased"), Some("label")),
        (success(), json!("confirmed"), Some("label")),
        (success(), json!("carrier_picked_up"), Some("handed-over")),
        (success(), json!("in_transit"), Some("in-transit")),
        (success(), json!("delayed"), Some("delayed")),
        (success(), json!("out_for_delivery"), Some("out-for-delivery")),
        (success(), json!("attempted_delivery"), Some("attempted")),
        (success(), json!("ready_for_pickup"), Some("ready-for-pickup")),
        (success(), json!("picked_up"), Some("delivered")),
        (success(), json!("delivered"), Some("delivered")),
        (success(), json!("failure"), Some("exception")),
        (success(), json!("teleported"), Some("unknown")),
        (json!(null), json!("delivered"), Some("delivered")),
        (json!("cancelled"), json!("in_transit"), Some("voided")),
        (json!("teleported"), json!(null), Some("unknown")),
        (json!("error"), json!(null), Some("voided")),
        (json!("failure"), json!(null), Some("voided")),
        (json!("pending"), json!(null), Some("label")),
        (json!("open"), json!(null), Some("label")),
    ] {
        assert_eq!(state(status.clone(), shipment.clone()).as_deref(), expected, "{status} {shipment}");
    }
}

#[test]
fn a_fulfilment_and_its_events_are_one_parcel() {
    let whole = told("fulfillments/create", "shopify/fulfillment");
    let expected = json!([{
        "timestamp": "2026-11-04T03:30:00Z",
        "type": "parcel.moved",
        "data": {
            "order": ORDER,
            "parcel": "4400000000001",
            "tracking": "AX0099887766AE",
            "carrier": "Aramex",
            "state": "in-transit",
        },
    }]);
    assert_eq!(whole, expected);
    let moved = told("fulfillment_events/create", "shopify/fulfillment_event");
    let expected = json!([{
        "timestamp": "2026-11-06T12:20:00Z",
        "type": "parcel.moved",
        "data": { "order": ORDER, "parcel": "4400000000001", "state": "delivered" },
    }]);
    assert_eq!(moved, expected);
}

#[test]
fn a_refund_is_what_its_successful_payments_come_to() {
    let line = json!({ "subtotal": 45.0, "total_tax": "2.25", "restock_type": "cancel" });
    let paid = |amount: &str, kind: &str, status: &str, currency: &str| json!({ "amount": amount, "kind": kind, "status": status, "currency": currency });
    let sets = json!({ "shop_money": { "amount": "45.00", "currency_code": "AED" } });
    let mut line_with_currency = line.clone();
    line_with_currency["subtotal_set"] = sets;
    for (transactions, lines, expected) in [
        (
            json!([paid("10.00", "refund", "success", "AED"), paid("5", "refund", "success", "AED")]),
            json!([line]),
            Some(1500),
        ),
        (
            json!([paid("10.00", "refund", "success", "AED"), paid("5", "refund", "failure", "AED")]),
            json!([]),
            Some(1000),
        ),
        (json!([paid("10.00", "refund", "pending", "AED")]), json!([]), None),
        (json!([paid("10.00", "void", "success", "AED")]), json!([line_with_currency]), None),
        // Paid in another currency than the shop's: the lines say it in the shop's.
        (json!([paid("12.00", "refund", "success", "EUR")]), json!([line_with_currency]), Some(4725)),
        // Cut by `include_fields`.
        (json!(null), json!([line_with_currency]), Some(4725)),
        (json!(null), json!([line]), None),
    ] {
        let members = json!({ "transactions": transactions, "refund_line_items": lines });
        let events = json(&shopify_events("refunds/create", &changed("shopify/refund", members.clone())));
        let minor = events.get(0).map(|event| {
            assert_eq!(event["data"]["amount"]["currency"], "AED");
            event["data"]["amount"]["minor"].as_i64().unwrap()
        });
        assert_eq!(minor, expected, "{members}");
    }
}

#[test]
fn goods_that_come_back_are_told_with_and_without_money() {
    let returned = |members: Value| {
        let events = json(&shopify_events("refunds/create", &changed("shopify/refund", members)));
        events.get(0).map(|event| event["data"]["goods_returned"].as_bool().unwrap())
    };
    let line = |kind: &str| json!([{ "restock_type": kind, "subtotal": 1 }]);
    assert_eq!(returned(json!({ "refund_line_items": line("return") })), Some(true));
    assert_eq!(returned(json!({ "return": { "id": 1 } })), Some(true));
    assert_eq!(returned(json!({ "refund_line_items": line("cancel"), "return": null })), Some(false));
    let no_money = json!([{ "kind": "refund", "status": "failure", "amount": "1", "currency": "AED" }]);
    let goods_only = json!({ "transactions": no_money, "refund_line_items": line("return") });
    assert_eq!(returned(goods_only), Some(true));
}

#[test]
fn a_body_that_tells_no_time_has_the_time_of_sending() {
    let body = changed("shopify/refund", json!({ "created_at": null, "processed_at": null }));
    assert_eq!(json(&shopify_events("refunds/create", &body))[0]["timestamp"], SENT);
    let topic = [("x-shopify-topic", "refunds/create")].into_iter().collect();
    let unreadable = read("shopify", &topic, body.to_string().as_bytes());
    assert_eq!(reason(unreadable), "the header x-shopify-triggered-at is missing");
}

#[test]
fn what_no_record_holds_is_of_no_interest() {
    assert!(no_interest("orders/edited", br#"{"order_edit": {"id": 1}}"#).contains("orders/updated"));
    for topic in ["app/uninstalled", "themes/publish", "", "orders/create/"] {
        no_interest(topic, b"no JSON at all");
    }
    let waiting = changed("shopify/fulfillment", json!({ "status": "pending", "tracking_number": null }));
    no_interest("fulfillments/update", waiting.to_string().as_bytes());
}

#[test]
fn the_topic_is_a_header_of_either_family_and_the_newer_one_counts() {
    let body = sample("shopify/customer");
    let headers = |pairs: &[(&str, &str)]| pairs.iter().copied().collect::<Headers>();
    assert_eq!(reason(read("shopify", &headers(&[]), &body)), "the header x-shopify-topic is missing");
    let both = headers(&[("Shopify-Topic", "customers/update"), ("X-Shopify-Topic", "carts/update")]);
    assert_eq!(read("shopify", &both, &body).unwrap().events.len(), 2);
}

#[test]
fn a_trial_from_the_admin_makes_nobody_up() {
    let trial = |topic: &str, name: &str| {
        let headers =
            [("x-shopify-topic", topic), ("x-shopify-test", "true"), ("x-shopify-triggered-at", SENT)];
        read("shopify", &headers.into_iter().collect(), &sample(name)).unwrap()
    };
    assert!(trial("customers/create", "shopify/customer").of_no_interest.is_some());
    let order = trial("orders/create", "shopify/order").events;
    assert_eq!(json(&order)[0]["data"]["test"], true);
    for (topic, name) in [
        ("customers/redact", "shopify/customer_redact"),
        ("customers/data_request", "shopify/customer_data_request"),
        ("shop/redact", "shopify/shop_redact"),
    ] {
        assert!(!trial(topic, name).events.is_empty(), "{topic}");
    }
}

#[test]
fn an_answer_of_the_rest_api_is_read_like_a_webhook() {
    let body: Value = serde_json::from_slice(&sample("shopify/order")).unwrap();
    let wrapped = json!({ "order": body });
    assert_eq!(shopify_events("orders/updated", &wrapped), shopify_events("orders/updated", &body));
    let customer = changed("shopify/customer", json!({}));
    let wrapped = json!({ "customer": without(customer.clone(), &["state"]) });
    assert_eq!(shopify_events("customers/update", &wrapped), shopify_events("customers/update", &customer));
}
