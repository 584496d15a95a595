//! Headers that claim to sign a body: a line each of id, time and signature. Nobody here knows the secret.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rihla_channels::{Delivery, Headers, PROVIDERS, Secret};
use rihla_core::instant::Instant;

const SECRET: &str = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

fuzz_target!(|text: &str| {
    let mut lines = text.splitn(4, '\n');
    let mut line = || lines.next().unwrap_or_default();
    let (id, time, signature, body) = (line(), line(), line(), line());
    let headers: Headers = [
        ("webhook-id", id),
        ("webhook-timestamp", time),
        ("webhook-signature", signature),
        ("x-shopify-hmac-sha256", signature),
    ]
    .into_iter()
    .collect();
    let delivery = Delivery::new(&headers, body.as_bytes());
    for provider in PROVIDERS {
        // The seed was signed, with another secret than the source has.
        let secrets = [Secret::new(SECRET), Secret::new("")];
        let verdict = (provider.verify)(&delivery, &secrets, Instant::from_seconds(1_795_410_507));
        assert!(verdict.is_err(), "{} took a forged signature", provider.name);
    }
});
