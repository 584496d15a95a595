use super::{Answer, Question};

/// Nothing is asked or sold about an order that was called off, paid back, sent back or disputed.
pub(super) fn ask(question: &Question<'_>) -> (Answer, String) {
    let Some(order) = question.about.order() else { return (Answer::Pass, String::new()) };
    match order.cancelled {
        Some(at) => (Answer::Refuse, format!("cancelled {}", at.0)),
        None if order.is_returned() => (Answer::Refuse, "goods came back".to_owned()),
        None if order.is_refunded_whole() => (Answer::Refuse, "its whole price was refunded".to_owned()),
        None if order.is_disputed() => (Answer::Refuse, "what was paid is disputed".to_owned()),
        None => (Answer::Pass, String::new()),
    }
}
