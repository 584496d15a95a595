//! What one person gets, and what not.

use rihla_core::identifier::CustomerId;
use rihla_core::instant::Instant;

use crate::journeys::outcome::follow_up::{End, FollowUp, follow_ups};
use crate::journeys::simulation::Simulated;

/// All follow-ups of a person, in the order in which they were due.
pub fn person_in_words(simulated: &Simulated, person: &CustomerId) -> String {
    let all = follow_ups(simulated);
    let mut theirs: Vec<&FollowUp> = all.values().filter(|one| one.planned.person == *person).collect();
    theirs.sort_by_key(|one| (one.planned.due_at, one.planned.key.clone()));
    let lines: Vec<String> = theirs.into_iter().flat_map(follow_up).collect();
    lines.join("\n") + "\n"
}

fn follow_up(follow_up: &FollowUp) -> Vec<String> {
    let local = |at: Instant| at.in_zone(&follow_up.planned.zone).strftime("%a %F %H:%M %Z").to_string();
    let end = match &follow_up.end {
        End::Sent { at } => format!("sent {}", local(*at)),
        End::Refused { at, guard } => format!("refused by {guard}, {}", local(*at)),
        End::Expired { at, guard } => format!("too late after {guard}, {}", local(*at)),
        End::LetGo => "no longer planned".to_owned(),
        End::Open => "still waiting".to_owned(),
    };
    let first = format!("{} (version {}): {end}", follow_up.planned.key, follow_up.planned.version);
    let deferrals = follow_up.deferrals.iter();
    let deferrals = deferrals.map(|one| format!("    put off by {} until {}", one.guard, local(one.until)));
    [first].into_iter().chain(deferrals).collect()
}
