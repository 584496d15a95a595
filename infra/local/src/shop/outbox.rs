use rihla_core::instant::{Instant, Wait};
use rihla_core::source::SourceId;

use super::Posted;

/// What one source posts, in the order in which things happen; how it then arrives is another matter.
#[derive(Debug)]
pub(super) struct Outbox {
    source: SourceId,
    /// What the ids of its deliveries start with.
    name: String,
    posted: Vec<Posted>,
}

impl Outbox {
    pub(super) fn new(source: &'static str, name: String) -> Self {
        Self { source: SourceId::from_static(source), name, posted: Vec::new() }
    }

    pub(super) fn post(&mut self, at: Instant, topic: Option<&'static str>, body: Vec<u8>) {
        let delivery_id = format!("{}_{}", self.name, self.posted.len() + 1);
        self.posted.push(Posted { at, source: self.source.clone(), delivery_id, topic, body });
    }

    /// The last one arrives so much later.
    pub(super) fn late(&mut self, by: Wait) {
        let last = self.posted.last_mut().expect("something has been posted");
        last.at = last.at.after(by);
    }

    /// The last one arrives once more, so much later.
    pub(super) fn again(&mut self, after: Wait) {
        let last = self.posted.last().expect("something has been posted").clone();
        self.posted.push(Posted { at: last.at.after(after), ..last });
    }

    pub(super) fn into_posted(self) -> Vec<Posted> {
        self.posted
    }
}
