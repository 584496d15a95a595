use super::{Answer, Question, case};
use crate::event::{ConsentState, Purpose};
use crate::history::History;
use crate::journey::Exit;
use crate::order::Order;

/// A journey ends with what its file names.
pub(super) fn ask(question: &Question<'_>) -> (Answer, String) {
    let ended = question.journey.exits.iter().find_map(|exit| because(question, *exit));
    ended.map_or((Answer::Pass, String::new()), |because| (Answer::Refuse, because))
}

fn because(question: &Question<'_>, exit: Exit) -> Option<String> {
    match exit {
        Exit::BoughtAgain => {
            let began_at = question.about.began_at()?;
            let last = History::of(&question.profile.totals.days())?.last;
            (last > began_at).then(|| format!("bought again, {last}"))
        }
        Exit::Returned => question
            .about
            .order()
            .filter(|order| Order::is_returned(order))
            .map(|_| "goods came back".to_owned()),
        Exit::Complained => case::open(question).map(|(_, because)| because),
        Exit::Unsubscribed => {
            let word = question.profile.consents.on(Purpose::Marketing)?;
            (word.state == ConsentState::Withdrawn).then(|| format!("withdrawn {}", word.at))
        }
    }
}
