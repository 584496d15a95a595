//! Intercom's deliveries.

use rihla_channels::{
    Answer, Delivery, Greeting, Headers, Reading, Secret, Unreadable, Unverified, provider, sign,
};
use serde_json::{Value, json};

use crate::{instant, json, reason, sample};

const AMAL: &str = "690c0000a1b2c3d4e5f60001";

fn body(name: &str) -> Value {
    serde_json::from_slice(&sample(&format!("intercom/{name}"))).unwrap()
}

/// A sample with members of its item set.
fn with(name: &str, members: Value) -> Value {
    let mut body = body(name);
    body["data"]["item"].as_object_mut().unwrap().append(&mut crate::object(members));
    body
}

/// The reply with members of its part set.
fn with_part(members: Value) -> Value {
    let mut body = body("replied");
    let part = &mut body["data"]["item"]["conversation_parts"]["conversation_parts"][0];
    part.as_object_mut().unwrap().append(&mut crate::object(members));
    body
}

fn tell(body: &Value) -> Result<Reading, Unreadable> {
    crate::read("intercom", &Headers::default(), body.to_string().as_bytes())
}

fn events(body: &Value) -> Value {
    json(&tell(body).unwrap().events)
}

fn customer() -> Value {
    json!({ "customer": AMAL, "email": "amal@example.com" })
}

fn asked() -> Value {
    json!({ "timestamp": "2026-11-08T06:00:00Z", "type": "conversation.message", "data": {
        "conversation": "1886", "message": "269650473", "customer": customer(), "speaker": "customer",
        "channel": "chat", "text": "Where is my parcel?" } })
}

#[test]
fn a_new_conversation_is_its_first_message_and_a_state() {
    assert_eq!(
        events(&body("created")),
        json!([
            asked(),
            { "timestamp": "2026-11-08T06:00:01Z", "type": "conversation.changed", "data": {
                "conversation": "1886", "customer": customer(), "state": "open", "channel": "chat" } },
        ])
    );
}

#[test]
fn a_reply_comes_with_all_that_makes_up_for_what_was_missed() {
    assert_eq!(
        events(&body("replied")),
        json!([
            asked(),
            { "timestamp": "2026-11-08T06:30:00Z", "type": "conversation.message", "data": {
                "conversation": "1886", "message": "2202737122", "customer": customer(), "speaker": "staff",
                "channel": "chat", "text": "It leaves the customs office tomorrow & we will write." } },
            { "timestamp": "2026-11-08T06:30:00Z", "type": "conversation.changed", "data": {
                "conversation": "1886", "customer": customer(), "state": "open", "channel": "chat",
                "subject": "Parcel in customs" } },
        ])
    );
}

#[test]
fn every_state_is_one() {
    for (members, state) in [
        (json!({ "state": "open" }), "open"),
        (json!({ "state": "snoozed" }), "waiting"),
        (json!({ "state": "closed" }), "resolved"),
        (json!({ "state": null, "open": true }), "open"),
        (json!({ "state": null, "open": false }), "resolved"),
    ] {
        let reading = tell(&with("created", members.clone())).unwrap();
        assert_eq!(json(&reading.events)[1]["data"]["state"], state, "{members}");
        assert_eq!(reading.unknown, [], "{members}");
    }
    let reading = tell(&with("created", json!({ "state": "paused" }))).unwrap();
    assert_eq!(json(&reading.events)[1]["data"]["state"], "unknown");
    assert_eq!((reading.unknown[0].field, &*reading.unknown[0].value), ("state", "paused"));
    let silent = events(&with("created", json!({ "state": null, "open": null })));
    assert_eq!(silent, json!([asked()]));
}

#[test]
fn every_author_is_a_speaker() {
    for (kind, speaker) in [
        ("user", "customer"),
        ("lead", "customer"),
        ("contact", "customer"),
        ("admin", "staff"),
        ("team", "staff"),
        ("bot", "program"),
        ("operator", "program"),
    ] {
        let events = events(&with_part(json!({ "author": { "type": kind, "id": AMAL } })));
        assert_eq!(events[1]["data"]["speaker"], speaker, "{kind}");
    }
    for (author, value) in [(json!({ "type": "oracle", "id": "1" }), "oracle"), (json!(null), "none")] {
        let reading = tell(&with_part(json!({ "author": author }))).unwrap();
        assert_eq!((reading.unknown[0].field, &*reading.unknown[0].value), ("author.type", value));
        assert_eq!(reading.events.len(), 2);
    }
}

#[test]
fn a_campaign_is_a_program_whoever_signs_it() {
    let mut body = body("created");
    let source = &mut body["data"]["item"]["source"];
    source["author"] = json!({ "type": "admin", "id": "814860", "email": "nora@dallah.example" });
    for (way, speaker) in
        [("automated", "program"), ("campaigns_initiated", "program"), ("admin_initiated", "staff")]
    {
        body["data"]["item"]["source"]["delivered_as"] = json!(way);
        let events = events(&body);
        assert_eq!(events[0]["data"]["speaker"], speaker, "{way}");
        // The address of who signs is not the customer's.
        assert_eq!(events[0]["data"]["customer"], json!({ "customer": AMAL }), "{way}");
    }
}

#[test]
fn only_what_the_customer_can_read_is_a_message() {
    for (members, is_message) in [
        (json!({ "part_type": "comment" }), true),
        (json!({ "part_type": "quick_reply" }), true),
        (json!({ "part_type": "close" }), true),
        (json!({ "part_type": "open" }), true),
        (json!({ "part_type": "close", "body": null }), false),
        (json!({ "part_type": "comment", "body": "" }), false),
        (json!({ "part_type": "comment", "body": null, "attachments": [{ "type": "upload" }] }), true),
        (json!({ "part_type": "note" }), false),
        (json!({ "part_type": "note_and_reopen" }), false),
        (json!({ "part_type": "assignment" }), false),
        (json!({ "part_type": "snoozed" }), false),
        (json!({ "part_type": "something_new" }), false),
    ] {
        assert_eq!(
            events(&with_part(members.clone())).as_array().unwrap().len() == 3,
            is_message,
            "{members}"
        );
    }
    let picture = events(&with_part(json!({ "body": "<div><img src=\"https://example.com/a.png\"></div>" })));
    assert_eq!(picture[1]["data"]["text"], json!(null));
}

#[test]
fn every_way_of_a_conversation_is_a_channel() {
    for (kind, channel) in [
        ("conversation", "chat"),
        ("push", "chat"),
        ("email", "email"),
        ("facebook", "messenger"),
        ("instagram", "social"),
        ("twitter", "social"),
        ("whatsapp", "whatsapp"),
        ("sms", "sms"),
        ("phone_call", "phone"),
        ("phone_switch", "phone"),
    ] {
        let mut body = body("created");
        body["data"]["item"]["source"]["type"] = json!(kind);
        assert_eq!(events(&body)[0]["data"]["channel"], channel, "{kind}");
    }
    let mut body = body("created");
    body["data"]["item"]["source"]["type"] = json!("hologram");
    let reading = tell(&body).unwrap();
    assert_eq!(json(&reading.events)[0]["data"]["channel"], json!(null));
    assert_eq!((reading.unknown[0].field, &*reading.unknown[0].value), ("source.type", "hologram"));
}

#[test]
fn a_customer_is_named_in_a_list_of_either_form_or_by_the_first_message() {
    for contacts in
        [json!([{ "type": "lead", "id": AMAL }]), json!({ "contacts": [{ "id": AMAL }] }), json!(null)]
    {
        let events = events(&with("created", json!({ "contacts": contacts })));
        assert_eq!(events[0]["data"]["customer"], customer(), "{contacts}");
    }
    let other = events(&with("created", json!({ "contacts": [{ "id": "other" }] })));
    assert_eq!(other[0]["data"]["customer"], json!({ "customer": "other" }));
    let nobody = tell(&with("created", json!({ "contacts": [], "source": null }))).unwrap();
    assert_eq!(nobody.of_no_interest.unwrap().why, "it does not say who the customer is");
}

#[test]
fn a_contact_is_a_profile_of_its_own_time() {
    let profile = json!([{ "timestamp": "2026-11-08T06:00:00.5Z", "type": "profile.changed", "data": {
        "customer": AMAL, "email": "amal@example.com", "phone": "+971501234567", "first_name": "Amal",
        "last_name": "Haddad", "locale": "ar-AE", "place": { "country": "AE", "city": "Dubai" } } }]);
    assert_eq!(events(&body("contact")), profile);
    assert_eq!(events(&body("attached")), profile);
    let bare = events(&with(
        "contact",
        json!({
            "email": "", "phone": "050 123", "name": null, "location": null, "browser_language": 7, "updated_at": null
        }),
    ));
    assert_eq!(
        bare,
        json!([{ "timestamp": "2026-11-08T06:00:02Z", "type": "profile.changed", "data": { "customer": AMAL } }])
    );
}

fn words(body: &Value) -> Vec<(String, String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or("email").to_owned();
    let events = events(body);
    let words = events.as_array().unwrap().iter().map(|event| &event["data"]);
    words.map(|word| (text(&word["purpose"]), text(&word["state"]), text(&word["channel"]))).collect()
}

#[test]
fn a_no_is_a_no_to_all_and_a_yes_to_marketing_alone() {
    let both = |state: &str, purposes: &[&str], channel: &str| {
        let word = |purpose: &&str| ((*purpose).to_owned(), state.to_owned(), channel.to_owned());
        purposes.iter().map(word).collect::<Vec<_>>()
    };
    let no = body("unsubscribed");
    assert_eq!(words(&no), both("withdrawn", &["marketing", "newsletter"], "email"));
    assert_eq!(
        events(&no)[0],
        json!({ "timestamp": "2026-11-08T06:01:00Z", "type": "consent.changed", "data": {
            "person": { "customer": AMAL, "email": "amal@example.com", "phone": "+971501234567" },
            "purpose": "marketing", "state": "withdrawn" } })
    );
    let mut yes = body("unsubscribed");
    yes["topic"] = json!("contact.subscribed");
    // Who takes no e-mails at all has not agreed by taking one kind of them.
    assert!(tell(&yes).unwrap().of_no_interest.is_some());
    yes["data"]["item"]["contact"]["unsubscribed_from_emails"] = json!(false);
    assert_eq!(words(&yes), both("granted", &["marketing"], "email"));
    assert_eq!(events(&yes)[0]["data"]["wording"], "subscribed at Intercom");
    let types = |content: Value| json!({ "subscription_types": { "data": [{ "id": "1", "content_types": content }] } });
    let sms = with("unsubscribed", types(json!(["sms_message"])));
    assert_eq!(words(&sms), both("withdrawn", &["marketing", "newsletter"], "sms"));
    let both_ways = with("unsubscribed", types(json!(["sms_message", "email"])));
    assert_eq!(words(&both_ways).len(), 4);
    let new_way = with("unsubscribed", types(json!(["telepathy"])));
    assert_eq!(words(&new_way), both("withdrawn", &["marketing", "newsletter"], "email"));
}

#[test]
fn a_deleted_contact_is_to_be_forgotten() {
    assert_eq!(
        events(&body("deleted")),
        json!([{ "timestamp": "2026-11-08T06:01:30Z", "type": "privacy.requested", "data": {
            "request": "erase", "person": { "customer": AMAL },
            "id": "notif_00000000-0000-4000-8000-000000000006", "orders": [] } }])
    );
}

#[test]
fn what_is_not_read_is_of_no_interest_whatever_it_holds() {
    for topic in ["conversation.deleted", "contact.archived", "ping", "visitor.signed_up", "ticket.created"] {
        let body = json!({ "topic": topic, "id": null, "data": { "item": [7] } });
        assert_eq!(tell(&body).unwrap().of_no_interest.unwrap().topic, topic);
    }
}

#[test]
fn a_fault_names_its_place() {
    for (body, expected) in [
        (json!({}), "the body: missing field `topic`"),
        (json!({ "topic": "contact.deleted", "created_at": 1 }), "data.item: missing"),
        (
            with("deleted", json!({ "id": null })),
            "data.item.id: expected an id: a whole number or a text of 1 to 255 bytes, got null",
        ),
        (
            with("created", json!({ "updated_at": 1_794_117_601_000_u64 })),
            "data.item.updated_at: expected a moment: seconds since 1970, or text such as 2026-11-23T05:08:27Z, got integer",
        ),
        (
            with("unsubscribed", json!({ "contact": 7 })),
            "data.item.contact: expected struct Contact, got integer",
        ),
    ] {
        assert!(reason(tell(&body)).starts_with(expected), "{}", reason(tell(&body)));
    }
}

fn greet(method: &str, body: &str) -> Option<Answer> {
    let headers = Headers::default();
    let greeting =
        Greeting { method, query: "", headers: &headers, body: body.as_bytes(), url: None, token: None };
    (provider("intercom").unwrap().greet)(&greeting)
}

#[test]
fn a_probe_and_a_ping_are_welcome_and_nothing_else_is_a_greeting() {
    let ping =
        r#"{"type": "notification_event", "topic": "ping", "id": null, "data": {"item": {"type": "ping"}}}"#;
    assert_eq!(greet("HEAD", ""), Some(Answer::Welcome));
    assert_eq!(greet("POST", ping), Some(Answer::Welcome));
    for (method, body) in [
        ("POST", String::from_utf8(sample("intercom/created")).unwrap()),
        ("POST", String::new()),
        ("POST", format!("{ping}{}", " ".repeat(4096))),
        ("GET", ping.to_owned()),
    ] {
        assert_eq!(greet(method, &body), None, "{method} {body}");
    }
}

#[test]
fn either_of_two_secrets_will_do_and_only_as_it_is_spelt() {
    let verify = |headers: &Headers, secrets: &[&str]| {
        let secrets: Vec<Secret> = secrets.iter().map(Secret::new).collect();
        let now = instant("2026-11-08T06:00:00Z");
        (provider("intercom").unwrap().verify)(&Delivery::new(headers, b"{}"), &secrets, now)
    };
    let mut headers = sign::intercom(&Secret::new("old"), b"{}").unwrap();
    assert_eq!(verify(&headers, &["new", "old"]), Ok(()));
    assert_eq!(verify(&headers, &["new"]), Err(Unverified::WrongSignature));
    assert_eq!(verify(&headers, &[""]), Err(Unverified::NoSecret));
    assert_eq!(verify(&Headers::default(), &["old"]), Err(Unverified::MissingHeader("x-hub-signature")));
    let capitals = headers.get("x-hub-signature").unwrap().to_uppercase();
    headers.set("x-hub-signature", capitals);
    assert_eq!(verify(&headers, &["old"]), Err(Unverified::WrongSignature));
}
