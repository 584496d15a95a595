//! What lies beside what journeys follow: orders, carts and conversations, with the follow-ups on them and the answers.

use rihla_aws::table::{Key, TableError};
use rihla_core::answer::Answer;
use rihla_core::identifier::CustomerId;
use rihla_core::ledger::{LedgerEntry, State};
use rihla_core::trigger::On;

use super::entry::{About, Entry, Item};
use super::{orders, talk};

/// Of the items whose keys begin with `O#`, `K#` or `T#`.
pub(super) fn entries(record: &CustomerId, items: &[Item<'_>]) -> Result<Vec<Entry>, TableError> {
    let mut entries = Vec::new();
    for item in items {
        let Some((trigger, rest)) = Key::of_followed(item.sk) else { continue };
        let kind = match trigger.on {
            On::Order => "order",
            On::Cart => "checkout",
            On::Conversation => "conversation",
        };
        let about = About::of(record, item.sk, Some(trigger.source.as_str())).with(kind, &trigger.id);
        match (rest.split_once('#'), trigger.on) {
            (None, On::Order) => entries.extend(orders::of_order(&about, &trigger.id, &item.read()?)),
            (None, On::Cart) => entries.extend(talk::of_checkout(&about, &item.read()?)),
            (None, On::Conversation) => entries.extend(talk::of_conversation(&about, &item.read()?)),
            (Some(("F", place)), _) => {
                let title = Key::follow_up(&trigger, place).title();
                entries.extend(of_follow_up(&about.with("journey", &title), &title, &item.read()?));
            }
            (Some(("A", place)), _) => {
                let title = Key::follow_up(&trigger, place).title();
                entries.push(of_answer(&about.with("journey", &title), &title, &item.read()?));
            }
            _ => {}
        }
    }
    Ok(entries)
}

fn of_follow_up(about: &About, journey: &str, entry: &LedgerEntry) -> Vec<Entry> {
    let because = entry.trace.last().map(|finding| format!(" by {}: {}", finding.guard, finding.because));
    let because = because.unwrap_or_default();
    let text = match &entry.state {
        State::Sent { .. } => format!("{journey} was sent"),
        State::InDoubt => format!("whether {journey} was sent is in doubt"),
        State::Refused { .. } => format!("{journey} was refused{because}"),
        State::Deferred { until, .. } => format!("{journey} was put off until {until}{because}"),
    };
    let about = match &entry.state {
        State::Sent { message } => about.with("message", message),
        _ => about.clone(),
    };
    let decided =
        (!entry.is_report_only()).then(|| about.entry(entry.decided_at, "follow-up", journey, text));
    let outcomes = entry.outcomes.iter().map(|(outcome, at)| {
        let text = format!("{journey}: {}", outcome.as_str());
        about.entry(at.0, "report", outcome.as_str(), text)
    });
    decided.into_iter().chain(outcomes).collect()
}

fn of_answer(about: &About, journey: &str, answer: &Answer) -> Entry {
    let comment = answer.comment.as_ref().map(|comment| format!(": {comment}")).unwrap_or_default();
    let score = answer.score.map(|score| format!(" with {score} of {}", answer.out_of.unwrap_or(5)));
    let choice = answer.choice.as_ref().map(|choice| format!(" with {choice}"));
    let given = score.or(choice).unwrap_or_default();
    let text = format!("answered {journey}{given}{comment}");
    about.entry(answer.answered_at, "answer", journey, text)
}
