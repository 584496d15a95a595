//! Shippo.

use rihla_channels::{Delivery, Headers, Reading, Secret, Unknown, Unreadable, Unverified, provider, sign};
use rihla_core::instant::Wait;
use serde_json::{Value, json};

use crate::{SENT, changed, instant, json, read, reason, sample};

const DELIVERY: &str = "shippo/track_updated";

fn tell(body: &Value) -> Result<Reading, Unreadable> {
    read("shippo", &Headers::default(), body.to_string().as_bytes())
}

/// The delivery, with some members of its parcel set.
fn track(members: Value) -> Value {
    let mut body = changed(DELIVERY, json!({}));
    body["data"].as_object_mut().unwrap().append(&mut crate::object(members));
    body
}

fn states(body: &Value) -> Vec<(String, String)> {
    crate::parcel_states(&tell(body).unwrap().events)
}

#[test]
fn a_delivery_tells_all_of_the_past() {
    let reading = read("shippo", &Headers::default(), &sample(DELIVERY)).unwrap();
    let moved = |state: &str, at: &str| {
        let data = json!({"tracking": "92055901755477000271990251", "carrier": "usps", "state": state});
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
    for (status, code, state) in [
        ("UNKNOWN", "other", "unknown"),
        ("PRE_TRANSIT", "information_received", "label"),
        ("TRANSIT", "address_issue", "exception"),
        ("TRANSIT", "contact_carrier", "exception"),
        ("TRANSIT", "delayed", "delayed"),
        ("TRANSIT", "delivery_attempted", "attempted"),
        ("TRANSIT", "delivery_rescheduled", "delayed"),
        ("TRANSIT", "delivery_scheduled", "in-transit"),
        ("TRANSIT", "location_inaccessible", "exception"),
        ("TRANSIT", "notice_left", "attempted"),
        ("TRANSIT", "out_for_delivery", "out-for-delivery"),
        ("TRANSIT", "package_accepted", "handed-over"),
        ("TRANSIT", "package_arrived", "in-transit"),
        ("TRANSIT", "package_damaged", "exception"),
        ("TRANSIT", "package_departed", "in-transit"),
        ("TRANSIT", "package_forwarded", "in-transit"),
        ("TRANSIT", "package_held", "exception"),
        ("TRANSIT", "package_processed", "in-transit"),
        ("TRANSIT", "package_processing", "in-transit"),
        ("TRANSIT", "pickup_available", "ready-for-pickup"),
        ("TRANSIT", "reschedule_delivery", "exception"),
        ("TRANSIT", "other", "in-transit"),
        ("DELIVERED", "delivered", "delivered"),
        ("DELIVERED", "delayed", "delivered"),
        ("RETURNED", "return_to_sender", "returned"),
        ("RETURNED", "package_unclaimed", "returned"),
        ("FAILURE", "package_undeliverable", "exception"),
        ("FAILURE", "package_disposed", "exception"),
        ("FAILURE", "package_lost", "exception"),
    ] {
        let status = json!({"status": status, "substatus": {"code": code}, "object_updated": SENT});
        let body = track(json!({"tracking_status": status, "tracking_history": []}));
        let reading = tell(&body).unwrap();
        assert_eq!(states(&body), [(state.to_owned(), SENT.to_owned())], "{status}");
        assert!(reading.unknown.is_empty(), "{status}: {:?}", reading.unknown);
    }
}

#[test]
fn a_status_of_tomorrow_is_kept_as_unknown_and_counted() {
    let status = json!({"status": "LAUNCHED", "substatus": {"code": "docked"}, "status_date": SENT, "object_updated": SENT});
    let reading = tell(&track(json!({"tracking_status": status, "tracking_history": null}))).unwrap();
    assert_eq!(crate::parcel_states(&reading.events)[0].0, "unknown");
    let unknown =
        [("data.tracking_status.status", "LAUNCHED"), ("data.tracking_status.substatus.code", "docked")];
    assert_eq!(reading.unknown, unknown.map(|(field, value)| Unknown::new(field, value)));
}

#[test]
fn trials_and_labels_are_of_no_interest() {
    for body in [
        changed(DELIVERY, json!({"test": true})),
        changed(DELIVERY, json!({"event": "transaction_created", "data": {"status": "SUCCESS"}})),
        changed(DELIVERY, json!({"event": "batch_purchased", "data": []})),
        track(json!({"tracking_status": null, "tracking_history": []})),
        json!({"carrier": "usps", "tracking_number": "1"}),
    ] {
        let reading = tell(&body).unwrap();
        assert!(reading.events.is_empty() && reading.of_no_interest.is_some(), "{body}");
    }
}

#[test]
fn what_is_missing_is_named() {
    for (body, problem) in [
        (changed(DELIVERY, json!({"data": null})), "data: missing"),
        (track(json!({"tracking_number": null})), "data.tracking_number: missing"),
        (track(json!({"tracking_status": {"object_updated": SENT}})), "data.tracking_status.status: missing"),
        (track(json!({"tracking_status": {"status": "DELIVERED"}})), "the body: it tells no time"),
    ] {
        assert_eq!(reason(tell(&body)), problem);
    }
}

#[test]
fn a_token_in_the_address_stands_in_for_a_signature_that_is_not_there() {
    let verify = |query: &str, texts: &[&str]| {
        let headers = Headers::default();
        let delivery = Delivery { query, ..Delivery::new(&headers, b"{}") };
        let secrets: Vec<Secret> = texts.iter().map(Secret::new).collect();
        (provider("shippo").unwrap().verify)(&delivery, &secrets, instant(SENT))
    };
    assert_eq!(verify("token=hush", &["old", "hush"]), Ok(()));
    assert_eq!(verify("a=b&token=h%20sh", &["h sh"]), Ok(()));
    for query in ["token=hus", "token=hush1", "token=", "token=HUSH", "token=x&token=hush"] {
        assert_eq!(verify(query, &["hush"]), Err(Unverified::WrongSignature), "{query}");
    }
    for query in ["", "Token=hush", "hush"] {
        assert_eq!(verify(query, &["hush"]), Err(Unverified::NoToken), "{query}");
    }
    assert_eq!(verify("token=", &["", " "]), Err(Unverified::NoSecret));
}

#[test]
fn a_signature_decides_where_there_is_one_and_is_good_for_five_minutes() {
    let (body, now) = (b"{}", instant(SENT));
    let verify = |headers: &Headers| {
        let delivery = Delivery { query: "token=hush", ..Delivery::new(headers, body) };
        (provider("shippo").unwrap().verify)(&delivery, &[Secret::new("hush")], now)
    };
    for (at, is_good) in [
        (now, true),
        (now.before(Wait::seconds(300)), true),
        (now.before(Wait::seconds(301)), false),
        (now.after(Wait::seconds(301)), false),
    ] {
        assert_eq!(verify(&sign::shippo(&Secret::new("hush"), at, body).unwrap()).is_ok(), is_good, "{at}");
    }
    let wrong = sign::shippo(&Secret::new("other"), now, body).unwrap();
    assert_eq!(verify(&wrong), Err(Unverified::WrongSignature));
    for (value, verdict) in [
        ("", Unverified::NotATimestamp("shippo-auth-signature")),
        ("v1=00", Unverified::NotATimestamp("shippo-auth-signature")),
        ("t=1,v1=", Unverified::WrongSignature),
    ] {
        let headers = [("shippo-auth-signature", value)].into_iter().collect();
        assert_eq!(verify(&headers), Err(verdict), "{value}");
    }
}
