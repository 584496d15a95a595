//! Zendesk's deliveries.

use rihla_channels::{
    Address, Delivery, Headers, Lookup, Reading, Secret, Unreadable, Unverified, provider, sign,
};
use rihla_core::instant::Wait;
use serde_json::{Value, json};

use crate::{instant, json, reason, sample};

const NOW: &str = "2026-11-08T06:00:01Z";

fn body(name: &str) -> Value {
    serde_json::from_slice(&sample(&format!("zendesk/{name}"))).unwrap()
}

/// A sample with one value set.
fn with(name: &str, pointer: &str, value: Value) -> Value {
    let mut body = body(name);
    *body.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = value;
    body
}

fn tell(body: &Value) -> Result<Reading, Unreadable> {
    crate::read("zendesk", &Headers::default(), body.to_string().as_bytes())
}

fn events(body: &Value) -> Value {
    json(&tell(body).unwrap().events)
}

fn complete(delivery: &str, what: &str, answer: &Value) -> Reading {
    let (headers, body) = (Headers::default(), sample(&format!("zendesk/{delivery}")));
    let lookup = Lookup::at_path(what, "/");
    let zendesk = provider("zendesk").unwrap();
    (zendesk.complete)(&Delivery::new(&headers, &body), &lookup, answer.to_string().as_bytes()).unwrap()
}

#[test]
fn a_new_ticket_is_a_conversation_and_its_requester_is_asked_for() {
    let reading = tell(&body("ticket")).unwrap();
    assert_eq!(
        json(&reading.events),
        json!([{ "timestamp": "2026-11-08T06:00:00.123Z", "type": "conversation.changed", "data": {
            "conversation": "4711", "customer": { "customer": "9007199254740993" }, "state": "open",
            "channel": "email", "subject": "Lid missing, order #1001" } }])
    );
    assert_eq!(reading.lookups, [Lookup::at_path("user", "/api/v2/users/9007199254740993.json")]);
    assert_eq!(reading.unknown, []);
}

#[test]
fn what_a_status_changed_to_counts_and_not_what_the_ticket_became_since() {
    let reading = tell(&body("status")).unwrap();
    let [event] = &reading.events[..] else { panic!("{reading:?}") };
    let event = serde_json::to_value(event).unwrap();
    assert_eq!(
        (&event["timestamp"], &event["data"]["state"]),
        (&json!("2026-11-08T09:30:00.5Z"), &json!("resolved"))
    );
    assert_eq!(reading.lookups, []);
}

#[test]
fn every_status_is_a_state() {
    for (status, state) in [
        ("NEW", "open"),
        ("OPEN", "open"),
        ("Open", "open"),
        ("PENDING", "waiting"),
        ("HOLD", "waiting"),
        ("SOLVED", "resolved"),
        ("CLOSED", "resolved"),
        ("DELETED", "resolved"),
        ("ARCHIVED", "resolved"),
        ("SCRUBBED", "resolved"),
    ] {
        let reading = tell(&with("status", "/event/current", json!(status))).unwrap();
        assert_eq!(json(&reading.events)[0]["data"]["state"], state, "{status}");
        assert_eq!(reading.unknown, [], "{status}");
    }
    let reading = tell(&with("ticket", "/detail/status", json!("PARKED"))).unwrap();
    assert_eq!(json(&reading.events)[0]["data"]["state"], "unknown");
    assert_eq!((reading.unknown[0].field, &*reading.unknown[0].value), ("status", "PARKED"));
    let missing = tell(&with("ticket", "/detail/status", json!(null)));
    assert_eq!(reason(missing), "detail.status: missing");
}

#[test]
fn a_way_in_is_a_channel_or_none() {
    for (via, channel) in [
        ("email", json!("email")),
        ("native_messaging", json!("chat")),
        ("chat", json!("chat")),
        ("whatsapp", json!("whatsapp")),
        ("sunshine_conversations_facebook_messenger", json!("messenger")),
        ("sms", json!("sms")),
        ("voice", json!("phone")),
        ("instagram_dm", json!("social")),
        ("web", json!(null)),
        ("web_service", json!(null)),
    ] {
        let reading = tell(&with("ticket", "/detail/via/channel", json!(via))).unwrap();
        assert_eq!(json(&reading.events)[0]["data"]["channel"], channel, "{via}");
        assert_eq!(reading.unknown, [], "{via}");
    }
    let reading = tell(&with("ticket", "/detail/via/channel", json!("hologram"))).unwrap();
    assert_eq!(json(&reading.events)[0]["data"]["channel"], json!(null));
    assert_eq!((reading.unknown[0].field, &*reading.unknown[0].value), ("via.channel", "hologram"));
}

#[test]
fn a_public_comment_is_a_message_of_whoever_wrote_it() {
    let reading = tell(&body("comment")).unwrap();
    assert_eq!(
        json(&reading.events),
        json!([{ "timestamp": "2026-11-08T06:00:00.223Z", "type": "conversation.message", "data": {
            "conversation": "4711", "message": "550011", "customer": { "customer": "9007199254740993" },
            "speaker": "customer", "channel": "email",
            "text": "The pot came without its lid. أين الغطاء؟" } }])
    );
    assert_eq!(reading.lookups.len(), 1);
    for (author, speaker) in [
        (json!({ "id": "8", "is_staff": true }), "staff"),
        (json!({ "id": "9", "is_staff": false }), "customer"),
        (json!({ "id": "-1", "is_staff": false }), "program"),
        (json!({ "id": "9007199254740993" }), "customer"),
        (json!({ "id": "8" }), "staff"),
        (json!(null), "staff"),
    ] {
        let reading = tell(&with("comment", "/event/comment/author", author.clone())).unwrap();
        assert_eq!(json(&reading.events)[0]["data"]["speaker"], speaker, "{author}");
        // Who the customer is was asked when the customer wrote.
        assert_eq!(reading.lookups.is_empty(), speaker != "customer", "{author}");
    }
}

#[test]
fn a_comment_that_customers_cannot_read_is_no_event() {
    let reading = tell(&with("comment", "/event/comment/is_public", json!(false))).unwrap();
    assert_eq!((reading.events.len(), reading.lookups.len()), (0, 0));
    assert!(reading.of_no_interest.unwrap().why.contains("staff"));
}

#[test]
fn a_long_comment_is_cut() {
    let events = events(&with("comment", "/event/comment/body", json!("é".repeat(3_000))));
    assert_eq!(events[0]["data"]["text"].as_str().unwrap().chars().count(), 2_000);
}

#[test]
fn the_ticket_of_a_customers_chat_message_is_asked_for_and_else_the_message_is_told_as_it_is() {
    let reading = tell(&body("message")).unwrap();
    assert_eq!(reading.events, []);
    assert_eq!(
        json(&reading.otherwise),
        json!([{ "timestamp": "2026-11-08T07:15:05.254Z", "type": "conversation.message", "data": {
            "conversation": "4712", "message": "69b2f00155becd183e284cb0",
            "customer": { "customer": "6a27d07ec70c5f1aa576a17b" }, "speaker": "customer",
            "channel": "chat", "text": "Where is my parcel?" } }])
    );
    assert_eq!(reading.lookups, [Lookup::at_path("ticket", "/api/v2/tickets/4712.json")]);
}

#[test]
fn whoever_else_chats_is_told_once_the_ticket_says_with_whom() {
    for (actor, speaker) in [("agent", "staff"), ("system", "program")] {
        let body = with("message", "/event/actor/type", json!(actor));
        let reading = tell(&body).unwrap();
        assert_eq!((reading.events.len(), reading.lookups.len()), (0, 1), "{actor}");
        assert_eq!(reading.of_no_interest, None);
        let headers = Headers::default();
        let (body, answer) = (body.to_string(), sample("zendesk/ticket_answer"));
        let delivery = Delivery::new(&headers, body.as_bytes());
        let completed = (provider("zendesk").unwrap().complete)(&delivery, &reading.lookups[0], &answer);
        let events = json(&completed.unwrap().events);
        assert_eq!(events[0]["data"]["speaker"], speaker);
        assert_eq!(events[0]["data"]["customer"], json!({ "customer": "9007199254740993" }));
    }
    let reading = tell(&with("message", "/event/actor/type", json!("oracle"))).unwrap();
    assert_eq!((reading.unknown[0].field, &*reading.unknown[0].value), ("actor.type", "oracle"));
    assert!(reading.of_no_interest.is_some());
}

#[test]
fn the_ticket_of_a_chat_names_its_requester_who_is_asked_for_next() {
    let reading = complete("message", "ticket", &body("ticket_answer"));
    let customer = json!({ "customer": "9007199254740993" });
    assert_eq!(
        json(&reading.events),
        json!([
            { "timestamp": "2026-11-08T07:15:05.254Z", "type": "conversation.message", "data": {
                "conversation": "4712", "message": "69b2f00155becd183e284cb0", "customer": customer,
                "speaker": "customer", "channel": "chat", "text": "Where is my parcel?" } },
            { "timestamp": "2026-11-08T07:15:05Z", "type": "conversation.changed", "data": {
                "conversation": "4712", "customer": customer, "state": "open", "channel": "chat",
                "subject": "Conversation with Amal" } },
        ])
    );
    assert_eq!(reading.lookups, [Lookup::at_path("user", "/api/v2/users/9007199254740993.json")]);
}

#[test]
fn the_requester_has_an_address_in_the_api() {
    let reading = complete("ticket", "user", &body("user_answer"));
    assert_eq!(
        json(&reading.events),
        json!([{ "timestamp": "2026-11-08T06:00:01Z", "type": "profile.changed", "data": {
            "customer": "9007199254740993", "email": "amal@example.com", "phone": "+971501234567",
            "first_name": "Amal", "last_name": "Haddad", "locale": "ar-AE", "zone": "Asia/Dubai" } }])
    );
    let mut agent = body("user_answer");
    agent["user"]["role"] = json!("agent");
    let reading = complete("ticket", "user", &agent);
    assert_eq!((reading.events.len(), reading.of_no_interest.unwrap().why), (0, "somebody of the shop"));
}

#[test]
fn an_answer_that_is_none_is_refused_with_its_place() {
    let (headers, body) = (Headers::default(), sample("zendesk/ticket"));
    let delivery = Delivery::new(&headers, &body);
    let complete = provider("zendesk").unwrap().complete;
    for (what, answer, expected) in [
        ("user", "{}", "the body: missing field `user`"),
        (
            "user",
            r#"{"user": {"id": null}}"#,
            "user.id: expected an id: a whole number or a text of 1 to 255 bytes, got null",
        ),
        ("ticket", r#"{"error": "RecordNotFound"}"#, "the body: missing field `ticket`"),
        ("user", "<html>", "the body is no JSON"),
    ] {
        assert_eq!(reason(complete(&delivery, &Lookup::at_path(what, "/"), answer.as_bytes())), expected);
    }
}

#[test]
fn the_api_is_asked_under_the_shops_token() {
    let api = provider("zendesk").unwrap().api.unwrap();
    assert_eq!(api.base_url, "");
    let header = |token: &str| (api.headers)(&Secret::new(token));
    let basic = "Basic ZGVza0BleGFtcGxlLmNvbS90b2tlbjprZXk=".to_owned();
    assert_eq!(header("desk@example.com:key"), [("authorization", basic)]);
    assert_eq!(header("oauth"), [("authorization", "Bearer oauth".to_owned())]);
}

#[test]
fn an_id_that_is_no_number_gets_into_no_path() {
    let reading = tell(&with("ticket", "/detail/requester_id", json!("1/../../x?y"))).unwrap();
    assert_eq!(reading.lookups, []);
    let reading = tell(&with("message", "/detail/id", json!("../users/1"))).unwrap();
    assert!(reading.lookups.iter().all(|lookup| matches!(lookup.address, Address::Url(_))), "{reading:?}");
}

#[test]
fn a_user_is_a_profile_unless_of_the_shop() {
    let events = events(&body("user"));
    assert_eq!(
        events,
        json!([{ "timestamp": "2026-11-08T05:59:58Z", "type": "profile.changed", "data": {
            "customer": "9007199254740993", "email": "amal@example.com" } }])
    );
    let reading = tell(&with("user", "/detail/role", json!("agent"))).unwrap();
    assert_eq!(reading.of_no_interest.unwrap().why, "somebody of the shop");
}

#[test]
fn what_is_not_read_is_of_no_interest_whatever_it_holds() {
    for (kind, topic) in [
        ("zen:event-type:ticket.tags_changed", "ticket.tags_changed"),
        ("zen:event-type:article.published", "article.published"),
        ("zen:event-type:user.deleted", "user.deleted"),
        ("order shipped", "order shipped"),
    ] {
        let body = json!({ "type": kind, "detail": [1], "event": { "current": true } });
        assert_eq!(tell(&body).unwrap().of_no_interest.unwrap().topic, topic);
    }
    // What a trigger sends is the shop's own.
    assert!(tell(&json!({ "ticket_id": 1 })).unwrap().of_no_interest.is_some());
    let reading = tell(&with("ticket", "/detail/requester_id", json!(null))).unwrap();
    assert_eq!(reading.of_no_interest.unwrap().why, "the ticket has no requester");
}

#[test]
fn a_fault_names_its_place() {
    for (name, pointer, value, expected) in [
        ("ticket", "/time", json!("soon"), "time: \"soon\" is not a moment such as 2026-11-23T05:08:27Z"),
        ("ticket", "/time", json!(null), "time: missing"),
        ("ticket", "/detail", json!(null), "detail: missing"),
        (
            "ticket",
            "/detail/id",
            json!(1.5),
            "detail.id: expected an id: a whole number or a text of 1 to 255 bytes, got floating point",
        ),
        (
            "comment",
            "/event/comment/is_public",
            json!("yes"),
            "event.comment.is_public: expected a boolean, got string",
        ),
        (
            "comment",
            "/event/comment",
            json!([]),
            "event.comment: invalid length 0, expected struct Comment with 4 elements",
        ),
        ("message", "/event/actor", json!(7), "event.actor: expected struct Actor, got integer"),
    ] {
        let reading = tell(&with(name, pointer, value));
        assert!(reason(reading).starts_with(expected.split("invalid length").next().unwrap()), "{expected}");
    }
}

fn verify(headers: &Headers, secrets: &[&str], now: &str) -> Result<(), Unverified> {
    let secrets: Vec<Secret> = secrets.iter().map(Secret::new).collect();
    (provider("zendesk").unwrap().verify)(&Delivery::new(headers, b"{}"), &secrets, instant(now))
}

#[test]
fn either_of_two_secrets_will_do_and_five_minutes_are_let_pass() {
    let headers = sign::zendesk(&Secret::new("old"), instant(NOW), b"{}").unwrap();
    assert_eq!(verify(&headers, &["new", "old"], NOW), Ok(()));
    assert_eq!(verify(&headers, &["new"], NOW), Err(Unverified::WrongSignature));
    assert_eq!(verify(&headers, &[" "], NOW), Err(Unverified::NoSecret));
    for (wait, is_good) in [(300, true), (301, false), (-300, true), (-301, false)] {
        let now = instant(NOW).after(Wait::seconds(wait)).to_string();
        assert_eq!(verify(&headers, &["old"], &now).is_ok(), is_good, "{wait}");
    }
    for missing in ["x-zendesk-webhook-signature", "x-zendesk-webhook-signature-timestamp"] {
        let fewer: Headers = headers.iter().filter(|(name, _)| *name != missing).collect();
        assert_eq!(verify(&fewer, &["old"], NOW), Err(Unverified::MissingHeader(missing)));
    }
}

/// From Zendesk's documentation: it signs with this before a webhook is saved.
const PUBLIC_SECRET: &str = "dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==";

#[test]
fn the_secret_that_everybody_knows_is_none() {
    let headers = sign::zendesk(&Secret::new(PUBLIC_SECRET), instant(NOW), b"{}").unwrap();
    for secrets in [&[PUBLIC_SECRET][..], &["own"], &["own", PUBLIC_SECRET], &[]] {
        assert_eq!(verify(&headers, secrets, NOW), Err(Unverified::PublicSecret), "{secrets:?}");
    }
    let own = sign::zendesk(&Secret::new("own"), instant(NOW), b"{}").unwrap();
    assert_eq!(verify(&own, &["own", PUBLIC_SECRET], NOW), Ok(()));
    assert_eq!(verify(&own, &[PUBLIC_SECRET], NOW), Err(Unverified::NoSecret));
}
