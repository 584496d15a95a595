use rihla_core::event::Event;

/// What one line, or one order of several lines, tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The line, the first of several.
    pub line: u64,
    /// What it tells: at least one event.
    pub events: Vec<Event>,
}

/// As many events as one delivery holds at most, of lines in their order: none is torn apart. The same lines always make the
/// same deliveries.
pub fn deliveries(told: Vec<Told>, events_limit: usize) -> Vec<Vec<Event>> {
    let mut deliveries: Vec<Vec<Event>> = Vec::new();
    for Told { events, .. } in told {
        match deliveries.last_mut() {
            Some(last) if last.len() + events.len() <= events_limit => last.extend(events),
            _ => deliveries.push(events),
        }
    }
    deliveries
}
