use rihla_core::event::Event;

/// What one line, or one order of several lines, tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The line, the first of several.
    pub line: u64,
    /// What it tells: at least one event.
    pub events: Vec<Event>,
}

/// How much one delivery holds at most.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How many events.
    pub events: usize,
    /// How many bytes of JSON, if more than one line is in it.
    pub bytes: usize,
}

/// Lines in their order, as many to a delivery as it holds: none is torn apart. The same lines always make the same
/// deliveries.
pub fn deliveries(told: Vec<Told>, limits: Limits) -> Vec<Vec<Event>> {
    let mut deliveries: Vec<Vec<Event>> = Vec::new();
    let mut size_bytes = 0;
    for Told { events, .. } in told {
        let more_bytes = serde_json::to_vec(&events).map_or(0, |bytes| bytes.len());
        let fits = |last: &&mut Vec<Event>| {
            last.len() + events.len() <= limits.events && size_bytes + more_bytes <= limits.bytes
        };
        if let Some(last) = deliveries.last_mut().filter(fits) {
            last.extend(events);
            size_bytes += more_bytes;
        } else {
            deliveries.push(events);
            size_bytes = more_bytes;
        }
    }
    deliveries
}
