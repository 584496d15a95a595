use super::{Answer, Question};
use crate::about::About;
use crate::history::History;
use crate::journey::{Conditions, Expected};
use crate::stage::Stage;

/// What the step's own conditions ask must be so.
pub(super) fn ask(question: &Question<'_>) -> (Answer, String) {
    let conditions = &question.step.only_if;
    if conditions.are_none() {
        return (Answer::Pass, String::new());
    }
    match unmet(question, conditions) {
        Some(because) => (Answer::Refuse, because),
        None => (Answer::Pass, "all that it asks is so".to_owned()),
    }
}

fn unmet(question: &Question<'_>, conditions: &Conditions) -> Option<String> {
    by_answers(question, conditions)
        .or_else(|| by_orders(question, conditions))
        .or_else(|| by_stage(question, conditions))
        .or_else(|| by_country(question, conditions))
        .or_else(|| by_gift(question, conditions))
        .or_else(|| by_reason(question, conditions))
}

fn by_answers(question: &Question<'_>, conditions: &Conditions) -> Option<String> {
    let unexpected = conditions.answered.iter().find_map(|(step, expected)| {
        let Some(answer) = question.answer_to(step) else {
            return Some(format!("`{step}` was not answered"));
        };
        let given =
            || answer.choice.clone().or(answer.score.map(|score| score.to_string())).unwrap_or_default();
        (!is_as_expected(answer, expected)).then(|| format!("`{step}` was answered with {}", given()))
    });
    let answered = conditions.unanswered.iter().find(|step| question.answer_to(step).is_some());
    let clicked = conditions.unclicked.iter().find(|step| question.is_clicked(step));
    unexpected
        .or_else(|| Some(format!("`{}` was answered", answered?)))
        .or_else(|| Some(format!("a link of `{}` was followed", clicked?)))
}

fn is_as_expected(answer: &crate::answer::Answer, expected: &Expected) -> bool {
    let score = |fits: &dyn Fn(u8) -> bool| answer.score.is_some_and(fits);
    let is_chosen = |choice: &String| expected.chosen.contains(choice);
    expected.at_least.is_none_or(|least| score(&|score| score >= least))
        && expected.at_most.is_none_or(|most| score(&|score| score <= most))
        && (expected.chosen.is_empty() || answer.choice.as_ref().is_some_and(is_chosen))
}

fn by_orders(question: &Question<'_>, conditions: &Conditions) -> Option<String> {
    let orders = question.profile.totals.orders();
    let too_few = conditions.orders_at_least.is_some_and(|least| orders < i64::from(least));
    let too_many = conditions.orders_at_most.is_some_and(|most| orders > i64::from(most));
    (too_few || too_many).then(|| format!("{orders} orders"))
}

fn by_stage(question: &Question<'_>, conditions: &Conditions) -> Option<String> {
    if conditions.stage.is_empty() {
        return None;
    }
    let history = History::of(&question.profile.totals.days());
    let stage = Stage::of(history.as_ref(), &question.limits.rhythm, question.now);
    (!conditions.stage.contains(&stage)).then(|| format!("in the stage of {}", stage.as_str()))
}

fn by_country(question: &Question<'_>, conditions: &Conditions) -> Option<String> {
    if conditions.country.is_empty() {
        return None;
    }
    match question.country() {
        Some(country) if conditions.country.iter().any(|one| one.eq_ignore_ascii_case(country)) => None,
        Some(country) => Some(format!("in {country}")),
        None => Some("no country is known".to_owned()),
    }
}

fn by_gift(question: &Question<'_>, conditions: &Conditions) -> Option<String> {
    let is_gift = question.about.order()?.is_gift();
    let told = if is_gift { "it went to somebody else than its buyer" } else { "it is no gift" };
    (is_gift != conditions.gift?).then(|| told.to_owned())
}

fn by_reason(question: &Question<'_>, conditions: &Conditions) -> Option<String> {
    let About::Cart(cart) = question.about else { return None };
    let asked = &conditions.left_because;
    let is_asked = cart.left_because().is_some_and(|reason| asked.contains(&reason));
    (!asked.is_empty() && !is_asked).then(|| match cart.left_because() {
        Some(reason) => format!("left because of {}", reason.as_str()),
        None => "nobody knows why it was left".to_owned(),
    })
}
