use super::{Answer, Question};
use crate::event::ConsentState;

/// Who has said yes or no to something is not invited to it.
pub(super) fn ask(question: &Question<'_>) -> (Answer, String) {
    let invited_to = question.journey.invites_to.and_then(|purpose| question.profile.consents.on(purpose));
    match invited_to.map(|word| (word.state, word.at)) {
        Some((ConsentState::Granted, at)) => (Answer::Refuse, format!("subscribed {at}")),
        Some((ConsentState::Withdrawn, at)) => (Answer::Refuse, format!("declined {at}")),
        None => (Answer::Pass, String::new()),
    }
}
