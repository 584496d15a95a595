//! Chatwoot's deliveries.

use rihla_channels::{Delivery, Headers, Reading, Secret, Unreadable, Unverified, provider, sign};
use rihla_core::instant::Wait;
use serde_json::{Value, json};

use crate::{instant, json, reason, sample};

const NOW: &str = "2026-11-08T06:00:01Z";

fn body(name: &str) -> Value {
    serde_json::from_slice(&sample(&format!("chatwoot/{name}"))).unwrap()
}

/// A sample with members set.
fn with(name: &str, members: Value) -> Value {
    crate::changed(&format!("chatwoot/{name}"), members)
}

/// An incoming message with members of its conversation set.
fn with_conversation(members: Value) -> Value {
    let mut body = body("incoming");
    body["conversation"].as_object_mut().unwrap().append(&mut crate::object(members));
    body
}

fn tell(body: &Value) -> Result<Reading, Unreadable> {
    crate::read("chatwoot", &Headers::default(), body.to_string().as_bytes())
}

fn events(body: &Value) -> Value {
    json(&tell(body).unwrap().events)
}

fn why_none(body: &Value) -> &'static str {
    tell(body).unwrap().of_no_interest.unwrap().why
}

fn customer() -> Value {
    json!({ "customer": "52870", "email": "amal@example.com", "phone": "+971501234567",
        "first_name": "Amal", "last_name": "Haddad", "locale": "ar" })
}

#[test]
fn an_incoming_message_is_the_customers() {
    assert_eq!(
        events(&body("incoming")),
        json!([{ "timestamp": "2026-11-08T06:00:00.262Z", "type": "conversation.message", "data": {
            "conversation": "207", "message": "77287", "customer": customer(), "speaker": "customer",
            "channel": "chat", "text": "Where is my parcel?" } }])
    );
}

#[test]
fn an_outgoing_message_is_the_staffs_with_the_customer_of_the_conversation() {
    assert_eq!(
        events(&body("outgoing")),
        json!([{ "timestamp": "2026-11-08T06:30:00Z", "type": "conversation.message", "data": {
            "conversation": "207", "message": "77288", "customer": customer(), "speaker": "staff",
            "channel": "chat", "text": "In customs, it leaves tomorrow." } }])
    );
}

#[test]
fn every_kind_of_message_has_a_speaker_or_is_none() {
    for (kind, speaker) in [
        (json!("incoming"), "customer"),
        (json!(0), "customer"),
        (json!("outgoing"), "staff"),
        (json!(1), "staff"),
        (json!("template"), "program"),
        (json!(3), "program"),
    ] {
        let events = events(&with("outgoing", json!({ "message_type": kind })));
        assert_eq!(events[0]["data"]["speaker"], speaker, "{kind}");
    }
    for bot in ["agent_bot", "captain_assistant"] {
        let events = events(&with("outgoing", json!({ "sender": { "id": 1, "type": bot } })));
        assert_eq!(events[0]["data"]["speaker"], "program");
    }
    for kind in [json!("activity"), json!(2)] {
        assert_eq!(
            why_none(&with("incoming", json!({ "message_type": kind }))),
            "what somebody did at the desk"
        );
    }
    let reading = tell(&with("incoming", json!({ "message_type": "whisper" }))).unwrap();
    assert_eq!((reading.unknown[0].field, &*reading.unknown[0].value), ("message_type", "whisper"));
    assert!(reading.of_no_interest.is_some());
}

#[test]
fn what_the_customer_cannot_read_is_no_message() {
    assert_eq!(
        why_none(&with("outgoing", json!({ "private": true }))),
        "a note that only the staff can read"
    );
    let taken_back = "a message without text or attachment, or one taken back";
    assert_eq!(why_none(&with("outgoing", json!({ "content_attributes": { "deleted": true } }))), taken_back);
    assert_eq!(why_none(&with("incoming", json!({ "content": null }))), taken_back);
    let picture =
        events(&with("incoming", json!({ "content": null, "attachments": [{ "file_type": "image" }] })));
    assert_eq!(picture[0]["data"]["text"], json!(null));
}

#[test]
fn the_customer_is_the_conversations_contact_or_named_beside_it_or_who_wrote() {
    let bare = json!({ "meta": null });
    let sender = json!({ "id": 1, "email": "one@example.com" });
    let mut body = with_conversation(bare);
    body["sender"] = sender;
    assert_eq!(events(&body)[0]["data"]["customer"]["customer"], "1");
    body["contact"] = json!({ "id": "2", "name": "Amal" });
    assert_eq!(
        events(&body)[0]["data"]["customer"],
        json!({ "customer": "2", "first_name": "Amal", "locale": "ar" })
    );
    body["contact"] = json!(null);
    body["sender"]["type"] = json!("user");
    assert_eq!(why_none(&body), "it does not say who the customer is");
    body["sender"]["type"] = json!("contact");
    body["message_type"] = json!("outgoing");
    assert_eq!(why_none(&body), "it does not say who the customer is");
}

#[test]
fn every_inbox_is_a_channel_or_names_none() {
    for (class, channel) in [
        ("Channel::WebWidget", json!("chat")),
        ("Channel::Email", json!("email")),
        ("Channel::FacebookPage", json!("messenger")),
        ("Channel::Whatsapp", json!("whatsapp")),
        ("Channel::TwilioSms", json!("sms")),
        ("Channel::Sms", json!("sms")),
        ("Channel::Voice", json!("phone")),
        ("Channel::Instagram", json!("social")),
        ("Channel::Telegram", json!("social")),
        ("Channel::Line", json!("social")),
        ("Channel::TwitterProfile", json!("social")),
        ("Channel::Tiktok", json!("social")),
        ("Channel::Api", json!(null)),
    ] {
        let reading = tell(&with_conversation(json!({ "channel": class }))).unwrap();
        assert_eq!(json(&reading.events)[0]["data"]["channel"], channel, "{class}");
        assert_eq!(reading.unknown, [], "{class}");
    }
    let twilio = with_conversation(
        json!({ "channel": "Channel::TwilioSms", "contact_inbox": { "source_id": "whatsapp:+971501234567" } }),
    );
    assert_eq!(events(&twilio)[0]["data"]["channel"], "whatsapp");
    let reading = tell(&with_conversation(json!({ "channel": "Channel::Hologram" }))).unwrap();
    assert_eq!((reading.unknown[0].field, reading.events.len()), ("channel", 1));
}

#[test]
fn every_status_is_a_state() {
    for (status, state) in
        [("open", "open"), ("pending", "waiting"), ("snoozed", "waiting"), ("resolved", "resolved")]
    {
        let reading = tell(&with("conversation", json!({ "status": status }))).unwrap();
        assert_eq!(
            json(&reading.events),
            json!([{ "timestamp": "2026-11-08T08:00:00.5Z", "type": "conversation.changed", "data": {
                "conversation": "207", "customer": customer(), "state": state, "channel": "chat" } }])
        );
        assert_eq!(reading.unknown, []);
    }
    let reading = tell(&with("conversation", json!({ "status": "parked" }))).unwrap();
    assert_eq!(json(&reading.events)[0]["data"]["state"], "unknown");
    assert_eq!((reading.unknown[0].field, &*reading.unknown[0].value), ("status", "parked"));
}

#[test]
fn a_mail_has_its_subject() {
    let attributes = json!({ "additional_attributes": { "mail_subject": "Lid missing" } });
    assert_eq!(events(&with("conversation", attributes))[0]["data"]["subject"], "Lid missing");
}

#[test]
fn times_are_written_in_three_ways() {
    for created_at in
        [json!("2026-11-08T06:00:00.000Z"), json!("2026-11-08 06:00:00 UTC"), json!(1_794_117_600)]
    {
        let events = events(&with("incoming", json!({ "created_at": created_at })));
        assert_eq!(events[0]["timestamp"], "2026-11-08T06:00:00Z", "{created_at}");
    }
    for (members, at) in [
        (json!({ "updated_at": null }), "2026-11-08T06:00:00Z"),
        (json!({ "updated_at": null, "timestamp": null }), "2026-11-08T05:59:00Z"),
    ] {
        assert_eq!(events(&with("conversation", members))[0]["timestamp"], at);
    }
}

#[test]
fn a_contact_is_as_old_as_its_change_or_as_the_delivery() {
    let profile = |at: &str| {
        json!([{ "timestamp": at, "type": "profile.changed", "data": {
            "customer": "52870", "email": "amal@example.com", "phone": "+971501234567",
            "first_name": "Amal", "last_name": "Haddad" } }])
    };
    assert_eq!(events(&body("contact")), profile("2026-11-08T06:00:05Z"));
    let undated = with("contact", json!({ "changed_attributes": null, "event": "contact_created" }));
    assert!(why_none(&undated).starts_with("it does not say when"));
    for time in ["1794117600", "2026-11-08T06:00:00Z"] {
        let headers = [("x-chatwoot-timestamp", time)].into_iter().collect();
        let reading = crate::read("chatwoot", &headers, undated.to_string().as_bytes()).unwrap();
        assert_eq!(json(&reading.events), profile("2026-11-08T06:00:00Z"));
    }
}

#[test]
fn a_visitor_without_a_name_is_given_none() {
    let mut body = body("contact");
    for name in ["polished-dust-123", "+971501234567", "amal@example.com", ""] {
        body["name"] = json!(name);
        assert_eq!(events(&body)[0]["data"].get("first_name"), None, "{name}");
    }
}

#[test]
fn what_is_not_read_is_of_no_interest_whatever_it_holds() {
    for topic in ["webwidget_triggered", "conversation_typing_on", "inbox_created", "something_new"] {
        assert_eq!(tell(&json!({ "event": topic, "id": [] })).unwrap().of_no_interest.unwrap().topic, topic);
    }
    assert!(tell(&json!({ "id": 1 })).unwrap().of_no_interest.is_some());
}

#[test]
fn a_fault_names_its_place() {
    for (body, expected) in [
        (json!({ "event": "message_created" }), "the body: missing field `id`"),
        (with("incoming", json!({ "created_at": null })), "created_at: missing"),
        (with("incoming", json!({ "message_type": null })), "message_type: missing"),
        (with("incoming", json!({ "private": "no" })), "private: expected a boolean, got string"),
        (with_conversation(json!({ "id": null })), "conversation.id: missing"),
        (
            with_conversation(json!({ "meta": { "sender": 7 } })),
            "conversation.meta.sender: expected struct Contact, got integer",
        ),
        (with("conversation", json!({ "status": null })), "status: missing"),
        (
            with("conversation", json!({ "updated_at": null, "timestamp": null, "created_at": null })),
            "updated_at: missing",
        ),
    ] {
        assert_eq!(reason(tell(&body)), expected);
    }
}

fn verify(headers: &Headers, query: &str, secrets: &[&str], now: &str) -> Result<(), Unverified> {
    let secrets: Vec<Secret> = secrets.iter().map(Secret::new).collect();
    let delivery = Delivery { query, ..Delivery::new(headers, b"{}") };
    (provider("chatwoot").unwrap().verify)(&delivery, &secrets, instant(now))
}

#[test]
fn either_of_two_secrets_will_do_and_five_minutes_are_let_pass() {
    let headers = sign::chatwoot(&Secret::new("old"), "d-1", instant(NOW), b"{}").unwrap();
    assert_eq!(verify(&headers, "", &["new", "old"], NOW), Ok(()));
    assert_eq!(verify(&headers, "", &["new"], NOW), Err(Unverified::WrongSignature));
    assert_eq!(verify(&headers, "", &[], NOW), Err(Unverified::NoSecret));
    for (wait, is_good) in [(300, true), (301, false), (-300, true), (-301, false)] {
        let now = instant(NOW).after(Wait::seconds(wait)).to_string();
        assert_eq!(verify(&headers, "", &["old"], &now).is_ok(), is_good, "{wait}");
    }
    let undated: Headers = headers.iter().filter(|(name, _)| *name != "x-chatwoot-timestamp").collect();
    assert_eq!(
        verify(&undated, "token=old", &["old"], NOW),
        Err(Unverified::MissingHeader("x-chatwoot-timestamp"))
    );
}

#[test]
fn without_a_signature_the_token_in_the_address_has_to_be_a_secret() {
    let none = Headers::default();
    for query in ["token=s3cret", "a=b&token=s3cret", "token=s3cret&a=b"] {
        assert_eq!(verify(&none, query, &["new", "s3cret"], NOW), Ok(()), "{query}");
    }
    for query in ["token=", "token=s3cre", "token=s3crets", "token=S3CRET"] {
        assert_eq!(verify(&none, query, &["s3cret"], NOW), Err(Unverified::WrongSignature), "{query}");
    }
    for query in ["", "s3cret", "nottoken=s3cret"] {
        assert_eq!(verify(&none, query, &["s3cret"], NOW), Err(Unverified::NoToken), "{query}");
    }
    assert_eq!(verify(&none, "token=", &[""], NOW), Err(Unverified::NoSecret));
}

#[test]
fn a_wrong_signature_is_not_made_good_by_the_token() {
    let mut headers = sign::chatwoot(&Secret::new("s3cret"), "d-1", instant(NOW), b"{}").unwrap();
    headers.set("x-chatwoot-signature", "sha256=00");
    assert_eq!(verify(&headers, "token=s3cret", &["s3cret"], NOW), Err(Unverified::WrongSignature));
}
