//! What the mail provider could publish of a message.

#![no_main]

// The one file of the function that reads, without the clients of all services that the function needs besides.
#[allow(dead_code, unused_imports)]
#[path = "../../../functions/observe/src/report.rs"]
mod report;

use libfuzzer_sys::fuzz_target;
use rihla_core::instant::Instant;

fuzz_target!(|text: &str| {
    match report::Report::read(text, Instant::from_seconds(0)) {
        Ok(Some(report)) => {
            for (address, _) in report.closed_addresses() {
                assert_eq!(address.as_str().parse().ok(), Some(address));
            }
            if let Some(about) = report.about {
                assert_eq!(about.trigger.to_string().parse().ok(), Some(about.trigger));
            }
        }
        Ok(None) => {}
        Err(unreadable) => assert!(!unreadable.to_string().is_empty()),
    }
});
