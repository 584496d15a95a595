//! Amazon's Selling Partner API.

use rihla_channels::{Delivery, Headers, Lookup, Reading, Secret, Unknown, Unreadable, Unverified, provider};
use serde_json::{Value, json};

use crate::{changed, json, parcel_states, read, reason, sample};

const ORDER: &str = "amazon-sp-api/order_change";
const PACKAGES: &str = "amazon-sp-api/fulfillment_order_status";
const MILESTONE: &str = "amazon-sp-api/milestone";
const ID: &str = "402-1234567-7654321";

fn tell(body: &Value) -> Result<Reading, Unreadable> {
    read("amazon-sp-api", &Headers::default(), body.to_string().as_bytes())
}

/// A notification with one value set.
fn with(name: &str, place: &str, value: Value) -> Value {
    let mut body = changed(name, json!({}));
    *body.pointer_mut(place).unwrap() = value;
    body
}

const CHANGE: &str = "/Payload/OrderChangeNotification";
const SHIPMENT: &str = "/Payload/FulfillmentOrderStatusNotification/FulfillmentShipment";
const DETAIL: &str = "/payload/shipmentTrackingMilestoneChangedNotification/trackingDetail";

fn complete(what: &str, answer: &[u8]) -> Result<Reading, Unreadable> {
    let (headers, body) = (Headers::default(), sample(ORDER));
    let lookup = Lookup::at_path(what, "/orders/v0/orders/1");
    (provider("amazon-sp-api").unwrap().complete)(&Delivery::new(&headers, &body), &lookup, answer)
}

#[test]
fn an_order_is_told_as_far_as_it_is_known_and_the_rest_is_asked_for() {
    let reading = read("amazon-sp-api", &Headers::default(), &sample(ORDER)).unwrap();
    let at = "2026-11-08T05:20:00Z";
    let placed = json!({
        "order": ID,
        "number": ID,
        "placed_at": "2026-11-08T05:00:00Z",
        "promised_at": "2026-11-15T19:59:59Z",
        "shipped_whole": false,
        "buyer": {},
    });
    let expected = json!([
        {"type": "order.placed", "timestamp": at, "data": placed},
        {"type": "order.paid", "timestamp": at, "data": {"order": ID}},
    ]);
    assert_eq!(json(&reading.events), expected);
    let path = format!("/orders/v0/orders/{ID}");
    let items = Lookup::at_path("order items", format!("{path}/orderItems"));
    assert_eq!(reading.lookups, [Lookup::at_path("order", path), items]);
}

#[test]
fn every_status_has_its_facts() {
    for (status, shipped_whole, facts) in [
        ("Pending", Value::Null, &["order.placed"][..]),
        ("PendingAvailability", Value::Null, &["order.placed"]),
        ("Unshipped", json!(false), &["order.placed", "order.paid"]),
        ("PartiallyShipped", json!(false), &["order.placed", "order.paid"]),
        ("Shipped", json!(true), &["order.placed", "order.paid"]),
        ("InvoiceUnconfirmed", json!(true), &["order.placed", "order.paid"]),
        ("Canceled", Value::Null, &["order.placed", "order.cancelled"]),
        ("Unfulfillable", Value::Null, &["order.placed"]),
        ("HeldForInspection", Value::Null, &["order.placed"]),
    ] {
        let reading = tell(&with(ORDER, &format!("{CHANGE}/Summary/OrderStatus"), status.into())).unwrap();
        let events = json(&reading.events);
        let told: Vec<&str> =
            events.as_array().unwrap().iter().map(|event| event["type"].as_str().unwrap()).collect();
        assert_eq!((&told[..], &events[0]["data"]["shipped_whole"]), (facts, &shipped_whole), "{status}");
        let unknown = [Unknown::new("OrderStatus", status)];
        let is_new = status == "HeldForInspection";
        assert_eq!(reading.unknown, if is_new { &unknown[..] } else { &[] }, "{status}");
    }
}

#[test]
fn a_buyer_who_asks_to_cancel_has_not_cancelled() {
    let mut body = with(ORDER, &format!("{CHANGE}/OrderChangeType"), "BuyerRequestedChange".into());
    body["Payload"]["OrderChangeNotification"]["Summary"]["OrderItems"][0]["IsBuyerRequestedCancel"] =
        true.into();
    assert!(!json(&tell(&body).unwrap().events).to_string().contains("order.cancelled"));
}

#[test]
fn what_amazon_cannot_say_is_left_open() {
    let body = with(ORDER, &format!("{CHANGE}/OrderChangeTrigger/TimeOfOrderChange"), Value::Null);
    assert_eq!(json(&tell(&body).unwrap().events)[0]["timestamp"], "2026-11-08T05:21:00Z");
    let body = with(ORDER, &format!("{CHANGE}/Summary/PurchaseDate"), Value::Null);
    assert_eq!(json(&tell(&body).unwrap().events)[0]["type"], "order.changed");
}

#[test]
fn only_amazons_own_ids_get_into_a_path() {
    for id in ["../../tokens", "402-1 2", "402?x=y", "402/1"] {
        let reading = tell(&with(ORDER, &format!("{CHANGE}/AmazonOrderId"), id.into())).unwrap();
        assert!(reading.lookups.is_empty() && !reading.events.is_empty(), "{id}");
    }
    let reading =
        tell(&with(ORDER, &format!("{CHANGE}/AmazonOrderId"), "S01-1234567-7654321".into())).unwrap();
    assert!(reading.events.is_empty() && reading.lookups.is_empty() && reading.of_no_interest.is_some());
}

#[test]
fn the_order_is_completed_and_its_buyer_is_a_number_and_no_address() {
    let reading = complete("order", &sample("amazon-sp-api/order_answer")).unwrap();
    let at = "2026-11-08T05:20:30Z";
    let place = json!({"country": "AE", "region": "Dubai", "city": "Dubai"});
    let placed = json!({
        "order": ID,
        "number": ID,
        "placed_at": "2026-11-08T05:00:00Z",
        "promised_at": "2026-11-15T19:59:59Z",
        "shipped_whole": true,
        "total": {"minor": 25980, "currency": "AED"},
        "buyer": {"customer": "x1y2z3q4", "place": place},
    });
    let expected = json!([
        {"type": "order.placed", "timestamp": at, "data": placed},
        {"type": "order.paid", "timestamp": at, "data": {"order": ID}},
    ]);
    assert_eq!(json(&reading.events), expected);
    let mut answer: Value = serde_json::from_slice(&sample("amazon-sp-api/order_answer")).unwrap();
    answer["payload"]["BuyerInfo"]["BuyerEmail"] = "amal@example.com".into();
    let reading = complete("order", answer.to_string().as_bytes()).unwrap();
    assert_eq!(json(&reading.events)[0]["data"]["buyer"], json!({"place": place}));
}

#[test]
fn items_have_the_price_of_one_where_it_is_whole() {
    let reading = complete("order items", &sample("amazon-sp-api/items_answer")).unwrap();
    let price = json!({"minor": 9990, "currency": "AED"});
    let lines = json!([
        {"product": "B0DALLAH01", "title": "Dallah, brass, 1 l", "quantity": 2, "price": price},
        {"product": "CUP-6", "title": "Six cups", "quantity": 3},
    ]);
    let changed = json!({"order": ID, "buyer": {}, "lines": lines});
    let expected = json!([{"type": "order.changed", "timestamp": "2026-11-08T05:20:00Z", "data": changed}]);
    assert_eq!(json(&reading.events), expected);
}

#[test]
fn an_answer_of_another_shape_is_named() {
    assert_eq!(reason(complete("order", b"{}")), "the body: missing field `payload`");
    assert_eq!(
        reason(complete("order items", br#"{"payload": {"AmazonOrderId": "1", "OrderItems": 7}}"#)),
        "payload.OrderItems: expected a sequence, got integer"
    );
    assert!(complete("something else", b"{}").unwrap().of_no_interest.is_some());
}

#[test]
fn packages_are_told_by_their_numbers() {
    let reading = read("amazon-sp-api", &Headers::default(), &sample(PACKAGES)).unwrap();
    let moved = |tracking: &str| {
        let data = json!({"tracking": tracking, "carrier": "Aramex", "state": "handed-over"});
        json!({"type": "parcel.moved", "timestamp": "2026-11-08T05:20:00Z", "data": data})
    };
    assert_eq!(json(&reading.events), json!([moved("44110022001"), moved("44110022002")]));
    for (status, state) in [
        ("PENDING", "label"),
        ("PROCESSED", "label"),
        ("SHIPPED", "handed-over"),
        ("CANCELLED_BY_FULFILLER", "voided"),
        ("CANCELLED_BY_SELLER", "voided"),
        ("EATEN", "unknown"),
    ] {
        let body = with(PACKAGES, &format!("{SHIPMENT}/FulfillmentShipmentStatus"), status.into());
        let reading = tell(&body).unwrap();
        assert_eq!(parcel_states(&reading.events)[0].0, state, "{status}");
        assert_eq!(reading.unknown.is_empty(), state != "unknown", "{status}");
    }
    for none in [with(PACKAGES, SHIPMENT, Value::Null), with(PACKAGES, SHIPMENT, json!({}))] {
        assert!(tell(&none).unwrap().of_no_interest.is_some());
    }
}

#[test]
fn milestones_tell_all_of_the_past() {
    let reading = read("amazon-sp-api", &Headers::default(), &sample(MILESTONE)).unwrap();
    let states = [
        ("label", "2026-11-05T14:20:00Z"),
        ("handed-over", "2026-11-06T05:10:00Z"),
        ("in-transit", "2026-11-07T20:00:00Z"),
        ("out-for-delivery", "2026-11-08T05:20:00Z"),
    ];
    assert_eq!(parcel_states(&reading.events), states.map(|(state, at)| (state.to_owned(), at.to_owned())));
    let parcel = &json(&reading.events)[0]["data"];
    assert_eq!((&parcel["tracking"], &parcel["carrier"]), (&json!("44110022001"), &json!("Aramex")));
}

#[test]
fn every_kind_of_milestone_has_its_state() {
    for (code, state) in [
        ("ORDER_PREPARING", "label"),
        ("CARRIER_ASSIGNED", "label"),
        ("MANIFESTED_NOT_RECEIVED", "label"),
        ("SHIPPED", "handed-over"),
        ("PICKED_UP", "handed-over"),
        ("ARRIVED_AT_TERMINAL", "in-transit"),
        ("CUSTOMS_CLEARED", "in-transit"),
        ("READY_FOR_DELIVERY", "in-transit"),
        ("CUSTOMS_DELAY", "delayed"),
        ("DELAYED", "delayed"),
        ("OUT_FOR_DELIVERY", "out-for-delivery"),
        ("DELIVERY_ATTEMPTED", "attempted"),
        ("READY_FOR_CUSTOMER_PICKUP", "ready-for-pickup"),
        ("CUSTOMS_HOLD", "exception"),
        ("LOST", "exception"),
        ("RECIPIENT_REFUSED_DELIVERY", "exception"),
        ("DELIVERED", "delivered"),
        ("CUSTOMER_PICKUP_COMPLETED", "delivered"),
        ("UNDELIVERABLE", "returned"),
        ("RETURNED", "returned"),
        ("RETURN_DROPPED_OFF", "returned"),
        ("ORDER_CANCELLED", "voided"),
        ("BEAMED_DOWN", "unknown"),
    ] {
        let mut body = with(MILESTONE, &format!("{DETAIL}/milestoneHistory"), json!([]));
        *body.pointer_mut(&format!("{DETAIL}/latestMilestone/status/code")).unwrap() = code.into();
        let reading = tell(&body).unwrap();
        assert_eq!(parcel_states(&reading.events)[0].0, state, "{code}");
        assert_eq!(reading.unknown.is_empty(), code != "BEAMED_DOWN", "{code}");
    }
}

#[test]
fn freight_and_other_topics_are_of_no_interest() {
    let aftn = with(MILESTONE, &format!("{DETAIL}/identifier"), json!({"aftn": "AFTN1"}));
    assert_eq!(json(&tell(&aftn).unwrap().events)[0]["data"]["tracking"], "AFTN1");
    for body in [
        with(MILESTONE, &format!("{DETAIL}/identifier"), json!({"containerNumber": "MSKU1"})),
        json!({"NotificationType": "TRANSACTION_UPDATE", "Payload": 7}),
        json!({"notificationType": "FEED_PROCESSING_FINISHED"}),
    ] {
        let reading = tell(&body).unwrap();
        assert!(reading.events.is_empty() && reading.of_no_interest.is_some(), "{body}");
    }
}

#[test]
fn what_is_missing_is_named() {
    for (body, problem) in [
        (json!({}), "the body: it names no `NotificationType`"),
        (changed(ORDER, json!({"Payload": null})), "Payload: missing"),
        (with(ORDER, CHANGE, Value::Null), "Payload.OrderChangeNotification: missing"),
        (
            with(ORDER, &format!("{CHANGE}/AmazonOrderId"), Value::Null),
            "Payload.OrderChangeNotification.AmazonOrderId: missing",
        ),
        (
            with(ORDER, &format!("{CHANGE}/Summary/PurchaseDate"), 7.into()),
            "Payload.OrderChangeNotification.Summary.PurchaseDate: expected a string, got integer",
        ),
        (
            with(MILESTONE, &format!("{DETAIL}/latestMilestone"), Value::Null),
            "payload.shipmentTrackingMilestoneChangedNotification.trackingDetail.latestMilestone: missing",
        ),
    ] {
        assert_eq!(reason(tell(&body)), problem);
    }
}

#[test]
fn over_http_everything_is_refused() {
    let verdict = crate::verify("amazon-sp-api", &Headers::default(), &sample(ORDER), &["hush"]);
    assert_eq!(verdict, Err(Unverified::OnlyByQueue));
}

#[test]
fn a_token_is_got_for_the_refresh_token() {
    let api = provider("amazon-sp-api").unwrap().api.unwrap();
    let request = api.exchange.unwrap().request;
    let kept = r#"{"client_id": "shop", "client_secret": "hush", "refresh_token": "Atzr|1"}"#;
    let post = request(&Secret::new(kept)).unwrap();
    assert_eq!(post.url, "https://api.amazon.com/auth/o2/token");
    let fields = "grant_type=refresh_token&refresh_token=Atzr%7C1&client_id=shop&client_secret=hush";
    assert_eq!(post.body, fields);
    assert_eq!(request(&Secret::new(r#"{"client_id": "shop", "client_secret": "hush"}"#)), None);
    assert_eq!((api.headers)(&Secret::new("Atza|2")), [("x-amz-access-token", "Atza|2".to_owned())]);
}
