use super::{Answer, Question};
use crate::event::Purpose;
use crate::instant::Wait;

const WEEK: Wait = Wait::days(7);

/// Messages other than service are so many in any seven days at the most.
pub(super) fn ask(question: &Question<'_>) -> (Answer, String) {
    let most = usize::try_from(question.limits.most_a_week).unwrap_or(usize::MAX);
    if question.journey.purpose == Purpose::Service {
        return (Answer::Pass, String::new());
    }
    let others = question.profile.claims.values().filter(|claim| claim.purpose != Purpose::Service);
    let within = |at: &crate::instant::Instant| *at <= question.now && at.after(WEEK) > question.now;
    let mut sent: Vec<_> = others.map(|claim| claim.at).filter(within).collect();
    sent.sort_unstable();
    let because = format!("{} in the last 7 days, {most} at the most", sent.len());
    // The one with which there are too many must be a week old.
    let full_since = sent.len().checked_sub(most.max(1)).map(|first| sent[first]);
    (full_since.map_or(Answer::Pass, |at| Answer::Defer(at.after(WEEK))), because)
}
