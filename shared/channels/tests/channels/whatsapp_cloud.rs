//! What WhatsApp tells, of many customers at once.

use rihla_channels::{Headers, Reading, Unknown, Unreadable, provider};
use serde_json::{Value, json};

use crate::{json, reason, sample};

fn read(body: &Value) -> Result<Reading, Unreadable> {
    crate::read("whatsapp-cloud", &Headers::default(), body.to_string().as_bytes())
}

fn body(field: &str, value: &Value) -> Value {
    let change = json!({ "field": field, "value": value });
    json!({ "object": "whatsapp_business_account", "entry": [{ "id": "1", "changes": [change] }] })
}

/// A message of Amal's, with some members set.
fn message(members: Value) -> Value {
    let mut message = json!({ "from": "971501234567", "id": "wamid.1", "timestamp": "1795410507" });
    message.as_object_mut().unwrap().append(&mut crate::object(members));
    body("messages", &json!({ "messages": [message] }))
}

fn amal() -> Value {
    json!({ "customer": "971501234567", "phone": "+971501234567" })
}

fn karim() -> Value {
    json!({ "customer": "AE.4400129", "phone": "+971509876543" })
}

fn passed(at: &str, customer: &Value, message: &str, speaker: &str, text: &str) -> Value {
    let data = json!({
        "conversation": customer["customer"], "message": message, "customer": customer,
        "speaker": speaker, "channel": "whatsapp", "text": text,
    });
    json!({ "timestamp": at, "type": "conversation.message", "data": data })
}

fn withdrawn(at: &str, person: &Value, purpose: &str, wording: &str) -> Value {
    let data = json!({
        "person": person, "purpose": purpose, "state": "withdrawn", "channel": "whatsapp", "wording": wording,
    });
    json!({ "timestamp": at, "type": "consent.changed", "data": data })
}

#[test]
fn every_message_of_every_change_of_every_entry_is_told() {
    let delivery = sample("whatsapp-cloud/messages");
    let reading = crate::read("whatsapp-cloud", &Headers::default(), &delivery).unwrap();
    let lina = json!({ "customer": "DE.77120" });
    let stopped = json!({ "customer": "DE.77120", "phone": "+4915112345678" });
    let failed = "marketing messages, stopped in WhatsApp";
    let set = "marketing messages, set in WhatsApp";
    let expected = [
        passed("2026-11-23T05:08:27Z", &amal(), "wamid.A1", "customer", "Is the copper pot in stock? 🍵"),
        passed("2026-11-23T05:08:29Z", &karim(), "wamid.A2", "customer", "It came broken"),
        passed("2026-11-23T05:08:31Z", &lina, "wamid.A3", "customer", "Yes, please"),
        withdrawn("2026-11-23T05:08:32Z", &stopped, "marketing", failed),
        withdrawn("2026-11-23T05:08:32Z", &stopped, "newsletter", failed),
        passed("2026-11-23T05:10:00Z", &amal(), "wamid.S1", "staff", "Yes, three of them"),
        withdrawn("2026-11-23T05:11:40Z", &amal(), "marketing", set),
        withdrawn("2026-11-23T05:11:40Z", &amal(), "newsletter", set),
    ];
    assert_eq!(json(&reading.events), json!(expected));
    assert_eq!(reading.unknown, []);
}

/// What every kind of message says: words, something without words, or (`null`) nothing.
#[test]
fn every_kind_of_message() {
    let words = |text: &str| json!([text]);
    for (content, said) in [
        (json!({ "type": "text", "text": { "body": " Hello " } }), words("Hello")),
        (json!({ "type": "button", "button": { "payload": "p", "text": "Yes" } }), words("Yes")),
        (json!({ "type": "interactive", "interactive": { "list_reply": { "title": "Tea" } } }), words("Tea")),
        (json!({ "type": "interactive", "interactive": { "nfm_reply": { "body": "Sent" } } }), words("Sent")),
        (json!({ "type": "interactive", "interactive": { "new_reply": {} } }), json!([null])),
        (json!({ "type": "image", "image": { "id": "1" } }), json!([null])),
        (json!({ "type": "video", "video": { "caption": "See" } }), words("See")),
        (json!({ "type": "document", "document": { "caption": "Bill" } }), words("Bill")),
        (
            json!({ "type": "order", "order": { "text": "For Friday", "product_items": [] } }),
            words("For Friday"),
        ),
        (json!({ "type": "order", "order": { "text": "" } }), json!([null])),
        (json!({ "type": "reaction", "reaction": { "emoji": "👍" } }), words("👍")),
        (json!({ "type": "reaction", "reaction": { "message_id": "wamid.0" } }), json!(null)),
        (
            json!({ "type": "edit", "edit": { "message": { "type": "text", "text": { "body": "Better" } } } }),
            words("Better"),
        ),
        (json!({ "type": "audio", "audio": {} }), json!([null])),
        (json!({ "type": "sticker" }), json!([null])),
        (json!({ "type": "location", "location": {} }), json!([null])),
        (json!({ "type": "contacts", "contacts": [] }), json!([null])),
        (json!({ "type": "unsupported", "errors": [] }), json!([null])),
        (json!({ "type": "system", "system": { "body": "changed" } }), json!(null)),
        (json!({ "type": "revoke", "revoke": {} }), json!(null)),
        (json!({ "type": "request_welcome" }), json!(null)),
    ] {
        let reading = read(&message(content.clone())).unwrap();
        assert_eq!(reading.unknown, [], "{content}");
        assert_eq!(reading.of_no_interest.is_some(), said.is_null(), "{content}");
        let texts: Vec<Value> = json(&reading.events)
            .as_array()
            .unwrap()
            .iter()
            .map(|event| event["data"]["text"].clone())
            .collect();
        assert_eq!(json!(texts), if said.is_null() { json!([]) } else { said }, "{content}");
    }
}

#[test]
fn a_kind_of_tomorrow_is_a_message_without_words() {
    let reading = read(&message(json!({ "type": "hologram", "hologram": { "id": "1" } }))).unwrap();
    assert_eq!(reading.unknown, [Unknown::new("messages.type", "hologram")]);
    assert_eq!(json(&reading.events)[0]["data"]["text"], json!(null));
    assert_eq!(reading.events.len(), 1);
}

#[test]
fn a_long_message_is_cut() {
    let long = "x".repeat(3_000);
    let reading = read(&message(json!({ "type": "text", "text": { "body": long } }))).unwrap();
    assert_eq!(json(&reading.events)[0]["data"]["text"].as_str().unwrap().len(), 2_000);
}

/// The person behind the ways in which a message and the contacts beside it name one.
#[test]
fn a_customer_is_known_by_the_id_that_outlives_the_number() {
    let contact = |members: Value| json!([members]);
    for (names, contacts, expected) in [
        (json!({ "from": "971501234567" }), json!([]), amal()),
        (json!({ "from": "971501234567" }), contact(json!({ "wa_id": "971501234567" })), amal()),
        (json!({ "from": "AE.1" }), json!([]), json!({ "customer": "AE.1" })),
        (json!({ "from_user_id": "AE.1" }), json!([]), json!({ "customer": "AE.1" })),
        (
            json!({ "from": "971501234567", "from_user_id": "AE.1" }),
            json!([]),
            json!({ "customer": "AE.1", "phone": "+971501234567" }),
        ),
        (
            json!({ "from": "971501234567" }),
            contact(json!({ "wa_id": "971501234567", "user_id": "AE.1" })),
            json!({ "customer": "AE.1", "phone": "+971501234567" }),
        ),
        // Mexico's numbers have a 1 after the country in `from` and not in `wa_id`, or the other way round.
        (
            json!({ "from": "5215512345678" }),
            contact(json!({ "wa_id": "525512345678" })),
            json!({ "customer": "525512345678", "phone": "+525512345678" }),
        ),
        (
            json!({ "from": "5215512345678" }),
            json!([{ "wa_id": "525512345678" }, { "wa_id": "971501234567" }]),
            json!({ "customer": "5215512345678", "phone": "+5215512345678" }),
        ),
        (
            json!({ "from": "AE.1" }),
            contact(json!({ "wa_id": "", "user_id": "AE.1" })),
            json!({ "customer": "AE.1" }),
        ),
    ] {
        let mut said = json!({ "id": "wamid.1", "timestamp": "1795410507", "type": "sticker" });
        said.as_object_mut().unwrap().append(&mut crate::object(names));
        let reading = read(&body("messages", &json!({ "contacts": contacts, "messages": [said] }))).unwrap();
        assert_eq!(json(&reading.events)[0]["data"]["customer"], expected, "{contacts} {said}");
    }
}

#[test]
fn a_yes_in_whatsapp_is_no_yes_to_the_newsletter() {
    let preference = json!({
        "wa_id": "971501234567", "category": "marketing_messages", "value": "resume", "timestamp": 1_795_410_507,
    });
    let told = read(&body("user_preferences", &json!({ "user_preferences": [preference] }))).unwrap();
    let expected = json!([{ "timestamp": "2026-11-23T05:08:27Z", "type": "consent.changed", "data": {
        "person": amal(), "purpose": "marketing", "state": "granted", "channel": "whatsapp",
        "wording": "marketing messages, set in WhatsApp",
    }}]);
    assert_eq!(json(&told.events), expected);
}

#[test]
fn preferences_and_states_of_tomorrow_are_counted() {
    for (name, value, unknown) in [
        ("category", "surveys", Unknown::new("user_preferences.category", "surveys")),
        ("value", "pause", Unknown::new("user_preferences.value", "pause")),
    ] {
        let mut preference = json!({
            "wa_id": "971501234567", "category": "marketing_messages", "value": "stop", "timestamp": 1,
        });
        preference[name] = json!(value);
        let told = read(&body("user_preferences", &json!({ "user_preferences": [preference] }))).unwrap();
        assert_eq!((told.events, told.unknown), (vec![], vec![unknown]));
    }
    let status = json!({ "id": "1", "status": "echoed", "timestamp": "1795410507", "recipient_id": "1" });
    let told = read(&body("messages", &json!({ "statuses": [status] }))).unwrap();
    assert_eq!((told.events, told.unknown), (vec![], vec![Unknown::new("statuses.status", "echoed")]));
}

#[test]
fn what_became_of_a_message_of_the_shop_is_no_message() {
    for (status, errors, consents) in [
        ("sent", json!(null), 0),
        ("delivered", json!([]), 0),
        ("read", json!(null), 0),
        ("played", json!(null), 0),
        ("failed", json!([{ "code": 131_026 }]), 0),
        ("failed", json!([{ "code": 131_050 }]), 2),
    ] {
        let status = json!({
            "id": "1", "status": status, "timestamp": "1795410507", "recipient_id": "971501234567", "errors": errors,
        });
        let told = read(&body("messages", &json!({ "statuses": [status] }))).unwrap();
        assert_eq!(told.events.len(), consents, "{status}");
        assert_eq!(told.unknown, []);
        let mut in_a_group = status;
        in_a_group["recipient_type"] = json!("group");
        assert_eq!(read(&body("messages", &json!({ "statuses": [in_a_group] }))).unwrap().events, []);
    }
}

#[test]
fn other_fields_and_products_are_of_no_interest_whatever_they_hold() {
    for field in ["account_update", "message_template_status_update", "history", "calls", "pots"] {
        for value in [json!({ "event": "APPROVED" }), json!(null), json!([1]), json!("x")] {
            let of_no_interest = read(&body(field, &value)).unwrap().of_no_interest.unwrap();
            assert_eq!(of_no_interest.topic, field);
        }
    }
    let page = json!({ "object": "page", "entry": [] });
    assert_eq!(read(&page).unwrap().of_no_interest.unwrap().topic, "page");
    assert!(
        read(&json!({ "object": "whatsapp_business_account", "entry": [] }))
            .unwrap()
            .of_no_interest
            .is_some()
    );
}

#[test]
fn a_fault_names_its_place() {
    let fault = |members: Value| reason(read(&message(members)));
    let at = "entry[0].changes[0].value.messages[0]";
    assert_eq!(fault(json!({ "type": "text", "from": null })), format!("{at}.from: missing"));
    assert_eq!(fault(json!({})), format!("{at}: missing field `type`"));
    let soon = fault(json!({ "type": "text", "timestamp": "soon" }));
    assert_eq!(soon, format!("{at}.timestamp: expected seconds or milliseconds since 1970, got string"));
    let number = fault(json!({ "type": "text", "text": { "body": 7 } }));
    assert_eq!(number, format!("{at}.text.body: expected text, got integer"));
}

#[test]
fn its_events_are_those_of_its_topics() {
    let topics = provider("whatsapp-cloud").unwrap().topics;
    let tells: Vec<&str> = topics.iter().flat_map(|topic| topic.tells.iter().copied()).collect();
    let delivery = sample("whatsapp-cloud/messages");
    let reading = crate::read("whatsapp-cloud", &Headers::default(), &delivery).unwrap();
    for event in json(&reading.events).as_array().unwrap() {
        assert!(tells.contains(&event["type"].as_str().unwrap()), "{event}");
    }
}
