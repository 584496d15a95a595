//! The published schema of events is the one of the types.

use rihla_core::event::Event;

#[test]
fn the_published_schema_is_up_to_date() {
    let published = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/event.schema.json");
    let published = std::fs::read_to_string(published).expect("docs/event.schema.json is in the repository");
    let schema = serde_json::to_string_pretty(&schemars::schema_for!(Event)).expect("plain data");
    assert!(
        published.trim_end() == schema,
        "docs/event.schema.json is not what the types say; write it anew with \
         `cargo run -p rihla-channels --example event_schema > docs/event.schema.json`"
    );
}
