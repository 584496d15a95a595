use super::{Answer, Question};

/// Too late is worse than not at all.
pub(super) fn ask(question: &Question<'_>) -> (Answer, String) {
    let expires_at = question.step.expires_at(question.due_at);
    let because = format!("due {}, good until {expires_at}", question.due_at);
    (if question.now > expires_at { Answer::Refuse } else { Answer::Pass }, because)
}
