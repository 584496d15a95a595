//! What is done with every event that was read.

use rihla_channels::{Delivery, Headers, Provider};
use rihla_core::event::Event;
use rihla_core::source::{Channel, SourceId};
use rihla_core::subject::Told;
use rihla_core::totals::Totals;

/// Reads a body; what can be read must read back as it is written, and be good to work with.
pub(crate) fn read(provider: &Provider, headers: &Headers, body: &[u8]) {
    match (provider.normalise)(&Delivery::new(headers, body)) {
        Ok(reading) => work_with(&reading.events),
        Err(unreadable) => assert!(!unreadable.to_string().is_empty()),
    }
}

fn work_with(events: &[Event]) {
    let text = serde_json::to_string(events).expect("events are text and numbers");
    assert_eq!(serde_json::from_str::<Vec<Event>>(&text).expect("it was written so"), events);
    for (key, told) in Told::by(&SourceId::from_static("web"), Channel::Web, events).orders {
        assert!(key.to_string().len() < 1_000 && !key.order.is_empty());
        let _ = (
            Totals::of(&told.order, Channel::Web),
            told.order.is_refunded_whole(),
            told.order.delivered_at(),
        );
        let _ = told.buyer.map(|buyer| buyer.print());
    }
}
