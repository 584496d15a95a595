use super::{Answer, Question};

/// A closed address gets nothing, not even service.
pub(super) fn ask(question: &Question<'_>) -> (Answer, String) {
    match question.profile.suppression() {
        Some(closed) => {
            (Answer::Refuse, format!("the address {}, {}", closed.reason.as_str(), closed.since.0))
        }
        None => (Answer::Pass, String::new()),
    }
}
