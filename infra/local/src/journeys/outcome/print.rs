//! For a terminal.

mod difference;
mod person;

use std::collections::BTreeMap;

use rihla_core::instant::Instant;

use super::week::{Cap, Message};
use super::{GuardCounts, JourneyCounts, Outcome};

pub use difference::difference_in_words;
pub use person::person_in_words;

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// The whole outcome.
pub fn outcome_in_words(outcome: &Outcome) -> String {
    let (from, until) = (day(outcome.from), day(outcome.until));
    let mut lines = vec![
        format!("{} orders of {} people, {from} to {until}", outcome.orders, outcome.customers),
        format!("{} messages sent, {} answers given", outcome.sent, outcome.answers),
        String::new(),
        row("journey", ["planned", "sent", "refused", "expired", "let go", "open", "deferred"], "stopped by"),
    ];
    lines.extend(outcome.journeys.iter().map(journey));
    lines.extend([String::new(), row("guards", ["refused", "expired", "deferred"], "")]);
    lines.extend(outcome.guards.iter().map(|(name, counts)| guard(name, *counts)));
    lines.extend([String::new(), "sent by hour of the recipient's day".to_owned()]);
    lines.extend(by_hour(&outcome.sent_by_hour));
    lines.push(by_weekday(outcome.sent_by_weekday));
    lines.extend(busiest(outcome));
    lines.join("\n") + "\n"
}

fn day(at: Instant) -> String {
    at.timestamp().strftime("%F").to_string()
}

/// A name, some columns of numbers, and what is to be said of them.
fn row<const COLUMNS: usize>(name: &str, numbers: [impl ToString; COLUMNS], remark: &str) -> String {
    let numbers = numbers.map(|number| format!("{:>9}", number.to_string())).concat();
    format!("{name:<30}{numbers}  {remark}").trim_end().to_owned()
}

fn journey(counts: &JourneyCounts) -> String {
    let JourneyCounts { planned, sent, refused, expired, let_go, open, deferrals, .. } = *counts;
    row(
        &name(counts),
        [planned, sent, refused, expired, let_go, open, deferrals],
        &listed(&counts.stopped_by),
    )
}

fn guard(name: &str, counts: GuardCounts) -> String {
    row(name, [counts.refused, counts.expired, counts.deferred], "")
}

/// The journey, with the step where it has several.
fn name(counts: &JourneyCounts) -> String {
    if counts.step == "1" { counts.journey.clone() } else { format!("{} {}", counts.journey, counts.step) }
}

fn listed(counts: &BTreeMap<String, usize>) -> String {
    let each = counts.iter().map(|(name, count)| format!("{name} {count}"));
    each.collect::<Vec<_>>().join(", ")
}

/// A bar for each hour in which anything was sent.
fn by_hour(hours: &[usize; 24]) -> impl Iterator<Item = String> {
    let most = hours.iter().copied().max().unwrap_or(0).max(1);
    let sent = hours.iter().enumerate().filter(|(_, count)| **count > 0);
    sent.map(move |(hour, count)| format!("{hour:02}:00 {count:>8} {}", "#".repeat(count * 40 / most)))
}

fn by_weekday(counts: [usize; 7]) -> String {
    let days = DAYS.iter().zip(counts).map(|(day, count)| format!("{day} {count}"));
    format!("sent by weekday: {}", days.collect::<Vec<_>>().join(", "))
}

fn busiest(outcome: &Outcome) -> Vec<String> {
    let Cap { reached, allowed } = outcome.most_a_week;
    let mut lines = vec![
        String::new(),
        format!("most other than service to one person in 7 days: {reached}, where {allowed} are allowed"),
        format!("most of all to one person in 24 hours: {}", outcome.most_in_24_hours),
    ];
    if let Some(week) = &outcome.busiest_week {
        lines.push(format!("most of all in 7 days: {}, to {}", week.messages.len(), week.person));
        lines.extend(week.messages.iter().map(|message| format!("  {}", line(message))));
    }
    lines
}

fn line(message: &Message) -> String {
    format!("{}  {} {}  {}", message.at, message.journey, message.step, message.about)
}
