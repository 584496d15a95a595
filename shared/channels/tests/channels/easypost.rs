//! `EasyPost`.

use rihla_channels::{Headers, Reading, Secret, Unknown, Unreadable, Unverified, sign};
use serde_json::{Value, json};

use crate::{changed, json, read, reason, sample};

const DELIVERY: &str = "easypost/tracker_updated";

fn tell(body: &Value) -> Result<Reading, Unreadable> {
    read("easypost", &Headers::default(), body.to_string().as_bytes())
}

/// The delivery, with some members of its tracker set.
fn tracker(members: Value) -> Value {
    let mut body = changed(DELIVERY, json!({}));
    body["result"].as_object_mut().unwrap().append(&mut crate::object(members));
    body
}

fn states(body: &Value) -> Vec<(String, String)> {
    crate::parcel_states(&tell(body).unwrap().events)
}

#[test]
fn a_delivery_tells_all_of_the_past() {
    let reading = read("easypost", &Headers::default(), &sample(DELIVERY)).unwrap();
    let moved = |state: &str, at: &str| {
        let data = json!({"tracking": "9400110200881234567890", "carrier": "USPS", "state": state});
        json!({"type": "parcel.moved", "timestamp": at, "data": data})
    };
    let expected = json!([
        moved("label", "2026-11-05T14:20:00Z"),
        moved("handed-over", "2026-11-06T05:10:00Z"),
        moved("in-transit", "2026-11-07T20:00:00Z"),
        moved("out-for-delivery", "2026-11-08T05:20:00Z"),
    ]);
    assert_eq!(json(&reading.events), expected);
    assert!(reading.unknown.is_empty());
}

#[test]
fn every_status_has_its_state() {
    for (status, detail, state) in [
        ("unknown", "unknown", "unknown"),
        ("pre_transit", "status_update", "label"),
        ("pre_transit", "label_created", "label"),
        ("pre_transit", "awaiting_information", "label"),
        ("in_transit", "unknown", "in-transit"),
        ("in_transit", "in_transit", "in-transit"),
        ("in_transit", "received_at_origin_facility", "handed-over"),
        ("in_transit", "departed_origin_facility", "in-transit"),
        ("in_transit", "arrived_at_facility", "in-transit"),
        ("in_transit", "departed_facility", "in-transit"),
        ("in_transit", "received_at_destination_facility", "in-transit"),
        ("in_transit", "arrived_at_destination", "in-transit"),
        ("in_transit", "transferred_to_destination_carrier", "in-transit"),
        ("in_transit", "address_correction", "in-transit"),
        ("in_transit", "missorted", "delayed"),
        ("in_transit", "delayed", "delayed"),
        ("in_transit", "weather_delay", "delayed"),
        ("in_transit", "held", "exception"),
        ("in_transit", "transit_exception", "exception"),
        ("in_transit", "damaged", "exception"),
        ("in_transit", "arrived_at_pickup_location", "ready-for-pickup"),
        ("in_transit", "return", "returned"),
        ("out_for_delivery", "out_for_delivery", "out-for-delivery"),
        ("out_for_delivery", "delayed", "out-for-delivery"),
        ("available_for_pickup", "arrived_at_pickup_location", "ready-for-pickup"),
        ("delivered", "arrived_at_destination", "delivered"),
        ("delivered", "delayed", "delivered"),
        ("return_to_sender", "return", "returned"),
        ("return_to_sender", "refused", "returned"),
        ("failure", "failure", "exception"),
        ("failure", "lost", "exception"),
        ("failure", "refused", "exception"),
        ("failure", "expired", "exception"),
        ("failure", "delivery_exception", "exception"),
        ("cancelled", "cancelled", "voided"),
        ("error", "unknown", "unknown"),
    ] {
        let body = tracker(json!({"status": status, "status_detail": detail, "tracking_details": []}));
        let reading = tell(&body).unwrap();
        let expected = (state.to_owned(), "2026-11-08T05:20:00Z".to_owned());
        assert_eq!(states(&body), [expected], "{status} {detail}");
        assert!(reading.unknown.is_empty(), "{status} {detail}: {:?}", reading.unknown);
    }
}

#[test]
fn a_status_of_tomorrow_is_kept_as_unknown_and_counted() {
    let body = tracker(json!({"status": "in_orbit", "status_detail": "docked", "tracking_details": null}));
    assert_eq!(states(&body)[0].0, "unknown");
    let unknown = [("result.status", "in_orbit"), ("result.status_detail", "docked")];
    assert_eq!(tell(&body).unwrap().unknown, unknown.map(|(field, value)| Unknown::new(field, value)));
}

#[test]
fn what_the_customer_sends_back_is_not_delivered_to_the_customer() {
    for body in [
        tracker(json!({"status": "delivered", "is_return": true})),
        changed(DELIVERY, json!({"mode": "test"})),
        changed(DELIVERY, json!({"description": "batch.updated", "result": {"id": "batch_1"}})),
        changed(DELIVERY, json!({"description": "claim.submitted", "result": 7})),
        json!({"object": "Tracker", "tracking_code": "1", "status": "delivered"}),
    ] {
        let reading = tell(&body).unwrap();
        assert!(reading.events.is_empty() && reading.of_no_interest.is_some(), "{body}");
    }
}

#[test]
fn what_is_missing_is_named() {
    for (body, problem) in [
        (changed(DELIVERY, json!({"result": null})), "result: missing"),
        (tracker(json!({"status": null})), "result.status: missing"),
        (tracker(json!({"tracking_code": ""})), "result.tracking_code: missing"),
        (tracker(json!({"updated_at": null})), "the body: it tells no time"),
    ] {
        assert_eq!(reason(tell(&body)), problem);
    }
}

#[test]
fn a_secret_is_one_however_its_accents_are_typed() {
    let body = b"{}";
    let headers = sign::easypost(&Secret::new("s\u{e9}cret"), body).unwrap();
    for secret in ["s\u{e9}cret", "se\u{301}cret"] {
        assert_eq!(crate::verify("easypost", &headers, body, &[secret]), Ok(()));
    }
    assert_eq!(crate::verify("easypost", &headers, body, &["secret"]), Err(Unverified::WrongSignature));
    let verdict = crate::verify("easypost", &Headers::default(), body, &["s\u{e9}cret"]);
    assert_eq!(verdict, Err(Unverified::MissingHeader("x-hmac-signature")));
}
