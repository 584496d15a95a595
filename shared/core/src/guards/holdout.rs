use super::{Answer, Question};
use crate::experiment::Arm;

/// Some of those who would get it are left out, so that it can be seen what it does. Who is in one run is in every run.
pub(super) fn ask(question: &Question<'_>) -> (Answer, String) {
    match question.journey.experiment().arm(&question.profile.drawn_as(question.customer)) {
        Arm::HeldOut => {
            let share = question.journey.held_out_percent();
            (Answer::Refuse, format!("one of {share} in a hundred who are left out, to see what it does"))
        }
        Arm::Sent | Arm::Variant(_) => (Answer::Pass, String::new()),
    }
}
