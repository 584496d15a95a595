use super::{Answer, Question};
use crate::event::Purpose;

/// Messages other than service keep their distance from each other.
pub(super) fn ask(question: &Question<'_>) -> (Answer, String) {
    let others = question.profile.claims.values().filter(|claim| claim.purpose != Purpose::Service);
    let last = others.map(|claim| claim.at).filter(|at| *at <= question.now).max();
    let Some(last) = last.filter(|_| question.journey.purpose != Purpose::Service) else {
        return (Answer::Pass, String::new());
    };
    let free_at = last.after(question.limits.distance);
    let because = format!("the last one {last}, {} apart", question.limits.distance);
    (if free_at > question.now { Answer::Defer(free_at) } else { Answer::Pass }, because)
}
