//! Who may send by way of SNS. The deliveries that are kept were signed with `openssl` under a key made for these tests.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rihla_channels::{Address, Delivery, Headers, Keys, Lookup, Reading, Unverified, provider};
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use serde_json::{Value, json};

use crate::{instant, reason, sample};

const SENT: &str = "2026-11-23T05:08:28.125Z";
const CERTIFICATE: &str =
    "https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem";
const TOPIC: &str = "arn:aws:sns:eu-central-1:111122223333:mail-in";

fn key_file(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/keys/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn keys() -> Keys {
    let mut keys = Keys::default();
    keys.keep(&Lookup::at_url("certificate", CERTIFICATE), key_file("sns_test_certificate.pem"));
    keys
}

fn verify_with(keys: &Keys, allowed: &[&str], body: &[u8], now: &str) -> Result<(), Unverified> {
    let allowed: Vec<String> = allowed.iter().map(ToString::to_string).collect();
    let delivery = Delivery { allowed: &allowed, keys, ..Delivery::new(&HEADERS, body) };
    let verdicts = ["aws-eum-social", "aws-sns-ses"]
        .map(|name| (provider(name).unwrap().verify)(&delivery, &[], instant(now)));
    assert_eq!(verdicts[0], verdicts[1]);
    verdicts[0].clone()
}

static HEADERS: std::sync::LazyLock<Headers> = std::sync::LazyLock::new(Headers::default);

fn verify(body: &Value) -> Result<(), Unverified> {
    verify_with(&keys(), &[TOPIC], body.to_string().as_bytes(), SENT)
}

fn kept(name: &str) -> Value {
    serde_json::from_slice(&sample(name)).unwrap()
}

/// The envelope with some members set, signed anew by version 2.
fn signed(mut envelope: Value, members: Value) -> Value {
    envelope.as_object_mut().unwrap().append(&mut crate::object(members));
    let names: &[&str] = if envelope["Type"] == "Notification" {
        &["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"]
    } else {
        &["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"]
    };
    let lines = names.iter().filter_map(|name| Some(format!("{name}\n{}\n", envelope[name].as_str()?)));
    let text: String = lines.collect();
    let key = RsaKeyPair::from_pkcs8(&key_file("sns_test_key.pk8")).unwrap();
    let mut signature = vec![0; key.public().modulus_len()];
    key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), text.as_bytes(), &mut signature).unwrap();
    envelope["Signature"] = json!(STANDARD.encode(signature));
    envelope["SignatureVersion"] = json!("2");
    envelope
}

#[test]
fn both_versions_and_all_kinds_of_envelopes_are_checked() {
    let whatsapp = "arn:aws:sns:eu-central-1:111122223333:whatsapp";
    for (name, topic, version) in [
        ("aws-eum-social/message", whatsapp, "1"),
        ("aws-sns-ses/received", TOPIC, "2"),
        ("aws-sns-ses/subscription", TOPIC, "1"),
    ] {
        assert_eq!(kept(name)["SignatureVersion"], version);
        let body = sample(name);
        assert_eq!(verify_with(&keys(), &["other", topic], &body, SENT), Ok(()), "{name}");
        assert_eq!(verify_with(&keys(), &["other"], &body, SENT), Err(Unverified::NotAllowed("topic")));
        assert_eq!(verify_with(&keys(), &[], &body, SENT), Err(Unverified::NotAllowed("topic")));
    }
    let goodbye = signed(kept("aws-sns-ses/subscription"), json!({ "Type": "UnsubscribeConfirmation" }));
    assert_eq!(verify(&goodbye), Ok(()));
}

#[test]
fn a_version_is_not_taken_for_the_other() {
    for (name, other) in [("received", "1"), ("received", "3"), ("subscription", "2")] {
        let mut body = kept(&format!("aws-sns-ses/{name}"));
        body["SignatureVersion"] = json!(other);
        assert_eq!(verify(&body), Err(Unverified::WrongSignature), "{name} {other}");
    }
}

#[test]
fn the_certificate_is_fetched_from_sns_alone() {
    let body = sample("aws-sns-ses/received");
    let wanted = Lookup { what: "certificate".to_owned(), address: Address::Url(CERTIFICATE.to_owned()) };
    assert_eq!(verify_with(Keys::NONE, &[TOPIC], &body, SENT), Err(Unverified::KeyWanted(wanted)));
    for elsewhere in [
        "http://sns.eu-central-1.amazonaws.com/a.pem",
        "https://sns.eu-central-1.amazonaws.com.evil.example/a.pem",
        "https://evil.example/sns.eu-central-1.amazonaws.com/a.pem",
        "https://sns.eu-central-1.amazonaws.com@evil.example/a.pem",
        "https://sns.eu-central-1.amazonaws.com/a.txt",
        "https://sns.eu-central-1.amazonaws.com/?Action=Get&a=.pem",
        "https://sns.eu-central-1.amazonaws.com/a#.pem",
    ] {
        let mut body = kept("aws-sns-ses/received");
        body["SigningCertURL"] = json!(elsewhere);
        assert_eq!(verify(&body), Err(Unverified::NotAllowed("certificate")), "{elsewhere}");
    }
}

#[test]
fn a_certificate_that_is_none_proves_nothing() {
    let pem = String::from_utf8(key_file("sns_test_certificate.pem")).unwrap();
    for other in
        ["", "<html>", &pem[..200], &pem.replace("CERTIFICATE", "PUBLIC KEY"), &pem.replace('A', "B")]
    {
        let mut keys = Keys::default();
        keys.keep(&Lookup::at_url("certificate", CERTIFICATE), other.as_bytes().to_vec());
        let verdict = verify_with(&keys, &[TOPIC], &sample("aws-sns-ses/received"), SENT);
        assert_eq!(verdict, Err(Unverified::WrongSignature), "{other}");
    }
}

#[test]
fn no_bit_of_what_is_signed_can_be_turned() {
    for (name, members) in [
        ("received", &["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type", "Signature"][..]),
        (
            "subscription",
            &["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type", "Signature"],
        ),
    ] {
        let envelope = kept(&format!("aws-sns-ses/{name}"));
        for member in members {
            let value = envelope[member].as_str().unwrap();
            for bit in 0..value.len().min(400) * 7 {
                let mut turned = value.as_bytes().to_vec();
                turned[bit / 7] ^= 1 << (bit % 7);
                let mut other = envelope.clone();
                other[member] = json!(String::from_utf8(turned).unwrap());
                let verdict = verify(&other);
                let refused = [Unverified::WrongSignature, Unverified::NotAllowed("topic")];
                assert!(
                    verdict.as_ref().is_err_and(|error| refused.contains(error)),
                    "{member} {bit}: {verdict:?}"
                );
            }
            let mut without = envelope.clone();
            without.as_object_mut().unwrap().remove(*member);
            assert!(verify(&without).is_err(), "{member}");
        }
    }
    let with_subject = crate::changed("aws-eum-social/message", json!({ "Subject": "" }));
    let topic = with_subject["TopicArn"].as_str().unwrap();
    let verdict = verify_with(&keys(), &[topic], with_subject.to_string().as_bytes(), SENT);
    assert_eq!(verdict, Err(Unverified::WrongSignature));
}

#[test]
fn what_the_scheme_does_not_sign_is_known() {
    let envelope = kept("aws-sns-ses/received");
    for (member, value) in
        [("UnsubscribeURL", json!("x")), ("SubscribeURL", json!("x")), ("Token", json!("x"))]
    {
        let mut other = envelope.clone();
        other[member] = value;
        assert_eq!(verify(&other), Ok(()), "{member}");
    }
    assert_eq!(verify_with(&keys(), &[TOPIC], envelope.to_string().as_bytes(), SENT), Ok(()), "white space");
}

#[test]
fn an_hour_and_five_minutes_are_let_pass() {
    let body = sample("aws-sns-ses/received");
    for (now, is_good) in [
        ("2026-11-23T06:13:28Z", true),
        ("2026-11-23T06:13:29Z", false),
        ("2026-11-23T04:03:28Z", true),
        ("2026-11-23T04:03:27Z", false),
    ] {
        let verdict = verify_with(&keys(), &[TOPIC], &body, now);
        let expired = Err(Unverified::Expired { off_seconds: 3901, tolerance_seconds: 3900 });
        assert_eq!(verdict, if is_good { Ok(()) } else { expired }, "{now}");
    }
}

#[test]
fn what_carries_no_signature_is_refused() {
    for body in [&b"{}"[..], b"", b"[]", b"{\"notificationType\":\"Received\"}", b"\xff"] {
        assert_eq!(verify_with(&keys(), &[TOPIC], body, SENT), Err(Unverified::NotSigned));
    }
}

fn read(envelope: &Value) -> Reading {
    crate::read("aws-sns-ses", &HEADERS, envelope.to_string().as_bytes()).unwrap()
}

#[test]
fn a_subscription_is_confirmed_at_sns_alone_and_never_anew() {
    let subscription = kept("aws-sns-ses/subscription");
    let url = subscription["SubscribeURL"].as_str().unwrap();
    for name in ["aws-sns-ses", "aws-eum-social"] {
        let told = crate::read(name, &HEADERS, &sample("aws-sns-ses/subscription")).unwrap();
        let lookup = Lookup::at_url("subscription", url);
        assert_eq!((told.events, told.lookups.as_slice()), (vec![], &[lookup.clone()][..]));
        let body = sample("aws-sns-ses/subscription");
        let answer = b"<ConfirmSubscriptionResponse/>";
        let done =
            (provider(name).unwrap().complete)(&Delivery::new(&HEADERS, &body), &lookup, answer).unwrap();
        assert_eq!(done.of_no_interest.unwrap().topic, "SubscriptionConfirmation");
    }
    for elsewhere in [json!("https://evil.example/"), json!(null), json!("")] {
        let other = crate::changed("aws-sns-ses/subscription", json!({ "SubscribeURL": elsewhere }));
        let fault = reason(crate::read("aws-sns-ses", &HEADERS, other.to_string().as_bytes()));
        assert!(fault.starts_with("SubscribeURL: "), "{fault}");
    }
    let goodbye = crate::changed("aws-sns-ses/subscription", json!({ "Type": "UnsubscribeConfirmation" }));
    assert_eq!(read(&goodbye).of_no_interest.unwrap().topic, "UnsubscribeConfirmation");
    assert_eq!(read(&goodbye).lookups, []);
    let tomorrow = crate::changed("aws-sns-ses/subscription", json!({ "Type": "Greeting" }));
    assert_eq!(read(&tomorrow).of_no_interest.unwrap().topic, "Greeting");
}
