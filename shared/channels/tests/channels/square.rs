//! Square: its signature over the address, its thin orders and what the API tells, its payments and stock.

use rihla_channels::{Delivery, Headers, Lookup, Reading, Secret, Unreadable, Unverified, provider, sign};
use serde_json::{Value, json};

use crate::{instant, json, read, reason, sample};

const ORDER: &str = "OrderOneABC";
const URL: &str = "https://hooks.example.com/hooks/till?a=1";
const AT: &str = "2026-11-23T05:08:27Z";

fn body(name: &str) -> Value {
    serde_json::from_slice(&sample(&format!("square/{name}"))).unwrap()
}

fn tell(body: &Value) -> Result<Reading, Unreadable> {
    read("square", &Headers::default(), body.to_string().as_bytes())
}

/// One of our deliveries, with some members of what it holds set.
fn changed(name: &str, holds: &str, members: Value) -> Reading {
    let mut body = body(name);
    body["data"]["object"][holds].as_object_mut().unwrap().append(&mut crate::object(members));
    tell(&body).unwrap()
}

fn answered(name: &str, what: &str, answer: &Value) -> Result<Reading, Unreadable> {
    let (headers, body) = (Headers::default(), sample(&format!("square/{name}")));
    let lookup = Lookup::at_path(what, "/v2");
    (provider("square").unwrap().complete)(
        &Delivery::new(&headers, &body),
        &lookup,
        answer.to_string().as_bytes(),
    )
}

/// What the API tells of the order, with some members of it set.
fn order(members: Value) -> Reading {
    let mut answer = body("order.answer");
    answer["order"].as_object_mut().unwrap().append(&mut crate::object(members));
    answered("order_updated", "order", &answer).unwrap()
}

fn kinds(reading: &Reading) -> Vec<String> {
    let events = json(&reading.events);
    events.as_array().unwrap().iter().map(|event| event["type"].as_str().unwrap().to_owned()).collect()
}

fn dollars(minor: i64) -> Value {
    json!({ "minor": minor, "currency": "USD" })
}

#[test]
fn an_order_is_named_and_asked_for() {
    let reading = tell(&body("order_updated")).unwrap();
    let details = json!({ "order": ORDER, "placed_at": "2026-11-23T05:00:00Z", "buyer": {} });
    assert_eq!(json(&reading.events), json!([{ "timestamp": AT, "type": "order.placed", "data": details }]));
    assert_eq!(reading.lookups, [Lookup::at_path("order", "/v2/orders/OrderOneABC")]);
    for (topic, holds) in
        [("order.created", "order_created"), ("order.fulfillment.updated", "order_fulfillment_updated")]
    {
        let mut other = body("order_updated");
        other["type"] = json!(topic);
        other["data"]["object"] = json!({ holds: other["data"]["object"]["order_updated"] });
        assert_eq!(tell(&other).unwrap(), reading, "{topic}");
    }
}

#[test]
fn the_state_of_an_order_is_known_from_its_name_alone() {
    for (state, expected, is_unknown) in [
        ("OPEN", vec!["order.placed"], false),
        ("COMPLETED", vec!["order.placed"], false),
        ("CANCELED", vec!["order.placed", "order.cancelled"], false),
        ("DRAFT", vec![], false),
        ("ON_THE_MOON", vec!["order.placed"], true),
    ] {
        let reading = changed("order_updated", "order_updated", json!({ "state": state }));
        assert_eq!(
            (kinds(&reading), !reading.unknown.is_empty()),
            (expected.iter().map(ToString::to_string).collect(), is_unknown),
            "{state}"
        );
        assert_eq!(reading.lookups.is_empty(), state == "DRAFT");
    }
}

#[test]
fn an_id_that_could_lead_elsewhere_is_not_asked_for() {
    let reading = changed("order_updated", "order_updated", json!({ "order_id": "../customers?" }));
    assert_eq!((reading.events.len(), reading.lookups.len()), (1, 0));
}

#[test]
fn the_api_tells_the_order_and_names_its_customer() {
    let reading = order(json!({}));
    let line = |product: &str, title: &str, quantity: u32, minor: i64| json!({ "product": product, "title": title, "quantity": quantity, "price": dollars(minor) });
    let details = json!({
        "order": ORDER,
        "number": "S-1042",
        "placed_at": "2026-11-23T05:00:00Z",
        "channel": "web",
        "buyer": { "customer": "CUSTAMAL", "place": { "country": "AE", "region": "SH", "city": "Sharjah" } },
        "total": dollars(29200),
        "lines": [line("VARPOT", "Brass coffee pot", 1, 28900), line("u2", "Ribbon by the metre", 2, 200)],
        "shipped_whole": true,
    });
    let parcel = json!({ "order": ORDER, "parcel": "f1", "tracking": "AX0099887766AE", "carrier": "Aramex", "state": "handed-over" });
    let expected = json!([
        { "timestamp": AT, "type": "order.placed", "data": details },
        { "timestamp": "2026-11-23T05:01:00Z", "type": "order.paid", "data": { "order": ORDER } },
        { "timestamp": "2026-11-23T05:07:00Z", "type": "parcel.moved", "data": parcel },
    ]);
    assert_eq!(json(&reading.events), expected);
    assert_eq!(reading.lookups, [Lookup::at_path("customer", "/v2/customers/CUSTAMAL")]);
    let customer = json!({ "customer": body("customer_updated")["data"]["object"]["customer"] });
    let told = answered("order_updated", "customer", &customer).unwrap();
    assert_eq!(told.events, tell(&body("customer_updated")).unwrap().events);
}

#[test]
fn a_guest_is_whom_the_order_goes_to() {
    let reading = order(json!({ "customer_id": null }));
    let buyer = json!({
        "email": "noura@example.com",
        "phone": "+971501234568",
        "first_name": "Noura",
        "last_name": "Ali",
        "place": { "country": "AE", "region": "SH", "city": "Sharjah" },
    });
    assert_eq!((&json(&reading.events)[0]["data"]["buyer"], reading.lookups.len()), (&buyer, 0));
    let over_the_counter = order(
        json!({ "customer_id": null, "fulfillments": null, "source": { "name": "Square Point of Sale" } }),
    );
    let details = json(&over_the_counter.events)[0]["data"].clone();
    assert_eq!((&details["buyer"], &details["channel"]), (&json!({}), &json!("pos")));
    let by_card =
        order(json!({ "customer_id": null, "tenders": [{ "id": "t" }, { "customer_id": "CUSTCARD" }] }));
    assert_eq!(by_card.lookups, [Lookup::at_path("customer", "/v2/customers/CUSTCARD")]);
}

#[test]
fn an_order_is_paid_when_nothing_is_due() {
    let is_paid = |members: Value| kinds(&order(members)).contains(&"order.paid".to_owned());
    assert!(is_paid(json!({ "state": "OPEN" })));
    assert!(!is_paid(json!({ "net_amount_due_money": dollars_of_square(1) })));
    assert!(!is_paid(json!({ "net_amount_due_money": null })));
    assert!(!is_paid(json!({ "total_money": dollars_of_square(0) })));
    let cancelled = order(json!({ "state": "CANCELED", "fulfillments": [] }));
    assert_eq!(kinds(&cancelled), ["order.placed", "order.cancelled"]);
}

fn dollars_of_square(amount: i64) -> Value {
    json!({ "amount": amount, "currency": "USD" })
}

#[test]
fn an_order_that_was_made_for_a_refund_is_none() {
    for members in [
        json!({ "line_items": null, "returns": [{ "source_order_id": ORDER }] }),
        json!({ "state": "DRAFT" }),
    ] {
        assert!(order(members).of_no_interest.is_some());
    }
    assert_eq!(kinds(&order(json!({ "returns": [{ "uid": "exchanged" }], "fulfillments": [] }))).len(), 2);
}

#[test]
fn every_way_to_the_buyer_has_its_states() {
    for (kind, state, expected, unknown) in [
        ("SHIPMENT", "PROPOSED", None, None),
        ("SHIPMENT", "RESERVED", None, None),
        ("SHIPMENT", "PREPARED", Some("label"), None),
        ("SHIPMENT", "COMPLETED", Some("handed-over"), None),
        ("SHIPMENT", "CANCELED", Some("voided"), None),
        ("SHIPMENT", "FAILED", Some("voided"), None),
        ("SHIPMENT", "BEAMED", Some("unknown"), Some("BEAMED")),
        ("PICKUP", "RESERVED", None, None),
        ("PICKUP", "PREPARED", Some("ready-for-pickup"), None),
        ("PICKUP", "COMPLETED", Some("delivered"), None),
        ("DELIVERY", "PREPARED", None, None),
        ("DELIVERY", "COMPLETED", Some("delivered"), None),
        ("DIGITAL", "COMPLETED", None, None),
        ("SIMPLE", "COMPLETED", None, None),
        ("CATAPULT", "COMPLETED", None, Some("CATAPULT")),
    ] {
        let details = json!({ "tracking_number": "AX1" });
        let fulfillment = json!({ "uid": "f1", "type": kind, "state": state, "shipment_details": details });
        let reading = order(json!({ "fulfillments": [fulfillment] }));
        let events = json(&reading.events);
        let parcel = events.get(2).map(|event| event["data"]["state"].as_str().unwrap());
        assert_eq!(parcel, expected, "{kind} {state}");
        assert_eq!(reading.unknown.first().map(|unknown| unknown.value.as_str()), unknown, "{kind} {state}");
    }
    let packed = json!([{ "uid": "f1", "type": "SHIPMENT", "state": "PREPARED" }]);
    assert_eq!(kinds(&order(json!({ "fulfillments": packed }))), ["order.placed", "order.paid"]);
}

#[test]
fn all_is_shipped_when_every_shipment_is() {
    let whole = |states: &[&str]| {
        let one = |state: &&str| json!({ "uid": "f", "type": "SHIPMENT", "state": state });
        let fulfillments: Vec<Value> = states.iter().map(one).collect();
        json(&order(json!({ "fulfillments": fulfillments })).events)[0]["data"]["shipped_whole"].clone()
    };
    assert_eq!(whole(&["COMPLETED", "COMPLETED"]), true);
    assert_eq!(whole(&["COMPLETED", "RESERVED"]), false);
    assert_eq!(whole(&["RESERVED"]), Value::Null);
    assert_eq!(whole(&[]), Value::Null);
}

fn payment_events() -> Value {
    let buyer = json!({ "customer": "CUSTAMAL", "email": "amal@example.com" });
    let details =
        json!({ "order": ORDER, "placed_at": "2026-11-23T05:01:00Z", "channel": "pos", "buyer": buyer });
    let refunded =
        json!({ "order": ORDER, "refund": "PAYONE", "amount": dollars(4500), "goods_returned": false });
    let at = "2026-11-24T06:00:00Z";
    json!([
        { "timestamp": at, "type": "order.placed", "data": details },
        { "timestamp": at, "type": "order.paid", "data": { "order": ORDER } },
        { "timestamp": at, "type": "order.refunded", "data": refunded },
    ])
}

#[test]
fn a_payment_places_pays_and_refunds_its_order() {
    assert_eq!(json(&tell(&body("payment_updated")).unwrap().events), payment_events());
    for (status, expected, is_unknown) in [
        ("APPROVED", vec!["order.placed"], false),
        ("PENDING", vec!["order.placed"], false),
        ("COMPLETED", vec!["order.placed", "order.paid", "order.refunded"], false),
        ("FAILED", vec!["order.payment_failed"], false),
        ("CANCELED", vec![], false),
        ("FROZEN", vec![], true),
    ] {
        let reading = changed("payment_updated", "payment", json!({ "status": status }));
        let expected: Vec<String> = expected.iter().map(ToString::to_string).collect();
        assert_eq!((kinds(&reading), !reading.unknown.is_empty()), (expected, is_unknown), "{status}");
    }
    let without_order = changed("payment_updated", "payment", json!({ "order_id": null }));
    assert!(without_order.of_no_interest.is_some());
}

#[test]
fn a_payment_says_where_it_was_made() {
    for (product, expected) in [
        ("SQUARE_POS", json!("pos")),
        ("TERMINAL_API", json!("pos")),
        ("RETAIL", json!("pos")),
        ("RESTAURANTS", json!("pos")),
        ("ECOMMERCE_API", json!("web")),
        ("ONLINE_STORE", json!("web")),
        ("INVOICES", Value::Null),
        ("what Square adds tomorrow", Value::Null),
    ] {
        let details = json!({ "application_details": { "square_product": product } });
        let events = json(&changed("payment_updated", "payment", details).events);
        assert_eq!(events[0]["data"]["channel"], expected, "{product}");
    }
}

#[test]
fn a_refund_is_of_the_order_that_its_payment_names() {
    let reading = tell(&body("refund_updated")).unwrap();
    assert_eq!(reading.events, []);
    assert_eq!(reading.lookups, [Lookup::at_path("payment", "/v2/payments/PAYONE")]);
    let answer = json!({ "payment": body("payment_updated")["data"]["object"]["payment"] });
    assert_eq!(json(&answered("refund_updated", "payment", &answer).unwrap().events), payment_events());
    for (status, is_unknown) in [("PENDING", false), ("REJECTED", false), ("FAILED", false), ("FROZEN", true)]
    {
        let reading = changed("refund_updated", "refund", json!({ "status": status }));
        assert!(reading.of_no_interest.is_some() && reading.unknown.is_empty() != is_unknown, "{status}");
    }
}

#[test]
fn a_dispute_is_of_the_order_that_its_payment_names() {
    for (state, expected) in [
        ("INQUIRY_EVIDENCE_REQUIRED", "inquired"),
        ("INQUIRY_PROCESSING", "inquired"),
        ("INQUIRY_CLOSED", "won"),
        ("EVIDENCE_REQUIRED", "opened"),
        ("PROCESSING", "opened"),
        ("WON", "won"),
        ("LOST", "lost"),
        ("ACCEPTED", "lost"),
    ] {
        let mut delivery = body("dispute_created");
        delivery["data"]["object"]["dispute"]["state"] = json!(state);
        let delivery = delivery.to_string();
        let headers = Headers::default();
        let delivery = Delivery::new(&headers, delivery.as_bytes());
        let asked = (provider("square").unwrap().normalise)(&delivery).unwrap();
        let answer = json!({ "payment": body("payment_updated")["data"]["object"]["payment"] }).to_string();
        let told = (provider("square").unwrap().complete)(&delivery, &asked.lookups[0], answer.as_bytes());
        let disputed =
            json!({ "order": ORDER, "dispute": "DISPONE", "state": expected, "amount": dollars(29200) });
        let event =
            json!({ "timestamp": "2026-11-30T00:00:00Z", "type": "order.disputed", "data": disputed });
        assert_eq!(json(&told.unwrap().events)[3], event, "{state}");
    }
    let unknown = changed("dispute_created", "dispute", json!({ "state": "ESCALATED" }));
    assert_eq!((unknown.lookups.len(), unknown.unknown[0].value.as_str()), (0, "ESCALATED"));
}

#[test]
fn only_a_no_to_mails_is_a_word() {
    let events = json(&tell(&body("customer_updated")).unwrap().events);
    let person = json!({
        "customer": "CUSTAMAL",
        "email": "amal@example.com",
        "phone": "+971501234567",
        "first_name": "أمل",
        "last_name": "الشامسي",
        "place": { "country": "AE", "region": "DU", "city": "Dubai" },
    });
    assert_eq!(events, json!([{ "timestamp": AT, "type": "profile.changed", "data": person }]));
    let no =
        changed("customer_updated", "customer", json!({ "preferences": { "email_unsubscribed": true } }));
    let words = json(&no.events[1..]);
    for (word, purpose) in words.as_array().unwrap().iter().zip(["marketing", "newsletter"]) {
        let person = json!({ "customer": "CUSTAMAL", "email": "amal@example.com" });
        assert_eq!(word["data"], json!({ "person": person, "purpose": purpose, "state": "withdrawn" }));
        assert_eq!(word["timestamp"], AT);
    }
    assert_eq!(no.events.len(), 3);
}

#[test]
fn only_what_is_in_stock_is_to_be_had() {
    let events = json(&tell(&body("inventory_count_updated")).unwrap().events);
    let changed =
        |item: &str, available: i64| json!({ "item": item, "location": "LDubai", "available": available });
    let expected = json!([
        { "timestamp": AT, "type": "stock.changed", "data": changed("VARPOT", 12) },
        { "timestamp": "2026-11-23T05:08:28Z", "type": "stock.changed", "data": changed("VARRIBBON", 0) },
    ]);
    assert_eq!(events, expected);
}

#[test]
fn a_shop_is_named_and_asked_for() {
    let reading = tell(&body("location_updated")).unwrap();
    assert_eq!(reading.lookups, [Lookup::at_path("location", "/v2/locations/LDubai")]);
    let address = json!({ "address_line_1": "1 Creek Road", "locality": "Dubai", "country": "AE" });
    let answer = |status: &str| json!({ "location": { "id": "LDubai", "name": "At the creek", "address": address, "status": status } });
    let told =
        |status: &str| json(&answered("location_updated", "location", &answer(status)).unwrap().events);
    let place = json!({ "country": "AE", "city": "Dubai" });
    let changed =
        json!({ "location": "LDubai", "name": "At the creek", "place": place, "address": "1 Creek Road" });
    let expected =
        json!([{ "timestamp": "2026-11-23T05:08:28Z", "type": "location.changed", "data": changed }]);
    assert_eq!(told("ACTIVE"), expected);
    assert_eq!(told("INACTIVE")[0]["data"]["closed"], true);
}

#[test]
fn a_sandbox_keeps_its_orders_as_trials_and_nothing_else() {
    let headers: Headers = [("Square-Environment", "Sandbox")].into_iter().collect();
    let trial = |name: &str| read("square", &headers, &sample(&format!("square/{name}"))).unwrap();
    assert_eq!(json(&trial("order_updated").events)[0]["data"]["test"], true);
    for name in [
        "customer_updated",
        "payment_updated",
        "refund_updated",
        "dispute_created",
        "inventory_count_updated",
        "location_updated",
    ] {
        assert_eq!(trial(name).of_no_interest.unwrap().why, "a trial", "{name}");
    }
    let order = sample("square/order_updated");
    let delivery = Delivery::new(&headers, &order);
    let lookup = Lookup::at_path("order", "/v2/orders/OrderOneABC");
    let told =
        (provider("square").unwrap().complete)(&delivery, &lookup, &sample("square/order.answer")).unwrap();
    assert_eq!((&json(&told.events)[0]["data"]["test"], told.lookups.len()), (&json!(true), 0));
}

#[test]
fn what_no_record_holds_is_of_no_interest() {
    for topic in [
        "customer.deleted",
        "catalog.version.updated",
        "webhooks.test_notification",
        "invoice.payment_made",
        "",
    ] {
        let mut other = body("location_updated");
        other["type"] = json!(topic);
        assert_eq!(tell(&other).unwrap().of_no_interest.unwrap().topic, topic);
    }
    assert!(answered("order_updated", "something else", &json!({})).unwrap().of_no_interest.is_some());
}

#[test]
fn a_fault_names_its_place() {
    let mut faulty = body("payment_updated");
    faulty["data"]["object"]["payment"]["status"] = json!(1);
    assert_eq!(reason(tell(&faulty)), "data.object.payment.status: expected text, got integer");
    faulty["data"]["object"] = json!(null);
    assert_eq!(reason(tell(&faulty)), "data.object: missing");
    let mut answer = body("order.answer");
    answer["order"]["fulfillments"][0]["uid"] = json!(null);
    let fault = reason(answered("order_updated", "order", &answer));
    assert_eq!(fault, "order.fulfillments[0].uid: missing");
}

#[test]
fn the_address_is_signed_as_it_is_configured() {
    let verify = |headers: &Headers, url: Option<&str>, secrets: &[&str]| {
        let secrets: Vec<Secret> = secrets.iter().map(Secret::new).collect();
        let delivery = Delivery { url, ..Delivery::new(headers, b"{}") };
        (provider("square").unwrap().verify)(&delivery, &secrets, instant(AT))
    };
    let headers = sign::square(&Secret::new("key"), URL, b"{}").unwrap();
    assert_eq!(verify(&headers, Some(URL), &["other", "key"]), Ok(()));
    assert_eq!(verify(&headers, None, &["key"]), Err(Unverified::NoUrl));
    for url in ["https://hooks.example.com/hooks/till", "https://hooks.example.com/hooks/till?a=1/", ""] {
        assert_eq!(verify(&headers, Some(url), &["key"]), Err(Unverified::WrongSignature), "{url}");
    }
    assert_eq!(verify(&headers, Some(URL), &[" "]), Err(Unverified::NoSecret));
    let missing = Unverified::MissingHeader("x-square-hmacsha256-signature");
    assert_eq!(verify(&Headers::default(), Some(URL), &["key"]), Err(missing));
}

#[test]
fn the_api_is_asked_under_the_token_and_a_version() {
    let api = provider("square").unwrap().api.unwrap();
    let headers = (api.headers)(&Secret::new("EAAA"));
    assert_eq!(headers[0], ("authorization", "Bearer EAAA".to_owned()));
    assert_eq!(headers[1].0, "square-version");
}
