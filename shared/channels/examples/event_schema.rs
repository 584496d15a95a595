//! Writes the JSON Schema of events: `cargo run -p rihla-channels --example event_schema > docs/event.schema.json`.

use rihla_core::event::Event;

fn main() {
    let schema = schemars::schema_for!(Event);
    println!("{}", serde_json::to_string_pretty(&schema).expect("a schema is plain data"));
}
