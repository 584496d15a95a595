use super::{Answer, Question};
use crate::event::{ConsentState, Purpose};

/// Marketing needs a recorded yes; a survey goes out until the person objects; service needs neither.
pub(super) fn ask(question: &Question<'_>) -> (Answer, String) {
    let purpose = question.journey.purpose;
    let word = question.profile.consents.on(purpose);
    match (purpose, word.map(|word| (word.state, word.at))) {
        (Purpose::Service, _) => (Answer::Pass, "service needs no consent".to_owned()),
        (_, Some((ConsentState::Granted, at))) => (Answer::Pass, format!("granted {at}")),
        (_, Some((ConsentState::Withdrawn, at))) => (Answer::Refuse, format!("withdrawn {at}")),
        (Purpose::Survey, None) => (Answer::Pass, "no objection".to_owned()),
        (Purpose::Marketing | Purpose::Newsletter, None) => (Answer::Refuse, "never given".to_owned()),
    }
}
