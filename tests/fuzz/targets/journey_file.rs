//! A journey's file as a shop could write it: taken, or refused with file and line.

#![no_main]

use std::path::PathBuf;
use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use rihla_core::about::About;
use rihla_core::instant::{Instant, Wait};
use rihla_core::journey::Journey;
use rihla_core::limits::Limits;
use rihla_core::order::Order;
use rihla_core::source::Channel;
use rihla_setup::KnownMessages;

const MESSAGES: [&str; 4] = ["delivery-check", "ease-survey", "matching-items", "newsletter-invitation"];

fn messages() -> KnownMessages<'static> {
    KnownMessages { all: &MESSAGES, asking: &MESSAGES[..2] }
}

/// A folder of this process's own.
fn folder() -> &'static PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = std::env::temp_dir().join(format!("rihla-journeys-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder for temporary files");
        folder
    })
}

fuzz_target!(|text: &[u8]| {
    let file = folder().join("journey.yaml");
    std::fs::write(&file, text).expect("a temporary file");
    match rihla_setup::read_journeys(folder(), messages(), &Limits::default()) {
        Ok(journeys) => journeys.iter().for_each(follow),
        Err(faults) => assert!(faults.to_string().contains("journey.yaml"), "{faults}"),
    }
});

/// What was taken can be worked with.
fn follow(journey: &Journey) {
    for step in &journey.steps {
        assert!(step.messages().all(|message| MESSAGES.contains(&message)) && step.expires > Wait::hours(12));
    }
    let order =
        Order { placed: Some(rihla_core::lattice::Earliest(Instant::from_seconds(0))), ..Order::default() };
    let due_at = |step| About::Order(&order, Channel::Web).due_at(journey, step);
    assert!(journey.steps.iter().all(|step| due_at(step).is_none_or(|at| step.expires_at(at) >= at)));
}
