//! The promises, checked on what there is at the end, by nothing but the table, the mailbox and the queues.

use std::collections::BTreeSet;

use super::ending::{Ending, FoundOrder, owner};
use super::world::{WorldError, with_causes};

/// How mailboxes are called of which nothing is ever heard.
pub(super) const SILENT: &str = "silent-";

/// What is not as promised. Each line is for a person to read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Broken {
    /// Mails that say to somebody what another mail has said before.
    pub messages_twice: Vec<String>,
    /// What was acknowledged or owed and is not there.
    pub lost: Vec<String>,
    /// Mails that the ledger does not know, entries whose mail does not exist, records that differ.
    pub disagreements: Vec<String>,
    /// Follow-ups of which nobody knows whether they were sent. No promise is broken by them.
    pub in_doubt: usize,
    /// Messages that lay in dead-letter queues and were redriven from there. No promise is broken by them, either.
    pub redriven: usize,
}

impl Broken {
    /// What is to be said of a world that stood still: all of it is lost.
    pub(super) fn stopped(error: &WorldError) -> Self {
        Self { lost: vec![with_causes(error)], ..Self::default() }
    }

    /// Whether all promises were kept.
    pub fn is_nothing(&self) -> bool {
        self.messages_twice.is_empty() && self.lost.is_empty() && self.disagreements.is_empty()
    }

    /// Everything that is not as promised, in lines.
    pub fn lines(&self) -> Vec<String> {
        let kinds =
            [("twice", &self.messages_twice), ("lost", &self.lost), ("disagreement", &self.disagreements)];
        kinds
            .iter()
            .flat_map(|(kind, lines)| lines.iter().map(move |line| format!("{kind}: {line}")))
            .collect()
    }

    /// Adds what was seen elsewhere.
    pub(super) fn extend(&mut self, other: Self) {
        self.messages_twice.extend(other.messages_twice);
        self.lost.extend(other.lost);
        self.disagreements.extend(other.disagreements);
        self.in_doubt += other.in_doubt;
        self.redriven += other.redriven;
    }

    /// What is promised of any world that has come to rest.
    pub(super) fn promises(ending: &Ending) -> Self {
        let mut broken = Self::default();
        broken.once(ending);
        broken.nothing_left_over(ending);
        broken.mails_are_in_the_ledger(ending);
        let message_ids: BTreeSet<&str> = ending.mails.iter().map(|mail| mail.message_id.as_str()).collect();
        for (key, order) in &ending.orders {
            broken.ledger_is_true(&message_ids, key, order);
        }
        broken
    }

    /// That `ending` is what came of the same deliveries in a world without faults. What a follow-up in doubt would
    /// have led to, such as an answer, cannot be expected of the person to whom it was.
    pub(super) fn compare(&mut self, ending: &Ending, calm: &Ending) {
        for (key, expected) in &calm.orders {
            let Some(found) = ending.orders.get(key).filter(|found| found.order.is_some()) else {
                self.lost.push(format!("order {key} is not on record"));
                continue;
            };
            for journey in expected.ledger.keys().filter(|journey| !found.ledger.contains_key(*journey)) {
                self.lost.push(format!("{key}: {journey} has no entry"));
            }
            let person = ending.root(&found.customer);
            let in_doubt = ending.orders.values().any(|other| {
                ending.root(&other.customer) == person
                    && other.ledger.keys().any(|journey| other.state(journey) == "in-doubt")
            });
            let (record, expected) = (ending.record(key), calm.record(key));
            let parts = if in_doubt { &["order"][..] } else { &["order", "ledger", "answers", "person"] };
            for part in parts.iter().filter(|part| record[**part] != expected[**part]) {
                self.disagreements
                    .push(format!("{key}: {part} is {}, not {}", record[*part], expected[*part]));
            }
        }
        for key in ending.orders.keys().filter(|key| !calm.orders.contains_key(*key)) {
            self.disagreements.push(format!("{key}: there is no such order"));
        }
    }

    fn once(&mut self, ending: &Ending) {
        let mut tags = BTreeSet::new();
        let mut words = BTreeSet::new();
        for mail in &ending.mails {
            let what = format!("{} for {} to {}", mail.journey, mail.order, mail.recipient);
            let new_tag = tags.insert((&mail.recipient, &mail.journey, &mail.order));
            let new_words = words.insert((&mail.recipient, &mail.words));
            if !(new_tag && new_words) {
                self.messages_twice.push(what);
            }
        }
    }

    fn nothing_left_over(&mut self, ending: &Ending) {
        self.lost.extend(ending.left_over.iter().map(|left| format!("not worked through: {left}")));
        let unowned = ending.pointers.iter().filter(|pointer| owner(pointer).is_none());
        self.lost.extend(unowned.map(|pointer| format!("still waiting for its order: {pointer}")));
    }

    fn mails_are_in_the_ledger(&mut self, ending: &Ending) {
        for mail in &ending.mails {
            let order = ending.orders.get(&mail.order);
            let state = order.and_then(|order| order.ledger.get(&mail.journey)).map(|entry| &entry["state"]);
            let is_told = state.is_some_and(|state| state["message"] == mail.message_id.as_str());
            // Where no report ever comes, what was in doubt stays so, and that is the truth.
            let nobody_knows =
                mail.recipient.starts_with(SILENT) && state.is_some_and(|state| state["is"] == "in-doubt");
            if !is_told && !nobody_knows {
                let what = format!("{} for {} to {}", mail.journey, mail.order, mail.recipient);
                self.disagreements.push(format!("{what} was sent, and the ledger says {state:?}"));
            }
        }
    }

    fn ledger_is_true(&mut self, message_ids: &BTreeSet<&str>, key: &str, order: &FoundOrder) {
        for (journey, entry) in &order.ledger {
            match order.state(journey) {
                "sent" => {
                    let message = entry["state"]["message"].as_str().unwrap_or_default();
                    if !message_ids.contains(message) {
                        self.disagreements.push(format!("{key}: {journey} was sent, and is in no mailbox"));
                    }
                }
                "refused" => {}
                "in-doubt" => self.in_doubt += 1,
                open => self.lost.push(format!("{key}: {journey} is {open} and has no end")),
            }
        }
    }
}
