use super::{Answer, Question};
use crate::follow_up::{FollowUpKey, ONCE};
use crate::look::STEP;

/// What a person gets once is not sent for a second order.
pub(super) fn ask(question: &Question<'_>) -> (Answer, String) {
    let key = FollowUpKey::new(&question.journey.name, ONCE, STEP);
    match question.profile.claims.get(&key).filter(|_| question.journey.once) {
        Some(claim) => (Answer::Refuse, format!("had it before, {}", claim.at)),
        None => (Answer::Pass, String::new()),
    }
}
