//! Mails that come in.

use rihla_channels::{Headers, Reading, Unknown, Unreadable};
use serde_json::{Value, json};

use crate::{json, reason, sample};

fn read(body: &Value) -> Result<Reading, Unreadable> {
    crate::read("aws-sns-ses", &Headers::default(), body.to_string().as_bytes())
}

/// The mail of the sample, out of its envelope.
fn mail() -> Value {
    let envelope: Value = serde_json::from_slice(&sample("aws-sns-ses/received")).unwrap();
    serde_json::from_str(envelope["Message"].as_str().unwrap()).unwrap()
}

/// The sample with the value at a pointer set.
fn with(pointer: &str, value: Value) -> Value {
    let mut mail = mail();
    *mail.pointer_mut(pointer).unwrap() = value;
    mail
}

fn expected() -> Value {
    json!([{ "timestamp": "2026-11-23T05:08:27Z", "type": "conversation.message", "data": {
        "conversation": "amal@example.com", "message": "o3vrnil0e2ic28tr",
        "customer": { "email": "amal@example.com" },
        "speaker": "customer", "channel": "email", "text": "Where is my pot?",
    }}])
}

#[test]
fn a_mail_is_a_message_of_who_wrote_it() {
    let enveloped = crate::read("aws-sns-ses", &Headers::default(), &sample("aws-sns-ses/received")).unwrap();
    assert_eq!(json(&enveloped.events), expected());
    assert_eq!(json(&read(&mail()).unwrap().events), expected());
    let direct = json!({ "Records": [{ "eventSource": "aws:ses", "ses": mail() }] });
    assert_eq!(json(&read(&direct).unwrap().events), expected());
}

#[test]
fn who_wrote() {
    for (from, customer) in [
        (json!(["amal@example.com"]), "amal@example.com"),
        (json!(["\"Amal <x>\" <Amal@Example.com>"]), "amal@example.com"),
        (json!([]), "bounce@mail.example.com"),
        (json!(null), "bounce@mail.example.com"),
        (json!(["nobody"]), "bounce@mail.example.com"),
    ] {
        let told = json(&read(&with("/mail/commonHeaders/from", from)).unwrap().events);
        assert_eq!(told[0]["data"]["customer"]["email"], customer);
    }
    let mut nobody = with("/mail/commonHeaders/from", json!(["MAILER-DAEMON"]));
    nobody["mail"]["source"] = json!("");
    assert!(read(&nobody).unwrap().of_no_interest.is_some());
}

#[test]
fn spam_and_programs_are_not_heard() {
    for verdict in ["spamVerdict", "virusVerdict", "dmarcVerdict"] {
        for (status, is_heard) in
            [("PASS", true), ("GRAY", true), ("PROCESSING_FAILED", true), ("FAIL", false)]
        {
            let told = read(&with(&format!("/receipt/{verdict}/status"), json!(status))).unwrap();
            assert_eq!(told.events.len(), usize::from(is_heard), "{verdict} {status}");
        }
    }
    for (value, is_heard) in [("no", true), ("auto-replied", false), ("auto-generated", false)] {
        let told = read(&with("/mail/headers/1/value", json!(value))).unwrap();
        assert_eq!(told.events.len(), usize::from(is_heard), "{value}");
    }
}

#[test]
fn what_became_of_the_shops_own_mails_is_kept_elsewhere() {
    for member in ["eventType", "notificationType"] {
        for kind in [
            "Bounce",
            "Complaint",
            "Delivery",
            "Send",
            "Reject",
            "Open",
            "Click",
            "Rendering Failure",
            "DeliveryDelay",
            "Subscription",
        ] {
            let told = read(&json!({ member: kind, "mail": 1, "bounce": [] })).unwrap();
            assert_eq!((told.of_no_interest.unwrap().topic.as_str(), told.unknown), (kind, vec![]));
        }
        let told = read(&json!({ member: "Forwarded" })).unwrap();
        assert_eq!(told.unknown, [Unknown::new("notificationType", "Forwarded")]);
        assert_eq!(told.of_no_interest.unwrap().topic, "Forwarded");
    }
    for other in [json!({}), json!({ "Records": [{ "Sns": {} }] }), json!({ "notificationType": "Received" })]
    {
        assert!(read(&other).unwrap().of_no_interest.is_some(), "{other}");
    }
    let text = crate::changed("aws-sns-ses/received", json!({ "Message": "Hello" }));
    assert_eq!(read(&text).unwrap().of_no_interest.unwrap().topic, "Notification");
}

#[test]
fn a_fault_names_its_place() {
    let yesterday = with("/mail/timestamp", json!("yesterday"));
    let expected = "mail.timestamp: \"yesterday\" is not a moment such as 2026-11-23T05:08:27Z";
    assert_eq!(reason(read(&yesterday)), expected);
    let enveloped = crate::changed("aws-sns-ses/received", json!({ "Message": yesterday.to_string() }));
    assert_eq!(reason(read(&enveloped)), format!("Message.{expected}"));
    let direct = json!({ "Records": [{ "ses": yesterday }] });
    assert_eq!(reason(read(&direct)), format!("Records[0].ses.{expected}"));
}
