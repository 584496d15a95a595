use super::{Answer, Question};
use crate::event::Purpose;
use crate::instant::{Instant, Wait};

/// How often it is asked whether an open conversation was closed.
const ASKED_AGAIN: Wait = Wait::days(1);

/// Nobody who waits for the shop is asked or sold anything.
pub(super) fn ask(question: &Question<'_>) -> (Answer, String) {
    match open(question).filter(|_| question.journey.purpose != Purpose::Service) {
        Some((until, because)) => (Answer::Defer(until), because),
        None => (Answer::Pass, String::new()),
    }
}

/// What waits for the shop: when to ask again, and what it is.
pub(super) fn open(question: &Question<'_>) -> Option<(Instant, String)> {
    let holds = |at: &Instant| at.after(question.limits.case_holds) > question.now;
    let unhappy = question.answers.values().filter(|answer| answer.is_unhappy());
    if let Some(at) = unhappy.map(|answer| answer.answered_at).filter(holds).max() {
        return Some((at.after(question.limits.case_holds), format!("an unhappy answer {at}")));
    }
    let heard = question.profile.open.values().map(|heard| heard.at).filter(holds).max()?;
    let until = heard.after(question.limits.case_holds).min(question.now.after(ASKED_AGAIN));
    Some((until, format!("a conversation is open, heard {heard}")))
}
