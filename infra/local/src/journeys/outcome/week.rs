//! Who got the most, and how much.

use std::collections::BTreeMap;

use rihla_core::event::Purpose;
use rihla_core::identifier::CustomerId;
use rihla_core::instant::{Instant, Wait};
use serde::Serialize;

use super::follow_up::{FollowUp, FollowUps};

/// What one person got in 7 days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Week {
    /// The person's customer id.
    pub person: CustomerId,
    /// The messages, in order of time.
    pub messages: Vec<Message>,
}

/// How far a cap was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Cap {
    /// The most there was.
    pub reached: usize,
    /// The most there may be.
    pub allowed: u32,
}

/// One message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Message {
    /// When, by the clock of the recipient.
    pub at: String,
    /// The journey.
    pub journey: String,
    /// The step.
    pub step: String,
    /// What it is about, such as `web#4501`.
    pub about: String,
    /// What it is for.
    pub purpose: Purpose,
}

impl Message {
    pub(super) fn of(follow_up: &FollowUp) -> Option<Self> {
        let at = follow_up.sent_at_local()?.strftime("%a %F %H:%M %Z").to_string();
        let (journey, about, step) = follow_up.names();
        let [journey, about, step] = [journey, about, step].map(ToOwned::to_owned);
        Some(Self { at, journey, step, about, purpose: follow_up.planned.purpose })
    }
}

/// What each person was sent, in order of time.
type SentByPerson<'a> = BTreeMap<&'a CustomerId, Vec<(Instant, &'a FollowUp)>>;

fn sent_by_person(follow_ups: &FollowUps) -> SentByPerson<'_> {
    let mut sent = SentByPerson::new();
    for follow_up in follow_ups.values() {
        if let Some(at) = follow_up.sent_at() {
            sent.entry(&follow_up.planned.person).or_default().push((at, follow_up));
        }
    }
    for messages in sent.values_mut() {
        messages.sort_by_key(|(at, _)| *at);
    }
    sent
}

/// The busiest 7 days of anybody: of several the first by customer id and time.
pub(super) fn busiest(follow_ups: &FollowUps) -> Option<Week> {
    let (person, messages) = busiest_span(sent_by_person(follow_ups), Wait::days(7))?;
    let messages = messages.iter().filter_map(|follow_up| Message::of(follow_up)).collect();
    Some(Week { person: person.clone(), messages })
}

/// The most that anybody got in any 24 hours.
pub(super) fn most_in_24_hours(follow_ups: &FollowUps) -> usize {
    busiest_span(sent_by_person(follow_ups), Wait::hours(24)).map_or(0, |(_, messages)| messages.len())
}

/// The most messages other than service that anybody got in any 7 days.
pub(super) fn most_a_week(follow_ups: &FollowUps) -> usize {
    let mut sent = sent_by_person(follow_ups);
    for messages in sent.values_mut() {
        messages.retain(|(_, follow_up)| follow_up.planned.purpose != Purpose::Service);
    }
    busiest_span(sent, Wait::days(7)).map_or(0, |(_, messages)| messages.len())
}

fn busiest_span(sent: SentByPerson<'_>, span: Wait) -> Option<(&CustomerId, Vec<&FollowUp>)> {
    let mut busiest: Option<(&CustomerId, Vec<&FollowUp>)> = None;
    for (person, sent) in sent {
        for (index, (from, _)) in sent.iter().enumerate() {
            let within = sent[index..].iter().take_while(|(at, _)| *at < from.after(span));
            let within: Vec<&FollowUp> = within.map(|(_, follow_up)| *follow_up).collect();
            if busiest.as_ref().is_none_or(|(_, most)| within.len() > most.len()) {
                busiest = Some((person, within));
            }
        }
    }
    busiest
}
