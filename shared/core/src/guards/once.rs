use super::{Answer, Question};
use crate::follow_up::{FollowUpKey, ONCE};

/// What a person gets once is not sent for a second order, and what they get now and then not too soon again.
pub(super) fn ask(question: &Question<'_>) -> (Answer, String) {
    let Question { journey, step, profile, .. } = question;
    let once = FollowUpKey::new(&journey.name, ONCE, &step.name);
    if let Some(claim) = profile.claims.get(&once).filter(|_| journey.once) {
        return (Answer::Refuse, format!("had it before, {}", claim.at));
    }
    let same = |key: &FollowUpKey| key.journey() == journey.name && key.step() == step.name;
    let others = profile.claims.iter().filter(|(key, _)| same(key) && *key != question.key);
    let last = others.map(|(_, claim)| claim.at).max();
    match journey.again_after.zip(last).map(|(wait, last)| (last.after(wait), last)) {
        Some((free_at, last)) if free_at > question.now => {
            (Answer::Refuse, format!("had it {last}, not again before {free_at}"))
        }
        _ => (Answer::Pass, String::new()),
    }
}
