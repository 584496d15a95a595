//! `rihla journeys schema`: what may stand in a journey's file, for editors.

use rihla_core::journey::Journey;

/// The JSON Schema of a journey's file, as it lies in `docs/journey.schema.json`.
pub fn schema() -> String {
    let schema = schemars::schema_for!(Journey);
    let text = serde_json::to_string_pretty(&schema).expect("a schema is plain data");
    text + "\n"
}
