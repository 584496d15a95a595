use super::{Answer, Question};

/// There must be somebody to write to.
pub(super) fn ask(question: &Question<'_>) -> (Answer, String) {
    match (&question.profile.erased, &question.profile.email) {
        (Some(erased), _) => (Answer::Refuse, format!("forgotten at the person's request, {}", erased.0)),
        (None, None) => (Answer::Refuse, "no e-mail address is known".to_owned()),
        (None, Some(_)) => (Answer::Pass, String::new()),
    }
}
