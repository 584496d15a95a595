//! What differs between two sets of files.

use super::{line, name};
use crate::journeys::outcome::difference::{Difference, PersonDifference};
use crate::journeys::outcome::{GuardCounts, JourneyCounts};

/// What differs.
pub fn difference_in_words(difference: &Difference) -> String {
    if difference.is_none() {
        return "no difference\n".to_owned();
    }
    let mut lines = vec![row("journey", ["planned", "sent", "refused or late"].map(ToOwned::to_owned))];
    lines.extend(difference.journeys.iter().map(journey));
    lines.extend([String::new(), row("guards", ["refused", "expired", "deferred"].map(ToOwned::to_owned))]);
    lines.extend(difference.guards.iter().map(|(name, counts)| guard(name, *counts)));
    let people = format!("{} people get something else, or at another time", difference.people);
    lines.extend([String::new(), people]);
    lines.extend(difference.persons.iter().flat_map(person));
    lines.join("\n") + "\n"
}

fn row(name: &str, numbers: [String; 3]) -> String {
    format!("{name:<30}{}", numbers.map(|number| format!("{number:>18}")).concat())
}

fn journey([before, after]: &[JourneyCounts; 2]) -> String {
    let stopped = |counts: &JourneyCounts| counts.refused + counts.expired;
    let changes = [
        change(before.planned, after.planned),
        change(before.sent, after.sent),
        change(stopped(before), stopped(after)),
    ];
    row(&name(after), changes)
}

fn guard(name: &str, [before, after]: [GuardCounts; 2]) -> String {
    let changes = [
        change(before.refused, after.refused),
        change(before.expired, after.expired),
        change(before.deferred, after.deferred),
    ];
    row(name, changes)
}

fn change(before: usize, after: usize) -> String {
    if before == after { after.to_string() } else { format!("{before} > {after}") }
}

/// `-` for what is no longer sent, `+` for what is sent now, `~` for what is sent at another time.
fn person(person: &PersonDifference) -> Vec<String> {
    let mut lines = vec![String::new(), person.person.to_string()];
    lines.extend(person.only_before.iter().map(|message| format!("- {}", line(message))));
    lines.extend(person.only_after.iter().map(|message| format!("+ {}", line(message))));
    let moved = person.moved.iter();
    lines.extend(moved.map(|moved| format!("~ {}  was {}", line(&moved.after), moved.before.at)));
    lines
}
