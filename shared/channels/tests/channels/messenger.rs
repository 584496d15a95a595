//! What Messenger and Instagram tell.

use rihla_channels::{Headers, Reading, Unknown, Unreadable};
use serde_json::{Value, json};

use crate::{json, reason, sample};

fn read(body: &Value) -> Result<Reading, Unreadable> {
    crate::read("messenger", &Headers::default(), body.to_string().as_bytes())
}

/// What happened in a conversation with the customer 7 of the page 1.
fn item(members: Value) -> Value {
    let mut item =
        json!({ "sender": { "id": "7" }, "recipient": { "id": "1" }, "timestamp": 1_795_410_507_000_i64 });
    item.as_object_mut().unwrap().append(&mut crate::object(members));
    item
}

fn body(object: &str, item: &Value) -> Value {
    json!({ "object": object, "entry": [{ "id": "1", "time": 1, "messaging": [item] }] })
}

fn tell(members: Value) -> Reading {
    read(&body("page", &item(members))).unwrap()
}

fn passed(at: &str, customer: &str, message: &str, speaker: &str, text: &str) -> Value {
    json!({ "timestamp": at, "type": "conversation.message", "data": {
        "conversation": customer, "message": message, "customer": { "customer": customer },
        "speaker": speaker, "channel": "messenger", "text": text,
    }})
}

fn consent(at: &str, customer: &str, channel: &str, state: &str, purpose: &str) -> Value {
    json!({ "timestamp": at, "type": "consent.changed", "data": {
        "person": { "customer": customer }, "purpose": purpose, "state": state, "channel": channel,
        "wording": "marketing messages, asked for in the conversation",
    }})
}

#[test]
fn everything_in_every_entry_is_told_with_who_spoke() {
    let reading = crate::read("messenger", &Headers::default(), &sample("messenger/messages")).unwrap();
    let expected = [
        passed("2026-11-23T05:08:27.25Z", "55120", "m_A1", "customer", "Do you ship to Cairo?"),
        passed("2026-11-23T05:08:29Z", "55120", "m_A2", "staff", "We do"),
        passed("2026-11-23T05:08:35Z", "55120", "m_A3", "customer", "Track my order"),
        consent("2026-11-23T05:08:36Z", "55120", "messenger", "withdrawn", "marketing"),
        consent("2026-11-23T05:08:36Z", "55120", "messenger", "withdrawn", "newsletter"),
        passed("2026-11-23T05:08:37Z", "55121", "m_B1", "program", "How can I help?"),
    ];
    assert_eq!(json(&reading.events), json!(expected));
}

#[test]
fn instagram_is_a_channel_of_its_own() {
    let message = item(json!({ "message": { "mid": "m_1", "text": "Salam" } }));
    let events = read(&body("instagram", &message)).unwrap().events;
    assert_eq!(json(&events)[0]["data"]["channel"], "social");
    let optin = item(json!({ "optin": { "type": "notification_messages" } }));
    let events = read(&body("instagram", &optin)).unwrap().events;
    assert_eq!(
        json(&events),
        json!([consent("2026-11-23T05:08:27Z", "7", "social", "granted", "marketing")])
    );
}

#[test]
fn who_spoke() {
    for (message, speaker, customer) in [
        (json!({ "mid": "m" }), "customer", "7"),
        (json!({ "mid": "m", "is_echo": false, "app_id": 5 }), "customer", "7"),
        (json!({ "mid": "m", "is_echo": true }), "staff", "1"),
        (json!({ "mid": "m", "is_echo": true, "app_id": "263902037430900" }), "staff", "1"),
        (json!({ "mid": "m", "is_echo": true, "app_id": 5 }), "program", "1"),
    ] {
        let events = json(&tell(json!({ "message": message })).events);
        let data = &events[0]["data"];
        assert_eq!(
            (&data["speaker"], &data["conversation"]),
            (&json!(speaker), &json!(customer)),
            "{message}"
        );
        assert_eq!(data["text"], json!(null));
    }
}

#[test]
fn a_postback_without_an_id_is_known_by_who_and_when() {
    let once = tell(json!({ "postback": { "title": "Returns", "payload": "R" } })).events;
    assert_eq!(json(&once)[0]["data"]["message"], "1795410507000:7");
    assert_eq!(json(&once)[0]["data"]["text"], "Returns");
    assert_eq!(once, tell(json!({ "postback": { "title": "Returns", "payload": "R" } })).events);
}

#[test]
fn words_on_marketing_messages() {
    let purposes = |status: Value| {
        let optin = json!({ "type": "notification_messages", "notification_messages_status": status });
        let told = json(&tell(json!({ "optin": optin })).events);
        let told = told.as_array().unwrap().iter();
        told.map(|event| format!("{} {}", event["data"]["state"], event["data"]["purpose"]))
            .collect::<Vec<_>>()
    };
    let withdrawn = [r#""withdrawn" "marketing""#, r#""withdrawn" "newsletter""#];
    assert_eq!(purposes(json!("STOP NOTIFICATIONS")), withdrawn);
    assert_eq!(purposes(json!("STOP_NOTIFICATIONS")), withdrawn);
    assert_eq!(purposes(json!("RESUME NOTIFICATIONS")), [r#""granted" "marketing""#]);
    assert_eq!(purposes(json!(null)), [r#""granted" "marketing""#]);
    let paused = json!({ "type": "notification_messages", "notification_messages_status": "PAUSED" });
    let told = tell(json!({ "optin": paused }));
    assert_eq!(told.unknown, [Unknown::new("optin.notification_messages_status", "PAUSED")]);
    assert_eq!(told.of_no_interest.unwrap().topic, "messaging_optins");
}

#[test]
fn what_nobody_said_is_of_no_interest() {
    for (members, topic) in [
        (json!({ "delivery": { "mids": ["m"], "watermark": 1 } }), "message_deliveries"),
        (json!({ "read": { "watermark": 1 } }), "message_reads"),
        (json!({ "reaction": { "mid": "m", "action": "react" } }), "message_reactions"),
        (json!({ "message_edit": { "mid": "m", "text": "x" } }), "message_edits"),
        (json!({ "message": { "mid": "m", "is_deleted": true } }), "messages"),
        (json!({ "optin": { "ref": "x" } }), "messaging_optins"),
        (json!({ "referral": { "ref": "x" } }), "messaging_referrals"),
        (json!({ "account_linking": {} }), "messaging_account_linking"),
        (json!({ "policy-enforcement": {} }), "messaging_policy_enforcement"),
        (json!({ "pass_thread_control": {} }), "messaging"),
        (json!({ "message": null }), "messaging"),
    ] {
        let told = tell(members);
        assert_eq!((told.events, told.of_no_interest.unwrap().topic.as_str()), (vec![], topic));
    }
    let comments = json!({ "object": "page", "entry": [{ "id": "1", "changes": [{ "field": "feed" }] }] });
    assert_eq!(read(&comments).unwrap().of_no_interest.unwrap().topic, "changes");
    let other = json!({ "object": "whatsapp_business_account", "entry": [{ "changes": [] }] });
    assert_eq!(read(&other).unwrap().of_no_interest.unwrap().topic, "whatsapp_business_account");
    let empty = json!({ "object": "page", "entry": [] });
    assert!(read(&empty).unwrap().of_no_interest.is_some());
}

#[test]
fn what_happened_may_stand_alone() {
    let events = read(&item(json!({ "message": { "mid": "m_1", "text": "Salam" } }))).unwrap().events;
    assert_eq!(json(&events), json!([passed("2026-11-23T05:08:27Z", "7", "m_1", "customer", "Salam")]));
}

#[test]
fn a_fault_names_its_place() {
    let fault = |members: Value| reason(read(&body("page", &item(members))));
    let at = "entry[0].messaging[0]";
    let message = json!({ "mid": "m" });
    assert_eq!(fault(json!({ "message": { "text": "x" } })), format!("{at}.message: missing field `mid`"));
    assert_eq!(fault(json!({ "message": message, "sender": null })), format!("{at}.sender: missing"));
    assert_eq!(fault(json!({ "message": message, "timestamp": null })), format!("{at}.timestamp: missing"));
    assert_eq!(reason(read(&json!({ "object": "page" }))), "entry: missing");
}
