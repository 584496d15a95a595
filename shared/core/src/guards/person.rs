use super::{Answer, Question};

/// There must be somebody to write to.
pub(super) fn ask(question: &Question<'_>) -> (Answer, String) {
    match &question.profile.email {
        Some(_) => (Answer::Pass, String::new()),
        None if question.profile.erased.is_some() => {
            (Answer::Refuse, "forgotten at the person's request".to_owned())
        }
        None => (Answer::Refuse, "no e-mail address is known".to_owned()),
    }
}
