use super::{Answer, Question};
use crate::event::Purpose;

/// Nobody is questioned all the time.
pub(super) fn ask(question: &Question<'_>) -> (Answer, String) {
    if question.journey.purpose != Purpose::Survey {
        return (Answer::Pass, String::new());
    }
    let others = question.profile.claims.values().filter(|claim| claim.purpose == Purpose::Survey);
    let Some(last) = others.map(|claim| claim.at).filter(|at| *at <= question.now).max() else {
        return (Answer::Pass, String::new());
    };
    let free_at = last.after(question.limits.surveys_apart);
    let because = format!("the last survey {last}, {} apart", question.limits.surveys_apart);
    (if free_at > question.now { Answer::Defer(free_at) } else { Answer::Pass }, because)
}
