//! `WhatsApp` by way of AWS End User Messaging Social.

use rihla_channels::{Headers, Reading, Unreadable};
use serde_json::{Value, json};

use crate::{json, reason, sample};

fn read(body: &[u8]) -> Result<Reading, Unreadable> {
    crate::read("aws-eum-social", &Headers::default(), body)
}

/// What lies in the envelope, and what lies in that.
fn inner() -> (Value, Value) {
    let envelope: Value = serde_json::from_slice(&sample("aws-eum-social/message")).unwrap();
    let message: Value = serde_json::from_str(envelope["Message"].as_str().unwrap()).unwrap();
    let entry = serde_json::from_str(message["whatsAppWebhookEntry"].as_str().unwrap()).unwrap();
    (message, entry)
}

#[test]
fn an_entry_is_told_in_its_envelope_in_its_message_and_alone() {
    let (message, entry) = inner();
    let expected = json!([{ "timestamp": "2026-11-23T05:08:27Z", "type": "conversation.message", "data": {
        "conversation": "971501234567", "message": "wamid.E1",
        "customer": { "customer": "971501234567", "phone": "+971501234567" },
        "speaker": "customer", "channel": "whatsapp", "text": "Is it\nthere? 🍵",
    }}]);
    let bodies = [sample("aws-eum-social/message"), message.to_string().into(), entry.to_string().into()];
    for body in bodies {
        assert_eq!(json(&read(&body).unwrap().events), expected);
    }
}

#[test]
fn what_holds_no_entry_is_of_no_interest() {
    for message in [json!("Hello world!"), json!(""), json!("{}"), json!(r#"{"whatsAppWebhookEntry":null}"#)]
    {
        let body = crate::changed("aws-eum-social/message", json!({ "Message": message }));
        assert_eq!(read(body.to_string().as_bytes()).unwrap().of_no_interest.unwrap().topic, "Notification");
    }
    assert!(read(b"{}").unwrap().of_no_interest.is_some());
}

#[test]
fn a_fault_is_named_through_all_its_wrappings() {
    let (mut message, mut entry) = inner();
    entry["changes"][0]["value"]["messages"][0]["id"] = json!(null);
    message["whatsAppWebhookEntry"] = json!(entry.to_string());
    let body = crate::changed("aws-eum-social/message", json!({ "Message": message.to_string() }));
    let path = "changes[0].value.messages[0].id: expected an id: a whole number or a text of 1 to 255 bytes, got null";
    let fault = reason(read(body.to_string().as_bytes()));
    assert_eq!(fault, format!("Message.whatsAppWebhookEntry.{path}"));
    assert_eq!(reason(read(entry.to_string().as_bytes())), path);
    message["whatsAppWebhookEntry"] = json!("{\"changes\":");
    assert_eq!(reason(read(message.to_string().as_bytes())), "whatsAppWebhookEntry: it is no JSON");
    let body = crate::changed("aws-eum-social/message", json!({ "Message": "{" }));
    assert_eq!(reason(read(body.to_string().as_bytes())), "Message: it is no JSON");
}
