use std::collections::{BTreeMap, BTreeSet};

use rihla_core::instant::Instant;

use super::facts::OrderFacts;
use super::twice::SentMail;

/// A follow-up of the ledger, and how it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// The order's id at the source.
    pub order: String,
    /// The journey's name.
    pub journey: String,
    /// Its key, as it stands in the mail's tags.
    pub follow_up: String,
    /// Whom it is to.
    pub email: Option<String>,
    /// How it ended.
    pub how: EndedAs,
}

/// How a follow-up can end, or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndedAs {
    /// The ledger says that it was sent.
    Sent,
    /// The ledger says that it was refused, and why.
    Refused,
    /// It was handed to the provider and nobody knows whether it was taken.
    InDoubt,
    /// It is still to be sent, or was never looked at.
    Open,
}

/// A journey that follows every delivered order.
#[derive(Clone, Copy, Debug)]
pub struct OwedJourney {
    /// Its name.
    pub name: &'static str,
    /// Whether a person gets it once, whichever order it is for.
    pub once: bool,
}

/// The orders that arrived before `by` at somebody with an e-mail address, each with that address: they are owed an end
/// of every follow-up on delivered orders, be it a mail or a refusal with its reason. `by` is the end of the replay less
/// the longest wait and expiry of the journeys.
pub fn orders_owed_a_follow_up(told: &BTreeMap<String, OrderFacts>, by: Instant) -> BTreeMap<String, String> {
    let arrived = told.iter().filter(|(_, facts)| facts.delivered_at.is_some_and(|at| at <= by));
    arrived.filter_map(|(order, facts)| Some((order.clone(), facts.email.clone()?))).collect()
}

/// What is owed and has no end, and what has an entry that never ended.
pub(super) fn missing(
    owed: &BTreeMap<String, String>,
    journeys: &[OwedJourney],
    ended: &[Ended],
) -> Vec<String> {
    let of_orders: BTreeSet<(&str, &str)> =
        ended.iter().map(|entry| (entry.order.as_str(), entry.journey.as_str())).collect();
    let of_persons: BTreeSet<(&str, &str)> =
        ended.iter().filter_map(|entry| Some((entry.email.as_deref()?, entry.journey.as_str()))).collect();
    let is_there = |order: &str, email: &str, journey: &OwedJourney| {
        let had = journey.once && of_persons.contains(&(email, journey.name));
        had || of_orders.contains(&(order, journey.name))
    };
    let pairs = owed.iter().flat_map(|owed| journeys.iter().map(move |journey| (owed, journey)));
    let unknown = pairs.filter(|((order, email), journey)| !is_there(order, email, journey));
    let unknown = unknown.map(|((order, _), journey)| format!("{order}: {} has no entry", journey.name));
    let open = ended.iter().filter(|entry| entry.how == EndedAs::Open);
    unknown.chain(open.map(|entry| format!("{}: {} has no end", entry.order, entry.journey))).collect()
}

/// What the ledger calls sent, and the mailbox does not have for that person.
pub(super) fn without_mail(ended: &[Ended], mails: &[SentMail]) -> Vec<String> {
    let there: BTreeSet<(&str, &str)> =
        mails.iter().map(|mail| (mail.follow_up.as_str(), mail.recipient.as_str())).collect();
    let sent = ended.iter().filter(|entry| entry.how == EndedAs::Sent);
    let gone = sent.filter(|entry| {
        !there.contains(&(entry.follow_up.as_str(), entry.email.as_deref().unwrap_or_default()))
    });
    gone.map(|entry| format!("{}: {} is in no mailbox", entry.order, entry.journey)).collect()
}
