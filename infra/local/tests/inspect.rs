//! `rihla inspect`, as it is called.

#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]

use std::fs;
use std::path::{Path, PathBuf};

use rihla_channels::{PROVIDERS, Secret, sign};
use rihla_core::instant::Instant;
use rihla_local::inspect::{InspectArguments, inspect};
use serde_json::Value;

const NOW: &str = "2026-11-23T05:08:27Z";
const SECRET: &str = "whsec_aHVzaA==";

fn now() -> Instant {
    NOW.parse().unwrap()
}

fn arguments(kind: &str, body_file: impl Into<PathBuf>) -> InspectArguments {
    let (headers_file, secret, url, at) = (None, None, None, None);
    InspectArguments { kind: kind.to_owned(), body_file: body_file.into(), headers_file, secret, url, at }
}

/// The code that it exits with, and what it writes.
fn run(arguments: &InspectArguments) -> (u8, String, String) {
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let code = inspect(arguments, now(), &mut stdout, &mut stderr);
    (code, String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

fn deliveries() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/channels/tests/deliveries")
}

/// A file of one test's own.
fn file(name: &str, content: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, content).unwrap();
    path
}

#[test]
fn the_topic_is_in_the_name_of_the_file() {
    for (name, kind) in [
        ("orders_updated--1.json", "order.changed"),
        ("rest-2026-07-orders_create--2.json", "order.placed"),
        ("derived-orders_paid-late--1.json", "order.changed"),
    ] {
        let (code, stdout, stderr) = run(&arguments("shopify", file(name, r#"{"id": 1}"#)));
        assert_eq!((code, stderr.as_str()), (0, ""), "{name}");
        let events: Value = serde_json::from_str(&stdout).unwrap();
        assert_eq!((&events[0]["type"], &events[0]["timestamp"]), (&kind.into(), &NOW.into()), "{name}");
    }
}

#[test]
fn what_is_of_no_interest_is_named() {
    for (name, topic) in [
        ("draft_orders_create--1.json", "draft_orders/create"),
        ("rest-wrapped-go-carts_create--1.json", "carts/create"),
        ("rest-2026-07-fulfillment_orders--3.json", "rest-2026-07-fulfillment_orders"),
    ] {
        let (code, stdout, stderr) = run(&arguments("shopify", file(name, r#"{"id": 1}"#)));
        assert_eq!((code, stdout.as_str()), (0, "[]\n"), "{name}");
        assert!(stderr.starts_with(&format!("no event of interest: {topic} (")), "{stderr}");
    }
}

#[test]
fn headers_come_before_the_name_of_the_file() {
    let headers = r#"{"X-Shopify-Topic": "carts/update"}"#;
    let body_file = file("headers-orders_create.json", r#"{"id": 1}"#);
    let headers_file = Some(file("headers-carts_update.headers.json", headers));
    let (code, _, stderr) = run(&InspectArguments { headers_file, ..arguments("shopify", body_file) });
    assert_eq!(code, 0);
    assert!(stderr.starts_with("no event of interest: carts/update"), "{stderr}");
}

#[test]
fn a_signature_is_checked_when_there_is_a_secret() {
    let body_file = deliveries().join("standard-webhooks/order_placed.json");
    let body = fs::read(&body_file).unwrap();
    let headers = sign::standard_webhooks(&Secret::new(SECRET), "msg_1", now(), &body).unwrap();
    let headers_file = Some(file("signed.headers.json", &serde_json::to_string(&headers).unwrap()));
    let call = |secret: &str, at: Option<&str>| {
        let (secret, at) = (Some(secret.to_owned()), at.map(|at| at.parse().unwrap()));
        let headers_file = headers_file.clone();
        run(&InspectArguments { headers_file, secret, at, ..arguments("standard-webhooks", &body_file) })
    };
    let (code, stdout, _) = call(SECRET, None);
    assert_eq!(code, 0);
    assert_eq!(serde_json::from_str::<Value>(&stdout).unwrap()[0]["type"], "order.placed");
    let (code, stdout, stderr) = call("whsec_b3RoZXI=", None);
    assert_eq!((code, stdout.as_str()), (2, ""));
    assert_eq!(stderr, "not believed: the signature fits none of the source's secrets\n");
    let (code, _, stderr) = call(SECRET, Some("2026-11-23T06:08:27Z"));
    assert_eq!(code, 2);
    assert!(stderr.contains("signed 3600 seconds from now"), "{stderr}");
}

#[test]
fn no_signature_is_a_wrong_one() {
    let secret = Some(SECRET.to_owned());
    let body_file = deliveries().join("shopify/order.json");
    let (code, _, stderr) = run(&InspectArguments { secret, ..arguments("shopify", body_file) });
    assert_eq!((code, stderr.as_str()), (2, "not believed: the header x-shopify-hmac-sha256 is missing\n"));
}

#[test]
fn what_cannot_be_read_says_where_and_why() {
    let no_json = file("no-json-orders_create.json", "{");
    let (code, stdout, stderr) = run(&arguments("shopify", no_json));
    assert_eq!((code, stdout.as_str()), (3, ""));
    assert!(stderr.starts_with("not readable: the body is no JSON: EOF"), "{stderr}");
    let wrong = file("wrong-orders_create.json", r#"{"id": 1, "line_items": [{"quantity": "two"}]}"#);
    let (code, _, stderr) = run(&arguments("shopify", wrong));
    assert_eq!(code, 3);
    assert_eq!(stderr, "not readable: line_items[0].quantity: expected u32, got string\n");
}

#[test]
fn a_kind_or_a_file_that_is_not_there_is_named() {
    let (code, _, stderr) = run(&arguments("shopware", deliveries().join("shopify/order.json")));
    assert_eq!(code, 1);
    let names: Vec<&str> = PROVIDERS.iter().map(|provider| provider.name).collect();
    assert_eq!(stderr, format!("\"shopware\" is no provider; there are: {}\n", names.join(", ")));
    let (code, _, stderr) = run(&arguments("shopify", "nowhere.json"));
    assert_eq!(code, 1);
    assert!(stderr.starts_with("nowhere.json cannot be read: "), "{stderr}");
    let headers_file = Some(file("wrong.headers.json", "[]"));
    let body_file = deliveries().join("shopify/order.json");
    let (code, _, stderr) = run(&InspectArguments { headers_file, ..arguments("shopify", body_file) });
    assert_eq!(code, 1);
    assert!(stderr.contains("is not a JSON object of header names and values"), "{stderr}");
}

/// The published deliveries, which lie beside the repository because they are not ours to keep in it.
fn published() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures");
    if folder.exists() {
        return Some(folder);
    }
    #[expect(clippy::disallowed_methods, reason = "only the build that checks knows that it is one")]
    let must_be_there = std::env::var("CI").is_ok_and(|value| value == "true");
    assert!(!must_be_there, "no {}", folder.display());
    println!("skipped: no {}", folder.display());
    None
}

/// Published with a comma too many.
const NO_JSON: &[&str] = &["messenger/callback-invalid-message--1.json"];

#[test]
fn every_published_delivery_is_read() {
    let Some(published) = published() else { return };
    for provider in PROVIDERS {
        let Ok(files) = fs::read_dir(published.join(provider.name)) else { continue };
        let paths = files.map(|entry| entry.unwrap().path());
        for path in paths.filter(|path| !path.to_string_lossy().ends_with(".headers.json")) {
            let headers_file = Some(path.with_extension("headers.json")).filter(|file| file.exists());
            let arguments = InspectArguments { headers_file, ..arguments(provider.name, &path) };
            let (code, stdout, stderr) = run(&arguments);
            if NO_JSON.iter().any(|name| path.ends_with(name)) {
                assert_eq!(code, 3, "{}: {stderr}", path.display());
                assert!(stderr.starts_with("not readable: the body is no JSON: "), "{stderr}");
                continue;
            }
            assert_eq!(code, 0, "{}: {stderr}", path.display());
            let events: Vec<Value> = serde_json::from_str(&stdout).unwrap();
            let why_none =
                stderr.starts_with("no event of interest: ") || stderr.contains(" is to be asked for: ");
            assert!(why_none || !events.is_empty(), "{}: {stderr}", path.display());
        }
    }
}
