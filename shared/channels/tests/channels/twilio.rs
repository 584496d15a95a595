//! What Twilio tells, and how it signs it.

use fastrand::Rng;
use rihla_channels::{
    Delivery, Headers, Keys, RECEIVED_AT, Reading, Secret, Unknown, Unreadable, Unverified, provider, sign,
};
use serde_json::{Value, json};

use crate::{instant, json, reason};

const RECEIVED: &str = "2026-11-23T05:08:27Z";
const URL: &str = "https://dallah.example/hooks/sms";
const TEXT: &[(&str, &str)] = &[
    ("MessageSid", "SM1"),
    ("AccountSid", "AC1"),
    ("From", "+971501234567"),
    ("To", "+97145550100"),
    ("SmsStatus", "received"),
    ("Body", "When will it come?"),
    ("NumMedia", "0"),
];
const CALL: &[(&str, &str)] = &[
    ("CallSid", "CA1"),
    ("From", "+971501234567"),
    ("To", "+97145550100"),
    ("Direction", "inbound"),
    ("CallStatus", "completed"),
    ("Timestamp", "Mon, 23 Nov 2026 05:00:01 +0000"),
];

/// A form of fields, of which some are set otherwise or added; an empty one is left out.
fn form(fields: &[(&str, &str)], other: &[(&str, &str)]) -> Vec<u8> {
    let kept = fields.iter().filter(|(name, _)| other.iter().all(|(set, _)| set != name));
    let all = kept.chain(other).filter(|(_, value)| !value.is_empty());
    form_urlencoded::Serializer::new(String::new()).extend_pairs(all).finish().into_bytes()
}

fn read(body: &[u8]) -> Result<Reading, Unreadable> {
    crate::read("twilio", &[(RECEIVED_AT, RECEIVED)].into_iter().collect(), body)
}

fn tell(fields: &[(&str, &str)], other: &[(&str, &str)]) -> Reading {
    read(&form(fields, other)).unwrap()
}

fn message(at: &str, id: &str, customer: &Value, speaker: &str, channel: &str, text: Option<&str>) -> Value {
    let mut data = json!({
        "conversation": customer["customer"], "message": id, "customer": customer, "speaker": speaker,
        "channel": channel,
    });
    if let Some(text) = text {
        data["text"] = json!(text);
    }
    json!({ "timestamp": at, "type": "conversation.message", "data": data })
}

fn amal() -> Value {
    json!({ "customer": "+971501234567", "phone": "+971501234567" })
}

#[test]
fn a_text_message_is_as_old_as_its_delivery() {
    let expected = message(RECEIVED, "SM1", &amal(), "customer", "sms", Some("When will it come?"));
    assert_eq!(json(&tell(TEXT, &[]).events), json!([expected]));
    assert_eq!(
        reason(crate::read("twilio", &Headers::default(), &form(TEXT, &[]))),
        "the header x-received-at is missing"
    );
}

#[test]
fn who_writes_and_by_which_channel() {
    for (from, user, channel, customer) in [
        ("+971501234567", "", "sms", amal()),
        ("rcs:+971501234567", "", "sms", amal()),
        ("whatsapp:+971501234567", "", "whatsapp", amal()),
        (
            "whatsapp:+971501234567",
            "whatsapp:AE.13",
            "whatsapp",
            json!({ "customer": "AE.13", "phone": "+971501234567" }),
        ),
        ("whatsapp:AE.13", "whatsapp:AE.13", "whatsapp", json!({ "customer": "AE.13" })),
        ("whatsapp:AE.13", "", "whatsapp", json!({ "customer": "AE.13" })),
        ("messenger:5512", "", "messenger", json!({ "customer": "5512" })),
        ("27273", "", "sms", json!({ "customer": "27273" })),
    ] {
        let told = tell(TEXT, &[("From", from), ("ExternalUserId", user)]);
        let expected = message(RECEIVED, "SM1", &customer, "customer", channel, Some("When will it come?"));
        assert_eq!(json(&told.events), json!([expected]), "{from} {user}");
    }
}

#[test]
fn a_picture_is_a_message_without_words() {
    let told = tell(TEXT, &[("Body", ""), ("NumMedia", "1"), ("MediaUrl0", "https://example.com/1")]);
    assert_eq!(json(&told.events), json!([message(RECEIVED, "SM1", &amal(), "customer", "sms", None)]));
    let long = "x".repeat(3_000);
    let told = tell(TEXT, &[("Body", &long)]);
    assert_eq!(json(&told.events)[0]["data"]["text"].as_str().unwrap().len(), 2_000);
}

/// The purposes of each word, as `state purpose channel`.
fn words(told: &Reading) -> Vec<String> {
    let events = json(&told.events);
    let words = events.as_array().unwrap().iter().filter(|event| event["type"] == "consent.changed");
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    words
        .map(|word| {
            let data = &word["data"];
            [&data["state"], &data["purpose"], &data["channel"]].map(text).join(" ")
        })
        .collect()
}

#[test]
fn stop_and_start_are_a_word_on_the_channel() {
    let stopped =
        |channel| ["survey", "marketing", "newsletter"].map(|on| format!("withdrawn {on} {channel}"));
    assert_eq!(words(&tell(TEXT, &[("Body", "STOP"), ("OptOutType", "STOP")])), stopped("sms"));
    let by_whatsapp = [("From", "whatsapp:+971501234567"), ("OptOutType", "STOP")];
    assert_eq!(words(&tell(TEXT, &by_whatsapp)), stopped("whatsapp"));
    let started = ["granted survey sms", "granted marketing sms"];
    assert_eq!(words(&tell(TEXT, &[("OptOutType", "START")])), started);
    for none in ["HELP", "PAUSE", ""] {
        let told = tell(TEXT, &[("OptOutType", none)]);
        assert_eq!((words(&told).len(), told.events.len()), (0, 1), "{none}");
    }
}

#[test]
fn a_message_that_is_not_sent_for_a_stop_tells_the_stop() {
    let status =
        [("SmsStatus", ""), ("MessageStatus", "undelivered"), ("Body", ""), ("From", "+97145550100")];
    let to = [("To", "whatsapp:+971501234567"), ("ErrorCode", "21610")];
    let told = tell(TEXT, &[status.as_slice(), &to].concat());
    assert_eq!(told.events.len(), 3);
    assert_eq!(words(&told)[0], "withdrawn survey whatsapp");
    assert_eq!(json(&told.events)[0]["data"]["person"], amal());
    let failed = tell(TEXT, &[status.as_slice(), &[("ErrorCode", "30003")]].concat());
    assert_eq!(failed.of_no_interest.unwrap().topic, "message status");
}

#[test]
fn every_status_of_a_message() {
    for status in [
        "accepted",
        "queued",
        "scheduled",
        "sending",
        "sent",
        "delivered",
        "undelivered",
        "failed",
        "read",
        "canceled",
        "partially_delivered",
    ] {
        let told = tell(TEXT, &[("SmsStatus", status)]);
        assert_eq!((told.events.len(), told.unknown.len()), (0, 0), "{status}");
        assert!(told.of_no_interest.is_some());
    }
    let told = tell(TEXT, &[("MessageStatus", "beamed")]);
    assert_eq!((told.events, told.unknown), (vec![], vec![Unknown::new("MessageStatus", "beamed")]));
    assert_eq!(tell(TEXT, &[("SmsStatus", "")]).events.len(), 1);
}

#[test]
fn a_call_is_one_message_once_it_is_over() {
    let expected = message("2026-11-23T05:00:01Z", "CA1", &amal(), "customer", "phone", None);
    for over in ["completed", "busy", "failed", "no-answer", "canceled"] {
        assert_eq!(json(&tell(CALL, &[("CallStatus", over)]).events), json!([expected]), "{over}");
    }
    for not_over in ["queued", "initiated", "ringing", "in-progress", "answered"] {
        assert_eq!(tell(CALL, &[("CallStatus", not_over)]).of_no_interest.unwrap().topic, "call");
    }
    let told = tell(CALL, &[("CallStatus", "transferred")]);
    assert_eq!((told.events.len(), told.unknown), (1, vec![Unknown::new("CallStatus", "transferred")]));
    let outbound = [("Direction", "outbound-api"), ("From", "+97145550100"), ("To", "+971501234567")];
    let expected = message("2026-11-23T05:00:01Z", "CA1", &amal(), "staff", "phone", None);
    assert_eq!(json(&tell(CALL, &outbound).events), json!([expected]));
    let told = tell(CALL, &[("Timestamp", "just now")]);
    assert_eq!(json(&told.events)[0]["timestamp"], RECEIVED);
}

#[test]
fn what_is_no_message_and_no_call_is_of_no_interest() {
    for body in [&b""[..], b"a=b", b" {\"a\": 1}", b"[]", b"\xff\xfe%zz&=&&"] {
        let told = read(body).unwrap();
        assert!(told.events.is_empty() && told.of_no_interest.is_some());
    }
    assert_eq!(reason(read(&form(TEXT, &[("From", "")]))), "From: missing");
    assert_eq!(reason(read(&form(TEXT, &[("MessageSid", &"9".repeat(256))]))), "MessageSid: missing");
    assert_eq!(reason(read(&form(CALL, &[("From", "")]))), "From: missing");
}

#[test]
fn altered_forms_are_read_or_refused() {
    let mut random = Rng::with_seed(20_261_123);
    let mut refused = 0;
    for number in 0..20_000 {
        let mut body = form(if number % 2 == 0 { TEXT } else { CALL }, &[("OptOutType", "STOP")]);
        for _ in 0..random.usize(1..6) {
            let place = random.usize(..body.len());
            match random.u8(..3) {
                0 => body[place] = random.u8(..),
                1 => body[place] = *random.choice(b"&=%+").unwrap(),
                _ => drop(body.drain(place..(place + random.usize(1..9)).min(body.len() - 1).max(place))),
            }
        }
        match read(&body) {
            Ok(told) => assert_eq!(told.events.is_empty(), told.of_no_interest.is_some()),
            Err(unreadable) => {
                assert!(!unreadable.to_string().is_empty());
                refused += 1;
            }
        }
    }
    assert!((100..19_000).contains(&refused), "{refused} of 20000");
}

fn verify(
    url: Option<&str>,
    query: &str,
    headers: &Headers,
    body: &[u8],
    texts: &[&str],
) -> Result<(), Unverified> {
    let secrets: Vec<Secret> = texts.iter().map(Secret::new).collect();
    let delivery = Delivery { url, query, keys: Keys::NONE, ..Delivery::new(headers, body) };
    (provider("twilio").unwrap().verify)(&delivery, &secrets, instant(RECEIVED))
}

fn signed(url: &str, body: &[u8]) -> Headers {
    sign::twilio(&Secret::new("hush"), url, body).unwrap()
}

#[test]
fn the_address_is_signed_as_it_was_called() {
    let body = form(TEXT, &[]);
    for (configured, query, called, verdict) in [
        (URL, "", "https://dallah.example/hooks/sms", Ok(())),
        (URL, "", "https://dallah.example:443/hooks/sms", Ok(())),
        ("https://dallah.example:443/hooks/sms", "", URL, Ok(())),
        ("https://dallah.example/hooks/sms#rc=3&rp=all", "", URL, Ok(())),
        (URL, "a=1", "https://dallah.example/hooks/sms?a=1", Ok(())),
        ("https://dallah.example/hooks/sms?a=1", "a=1", "https://dallah.example:443/hooks/sms?a=1", Ok(())),
        ("https://dallah.example/hooks/sms?a=1", "", "https://dallah.example/hooks/sms?a=1", Ok(())),
        (URL, "", "http://dallah.example/hooks/sms", Err(Unverified::WrongSignature)),
        (URL, "", "https://dallah.example/hooks/sms/", Err(Unverified::WrongSignature)),
        (URL, "", "https://dallah.example:8443/hooks/sms", Err(Unverified::WrongSignature)),
        (URL, "a=2", "https://dallah.example/hooks/sms?a=1", Err(Unverified::WrongSignature)),
    ] {
        let headers = signed(called, &body);
        assert_eq!(
            verify(Some(configured), query, &headers, &body, &["new", "hush"]),
            verdict,
            "{configured} {called}"
        );
    }
    let headers = signed(URL, &body);
    assert_eq!(verify(None, "", &headers, &body, &["hush"]), Err(Unverified::NoUrl));
    assert_eq!(verify(Some(URL), "", &headers, &body, &[""]), Err(Unverified::NoSecret));
    let missing = Err(Unverified::MissingHeader("x-twilio-signature"));
    assert_eq!(verify(Some(URL), "", &Headers::default(), &body, &["hush"]), missing);
}

#[test]
fn a_body_that_is_no_form_is_signed_by_its_digest() {
    let body = br#"{"property": "value"}"#;
    // SHA-256 of the body, by `sha256sum`.
    let digest = "fd502c0d05eedbca04a906d7ff730e55622620377231ee163ef0f0802e659c99";
    let query = format!("bodySHA256={digest}");
    let headers = signed(&format!("{URL}?{query}"), b"");
    assert_eq!(verify(Some(URL), &query, &headers, body, &["hush"]), Ok(()));
    assert_eq!(verify(Some(URL), &query, &headers, b"{}", &["hush"]), Err(Unverified::WrongSignature));
}

/// The same form with each single bit of one field's value turned.
fn forms_with_a_bit_turned() -> impl Iterator<Item = Vec<u8>> {
    TEXT.iter().flat_map(|(name, value)| {
        (0..value.len() * 7).filter_map(move |bit| {
            let mut turned = value.as_bytes().to_vec();
            turned[bit / 7] ^= 1 << (bit % 7);
            Some(form(TEXT, &[(name, &String::from_utf8(turned).ok()?)]))
        })
    })
}

#[test]
fn no_bit_of_a_field_or_of_the_signature_can_be_turned() {
    let body = form(TEXT, &[]);
    let headers = signed(URL, &body);
    let mut turned_forms = 0;
    for turned in forms_with_a_bit_turned() {
        assert_eq!(verify(Some(URL), "", &headers, &turned, &["hush"]), Err(Unverified::WrongSignature));
        turned_forms += 1;
    }
    assert!(turned_forms > 400, "{turned_forms}");
    let signature = headers.get("x-twilio-signature").unwrap().to_owned();
    for bit in 0..signature.len() * 7 {
        let mut turned = signature.clone().into_bytes();
        turned[bit / 7] ^= 1 << (bit % 7);
        let headers = [("x-twilio-signature", String::from_utf8(turned).unwrap())].into_iter().collect();
        assert_eq!(
            verify(Some(URL), "", &headers, &body, &["hush"]),
            Err(Unverified::WrongSignature),
            "{bit}"
        );
    }
}

#[test]
fn what_the_scheme_does_not_sign_is_known() {
    let body = form(TEXT, &[]);
    let headers = signed(URL, &body);
    let good = |body: &[u8]| verify(Some(URL), "", &headers, body, &["hush"]).is_ok();
    let mut backwards = TEXT.to_vec();
    backwards.reverse();
    assert!(good(&form(&backwards, &[])), "the order of the fields");
    assert!(good(&[&body[..], b"&", &body].concat()), "how often a field comes");
    let text = String::from_utf8(body.clone()).unwrap();
    assert!(good(text.replace("%2B", "%2b").replace('+', "%20").as_bytes()), "how a field is encoded");
    assert!(
        good(text.replace("NumMedia=0", "NumMedia0=").as_bytes()),
        "where a name ends and its value begins"
    );
    assert!(!good(text.replace("NumMedia=0", "").as_bytes()) && !good(&[&body[..], b"&a=b"].concat()));
}
