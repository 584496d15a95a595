//! A body of the generic source.

#![no_main]

mod told;

use libfuzzer_sys::fuzz_target;
use rihla_channels::Headers;
use rihla_channels::standard_webhooks::PROVIDER;

fuzz_target!(|body: &[u8]| told::read(&PROVIDER, &Headers::default(), body));
