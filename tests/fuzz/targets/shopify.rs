//! A body as Shopify could send it, read as every one of its topics.

#![no_main]

mod told;

use libfuzzer_sys::fuzz_target;
use rihla_channels::Headers;
use rihla_channels::shopify::PROVIDER;

const TRIGGERED_AT: &str = "2026-11-08T06:00:00Z";

fuzz_target!(|body: &[u8]| {
    for topic in PROVIDER.topics.iter().filter(|topic| !topic.tells.is_empty()) {
        let headers: Headers =
            [("x-shopify-topic", topic.name), ("x-shopify-triggered-at", TRIGGERED_AT)].into_iter().collect();
        told::read(&PROVIDER, &headers, body);
    }
});
