//! `AfterShip`.

use rihla_channels::{Headers, Reading, Secret, Unknown, Unreadable, sign};
use serde_json::{Value, json};

use crate::{changed, json, read, reason, sample};

const DELIVERY: &str = "aftership/tracking_update";

fn tell(body: &Value) -> Result<Reading, Unreadable> {
    read("aftership", &Headers::default(), body.to_string().as_bytes())
}

/// The delivery, with some members of its message set.
fn message(members: Value) -> Value {
    let mut body = changed(DELIVERY, json!({}));
    body["msg"].as_object_mut().unwrap().append(&mut crate::object(members));
    body
}

/// The states and their times.
fn states(body: &Value) -> Vec<(String, String)> {
    crate::parcel_states(&tell(body).unwrap().events)
}

#[test]
fn a_delivery_tells_all_of_the_past_that_is_told_exactly() {
    let reading = read("aftership", &Headers::default(), &sample(DELIVERY)).unwrap();
    let moved = |state: &str, at: &str| {
        let data = json!({"tracking": "JD014600003RIHLA", "carrier": "dhl", "state": state});
        json!({"type": "parcel.moved", "timestamp": at, "data": data})
    };
    let expected = json!([
        moved("label", "2026-11-05T14:20:00Z"),
        moved("handed-over", "2026-11-06T05:10:00Z"),
        moved("in-transit", "2026-11-07T20:00:00Z"),
        moved("out-for-delivery", "2026-11-08T06:00:00Z"),
    ]);
    assert_eq!(json(&reading.events), expected);
    assert!(reading.unknown.is_empty());
}

#[test]
fn every_status_has_its_state() {
    for (tag, subtag, state) in [
        ("Pending", "Pending_001", "unknown"),
        ("Pending", "Pending_006", "unknown"),
        ("InfoReceived", "InfoReceived_001", "label"),
        ("InTransit", "InTransit_001", "in-transit"),
        ("InTransit", "InTransit_002", "handed-over"),
        ("InTransit", "InTransit_005", "in-transit"),
        ("InTransit", "InTransit_009", "in-transit"),
        ("OutForDelivery", "OutForDelivery_001", "out-for-delivery"),
        ("OutForDelivery", "OutForDelivery_003", "out-for-delivery"),
        ("OutForDelivery", "OutForDelivery_004", "out-for-delivery"),
        ("AttemptFail", "AttemptFail_001", "attempted"),
        ("AttemptFail", "AttemptFail_003", "attempted"),
        ("AvailableForPickup", "AvailableForPickup_001", "ready-for-pickup"),
        ("Delivered", "Delivered_001", "delivered"),
        ("Delivered", "Delivered_002", "delivered"),
        ("Delivered", "Delivered_005", "delivered"),
        ("Exception", "Exception_001", "exception"),
        ("Exception", "Exception_002", "exception"),
        ("Exception", "Exception_003", "exception"),
        ("Exception", "Exception_004", "delayed"),
        ("Exception", "Exception_005", "delayed"),
        ("Exception", "Exception_006", "exception"),
        ("Exception", "Exception_008", "exception"),
        ("Exception", "Exception_010", "returned"),
        ("Exception", "Exception_011", "returned"),
        ("Exception", "Exception_012", "exception"),
        ("Exception", "Exception_013", "exception"),
        ("Exception", "Exception_016", "delayed"),
        ("Exception", "Exception_017", "delayed"),
        ("Exception", "Exception_018", "exception"),
        ("Exception", "Exception_019", "delayed"),
        ("Exception", "Exception_020", "voided"),
        ("Exception", "Exception_021", "exception"),
        ("Expired", "Expired_001", "exception"),
    ] {
        let body = message(json!({"tag": tag, "subtag": subtag, "checkpoints": []}));
        let reading = tell(&body).unwrap();
        assert_eq!(states(&body), [(state.to_owned(), "2026-11-08T06:00:00Z".to_owned())], "{subtag}");
        assert!(reading.unknown.is_empty(), "{subtag}: {:?}", reading.unknown);
    }
}

#[test]
fn a_status_of_tomorrow_is_kept_as_unknown_and_counted() {
    let body = message(json!({"tag": "HeldAtCustoms", "subtag": "HeldAtCustoms_001", "checkpoints": []}));
    assert_eq!(states(&body)[0].0, "unknown");
    let unknown = [("msg.tag", "HeldAtCustoms"), ("msg.subtag", "HeldAtCustoms_001")];
    assert_eq!(tell(&body).unwrap().unknown, unknown.map(|(field, value)| Unknown::new(field, value)));
    let body = message(json!({"tag": "Exception", "subtag": "Exception_099", "checkpoints": []}));
    assert_eq!(states(&body)[0].0, "exception");
    assert_eq!(tell(&body).unwrap().unknown, [Unknown::new("msg.subtag", "Exception_099")]);
}

#[test]
fn what_was_delivered_to_the_shop_came_back() {
    let back = json!({
        "tag": "Delivered",
        "subtag": "Delivered_001",
        "return_to_sender": true,
        "checkpoints": [
            {"checkpoint_time": "2026-11-06T10:00:00Z", "tag": "Exception", "subtag": "Exception_010"},
            {"checkpoint_time": "2026-11-07T10:00:00Z", "tag": "Delivered", "subtag": "Delivered_001"},
        ],
    });
    assert_eq!(states(&message(back)), [("returned".to_owned(), "2026-11-06T10:00:00Z".to_owned())]);
    let without_past = json!({"tag": "Delivered", "return_to_sender": true, "checkpoints": null});
    assert_eq!(states(&message(without_past))[0].0, "returned");
}

#[test]
fn the_first_time_in_a_state_counts() {
    let checkpoint = |at: &str| json!({"checkpoint_time": at, "tag": "Delivered"});
    let checkpoints = [checkpoint("2026-11-07T11:00:00Z"), checkpoint("2026-11-07T10:00:00Z")];
    let body = message(json!({"tag": "Delivered", "subtag": null, "checkpoints": checkpoints}));
    assert_eq!(states(&body), [("delivered".to_owned(), "2026-11-07T10:00:00Z".to_owned())]);
}

#[test]
fn what_moves_no_parcel_is_of_no_interest() {
    for event in ["edd_revise", "tracking_pending_time", "return.approved", "something.new"] {
        let reading = tell(&json!({"event": event, "msg": 7, "ts": "soon"})).unwrap();
        assert_eq!(reading.of_no_interest.unwrap().topic, event);
        assert!(reading.events.is_empty());
    }
}

#[test]
fn what_is_missing_is_named() {
    for (body, problem) in [
        (json!({}), "event: missing"),
        (json!({"event": "tracking_update"}), "msg: missing"),
        (message(json!({"tag": null})), "msg.tag: missing"),
        (message(json!({"tracking_number": " "})), "msg.tracking_number: missing"),
        (changed(DELIVERY, json!({"ts": null})), "the body: it tells no time"),
    ] {
        assert_eq!(reason(tell(&body)), problem);
    }
}

#[test]
fn every_product_of_theirs_signs_the_body_the_same_way() {
    let secret = Secret::new("hush");
    let signed = sign::aftership(&secret, b"{}").unwrap();
    let signature = signed.get("aftership-hmac-sha256").unwrap();
    for (name, value) in [
        ("AfterShip-Hmac-Sha256", signature.to_owned()),
        ("as-signature-hmac-sha256", signature.to_owned()),
        ("am-webhook-signature", format!("hmac-sha256={signature}")),
    ] {
        let headers = [(name, value)].into_iter().collect();
        assert_eq!(crate::verify("aftership", &headers, b"{}", &["old", "hush"]), Ok(()), "{name}");
    }
}
