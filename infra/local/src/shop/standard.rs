use rihla_core::event::Event;

/// The body of a Standard Webhooks delivery: one event as an object, several of one occasion as an array.
pub fn standard_body(events: &[Event]) -> Vec<u8> {
    let written = match events {
        [event] => serde_json::to_vec(event),
        events => serde_json::to_vec(events),
    };
    written.expect("events hold only text, whole numbers and names, all of which JSON can write")
}
